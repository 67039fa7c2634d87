import Blueprint

/// The commands that were given with `at`.
enum ScheduledCommands {
  static func schedule(_ action: Action, text: String, in delay: Span, _ site: inout SiteState) {
    site.scheduledCommands.append(ScheduledCommand(action: action, text: text))
    let id = ID<ScheduledCommand>(site.scheduledCommands.count - 1)
    site.clock.schedule(.command, id, in: delay.nanoseconds)
  }

  /// Performs a command that is due, possibly while another action is running.
  static func perform(_ id: ID<ScheduledCommand>, in site: inout SiteState) {
    let command = site.scheduledCommands[id]
    do {
      switch command.action {
      case .change(let change): try SiteBuilder.perform(change, in: &site)
      case .break(let target, let fault): try FaultInjection.inject(fault, into: target, in: &site)
      case .repair(let target): try FaultInjection.repair(target, in: &site)
      case .promote(let address, let now): _ = try DatabasePromotion.promote(address, now: now, in: &site)
      case .rebuild(let address): try DatabasePromotion.rebuild(address, in: &site)
      case .send, .hold, .release, .wait, .waitUntil, .at, .chaos: break
      }
    } catch {
      site.report(command.text, .refusedOrder(error))
    }
    SiteConfiguration.configure(&site)
  }
}
