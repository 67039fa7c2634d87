import Blueprint

/// Something that was said with `at`: to be done when its time has come.
struct Order: Equatable, Sendable {
  let action: Action
  let text: String
}

extension Simulation {
  mutating func order(_ action: Action, text: String, in delay: Span) {
    wire()
    orders.append(Order(action: action, text: text))
    schedule(.order, subject: Int32(orders.count - 1), in: delay.nanoseconds)
  }

  /// Its time has come, in the middle of something else.
  mutating func obeyOrder(_ subject: Int32) {
    let order = orders[Int(subject)]
    do {
      switch order.action {
      case .change(let change): try perform(change)
      case .break(let target, let fault): try perform(breaking: target, fault)
      case .repair(let target): try perform(repairing: target)
      case .promote(let address, let now): _ = try promote(address, now: now)
      case .rebuild(let address): try rebuild(address)
      case .send, .hold, .release, .wait, .waitUntil, .at, .chaos: break
      }
    } catch {
      tell(order.text, .refusedOrder(error))
    }
    wire()
  }
}

extension Simulation {
  /// An hour of virtual time is long enough to wait for a health check.
  private static let longestWait: Int64 = 3_600_000_000_000

  /// Lets time pass until the balancer that serves calls the server UP or DOWN.
  mutating func wait(until name: String, isUp: Bool, _ goOn: GoOn) throws(Problem) {
    wire()
    let machine = machine(named: name)
    guard machine >= 0 else { throw .unknownHost(name) }
    let b = servingBalancer
    guard let server = server(on: machine, of: b) else {
      throw .notAServer(name)
    }
    guard balancers[b].settings.check != .off else { throw .noChecks }
    let limit = now + Simulation.longestWait
    let start = now
    var left = 4_096
    while balancers[b].farm.servers[server].isDown == isUp {
      guard let time = calendar.nextTime, time <= limit else { throw .neverCame(name, isUp: isUp) }
      step()
      left -= 1
      if left == 0 {
        left = 4_096
        guard goOn(Double(now - start) / Double(Simulation.longestWait)) else { throw .interrupted }
      }
    }
  }

  /// The balancer that users reach.
  var servingBalancer: Int { topology.sharing == .activePassive ? min(pair.reached, balancers.count - 1) : 0 }
}
