import Blueprint
import Inspector
import Simulator

/// The commands that advance the clock or schedule other commands.
enum TimeCommands {
  static let table: [Command] = [
    Command(
      "wait", .act, reveals: .dependingOnArguments { $0.has("until") ? .inside : nil },
      [
        .oneOf([
          [.word("until"), .value("SERVER", .server), .value("STATE", .choice(["up", "down"]))],
          [.value("DURATION", .span(.zero...Span.longest))],
        ])
      ],
      "Let time pass: a duration, or until the balancer marks a server UP or DOWN.",
      example: "break server-1; wait until server-1 down",
      notes: [
        "DURATION": "how long, such as 500ms, 2s or 1m30s",
        "until": "until the balancer marks it so; at most an hour", "SERVER": "a server",
        "up": "the balancer marks the server UP", "down": "the balancer marks the server DOWN",
      ],
      see: ["at", "break", "health check", "fall and rise"]
    ) { session, words throws(Complaint) in
      let action: Action =
        words.component("SERVER").map { .waitUntil($0.host, isUp: words.text("STATE") == "up") }
        ?? .wait(words.span("DURATION") ?? .zero)
      let before = session.loadedSite.simulation.time
      let outcome = try session.perform(action, about: words.word("SERVER"))
      let now = session.loadedSite.simulation.time
      // The duration of `wait DURATION` is known already.
      let passed = words.has("until") ? "\((now - before).words) passed; it is" : "It is"
      let clock = Line("  \(passed) now \(now.clock).", .faint)
      return CommandResponse(outcome.events.map { $0.line } + [clock], [], events: outcome.events)
    },
    Command(
      "at", .act, reveals: .outside,
      [.value("DURATION", .span(.zero...Span.longest)), .commands("COMMAND", among: schedulableVerbs)],
      "Schedule a command for later: a fault, a repair or a change.",
      example: "at 2s break server-1; send 6 rate 2/s",
      notes: ["DURATION": "how long from now", "COMMAND": "the command to run then"],
      see: ["wait", "break"],
      handler: .onTutor { tutor, words throws(Complaint) in try schedule(&tutor, words) }),
  ]
}

extension TimeCommands {
  fileprivate static let schedulableVerbs = [
    "break", "repair", "promote", "rebuild", "set", "add", "remove", "algorithm", "mode",
  ]

  /// Schedules the action of a command. The command runs on a copy to find out which action it performs.
  private static func schedule(_ tutor: inout Tutor, _ words: Arguments) throws(Complaint) -> CommandResponse
  {
    var delay = words.span("DURATION") ?? .zero
    let text = words.text("COMMAND") ?? ""
    guard tutor.depth < Tutor.deepestNesting else { throw .nestedTooDeeply("at") }
    let (reply, rehearsed) = tutor.rehearsal(of: text)
    let isKnown = Command.all.contains { $0.name == reply.verb }
    guard schedulableVerbs.contains(reply.verb) || !isKnown && !reply.isOK else {
      throw .cannotBeScheduled(Sentences.clean(reply.verb))
    }
    if let failure = reply.failure { throw .inWhatIf(text, failure) }
    guard let action = rehearsed else { throw .cannotBeScheduled(Sentences.clean(reply.verb)) }
    // In fog, an operator does the repair, so it happens a minute after the scheduled time.
    if tutor.isFoggy, case .repair = action { delay = delay + Fog.repairDuration }
    _ = try tutor.session.perform(.at(delay, action, text: Sentences.clean(text)))
    let moment = tutor.loadedSite.simulation.time + delay
    return CommandResponse([Line("  at \(moment.clock): \(Sentences.clean(text))")])
  }
}
