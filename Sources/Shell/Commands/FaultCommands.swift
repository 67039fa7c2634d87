import Blueprint
import Inspector
import Simulator

/// The commands that inject faults and repair them.
enum FaultCommands {
  /// The names of faults, each with the parameters that may follow it.
  static let faultWords: [[Parameter]] = FaultKind.allCases.map { kind in
    switch kind.fault().row.detail {
    case .none: [.word(kind.rawValue)]
    case .duration(_, let name, _):
      [.word(kind.rawValue), .optional([.value(name, .span(.microseconds(1)...Span.longest))])]
    case .pages: [.word(kind.rawValue), .optional([.word("pages")])]
    }
  }

  /// The meaning of each fault's name.
  static let faultNotes = Dictionary(
    uniqueKeysWithValues: FaultKind.allCases.map { ($0.rawValue, $0.fault().row.summary) }
  ).with(durationNotes).with(["pages": "on the pages only: checks still pass"])

  /// The meanings of the durations that may follow the names of faults.
  private static let durationNotes = Dictionary(
    uniqueKeysWithValues: FaultKind.allCases.compactMap { kind -> (String, String)? in
      guard case .duration(let usual, let name, let meaning) = kind.fault().row.detail else { return nil }
      return (name, "\(meaning); \(usual.command) unless said")
    })

  static let table: [Command] = [
    Command(
      "break", .fail, reveals: .outside,
      [.value("COMPONENT", .faultTarget), .optional([.oneOf(faultWords)])],
      "Make a host, a part or a link (server-1--server-2) fail.", example: "break server-1; send 4",
      notes: [
        "COMPONENT": "a host, a part such as server-1.app, or a link such as server-1--server-2"
      ].with(faultNotes),
      see: ["repair", "wait", "why", "crash", "hang", "health check", "SPOF"]
    ) { session, words throws(Complaint) in
      guard let target = words.faultTarget("COMPONENT") else { return CommandResponse() }
      var answer = try session.perform(.break(target, Fault(words)), about: words.word("COMPONENT"))
        .eventResponse
      if !session.isFoggy, session.loadedSite.simulation.mayBeNoticed(target) {
        answer.lines.append(Line("Nobody has noticed yet.", .faint))
      }
      return session.hidingOutcomeInFog(answer)
    },
    Command(
      "repair", .fail, reveals: .outside, [.value("COMPONENT", .broken)],
      "Mend what break broke there. In the fog it takes a minute, and nobody hears whether anything was broken.",
      example: "break server-1; repair server-1",
      notes: ["COMPONENT": "what was broken: a host, a part or a link"],
      see: ["break", "rebuild", "fog", "failback"]
    ) { session, words throws(Complaint) in
      guard let target = words.faultTarget("COMPONENT") else { return CommandResponse() }
      if session.isFoggy, !session.isRehearsal {
        return try dispatchOperator(&session, target, about: words.word("COMPONENT"))
      }
      return try session.perform(.repair(target), about: words.word("COMPONENT")).eventResponse
    },
    Command(
      "promote", .fail, reveals: .outside, [.value("COMPONENT", .databaseNode), .optional([.word("now")])],
      "Make a replica the primary; now does not wait until it has applied what it received.",
      example: "break server-1.mysql; promote server-2",
      notes: [
        "COMPONENT": "a host with a replica", "now": "without applying first what it has received",
      ],
      see: ["rebuild", "break", "promotion", "lost write"]
    ) { session, words throws(Complaint) in
      guard let address = words.component("COMPONENT") else { return CommandResponse() }
      let outcome = try session.perform(
        .promote(address, now: words.has("now")), about: words.word("COMPONENT"))
      var answer = outcome.eventResponse
      answer.members = [
        JSON.Member(.lost, .integer(outcome.lost.count)),
        JSON.Member(.lostIds, .array(outcome.lost.map { .integer($0) })),
      ]
      answer.result.lostWrites = outcome.lost.count
      return session.hidingOutcomeInFog(answer)
    },
    Command(
      "rebuild", .fail, reveals: .outside, [.value("COMPONENT", .databaseNode)],
      "Make a database node a fresh copy of the primary, which follows it.",
      example:
        "set database lag 2s; send 4 write; break server-1.mysql; promote server-2; repair server-1.mysql; "
        + "rebuild server-1.mysql",
      notes: ["COMPONENT": "a host with a database node that has diverged, or follows nobody"],
      see: ["promote", "repair", "divergence"]
    ) { session, words throws(Complaint) in
      guard let address = words.component("COMPONENT") else { return CommandResponse() }
      return session.hidingOutcomeInFog(
        try session.perform(.rebuild(address), about: words.word("COMPONENT")).eventResponse)
    },
    Command(
      "chaos", .fail, reveals: .outside,
      [
        .oneOf([
          [.word("hidden")], [.value("DURATION", .span(.seconds(1)...Span.seconds(86_400)))],
        ]),
        .optional([.word("seed"), .value("N", .number(0...Int.max))]),
      ],
      "Random faults and repairs for a while, or one fault that the fog hides; the same seed, the same faults.",
      example: "chaos 2m seed 7",
      notes: [
        "hidden": "one fault, which users feel if there is such a one, and fog over it",
        "DURATION": "for so long, such as 2m", "seed": "which faults",
        "N": "any whole number; the site's own seed unless said",
      ],
      see: ["break", "repair", "fog", "availability"]
    ) { session, words throws(Complaint) in
      let seed = words.number("N").map { UInt64($0) } ?? session.loadedSite.simulation.topology.site.seed
      if words.has("hidden") { return try FogCommands.hideFault(&session, seed: seed) }
      let chaos = Action.chaos(words.span("DURATION") ?? .zero, seed: seed)
      return session.hidingOutcomeInFog(try session.perform(chaos).timedEventResponse)
    },
  ]
}

extension FaultCommands {
  /// Sends an operator, who repairs the target. In fog, the response does not say whether the target had
  /// failed.
  private static func dispatchOperator(_ session: inout Session, _ target: FaultTarget, about word: Word?)
    throws(Complaint) -> CommandResponse
  {
    do { _ = try session.loadedSite.simulation.topology.faults(of: target) } catch {
      throw .problem(error, word)
    }
    var copy = session.loadedSite.simulation
    let isNeedless = (try? copy.perform(.repair(target))) == nil
    let outcome = try session.performAsOneStep { (session) throws(Complaint) in
      _ = try session.perform(.at(Fog.repairDuration, .repair(target), text: "repair \(target.text)"))
      return try session.perform(.wait(Fog.repairDuration))
    }
    session.loadedSite.fog?.countRepair(isNeedless: isNeedless)
    let clock = session.loadedSite.simulation.time.clock
    return CommandResponse(
      outcome.events.map { $0.line } + [
        Line("Somebody went there: whatever was broken at \(target.text) is mended."),
        Line("  that took a minute; it is \(clock) now", .faint),
      ], events: outcome.events)
  }
}

extension Fault {
  /// Reads the fault that the arguments name; nil if they name none.
  init?(_ words: Arguments) {
    guard let kind = FaultKind.allCases.first(where: { words.has($0.rawValue) }) else { return nil }
    var duration: Span?
    if case .duration(_, let name, _) = kind.fault().row.detail { duration = words.span(name) }
    self = kind.fault(duration: duration, pagesOnly: words.has("pages"))
  }
}

extension Outcome {
  /// The response to an action that takes time: its events with their times.
  fileprivate var timedEventResponse: CommandResponse {
    CommandResponse(events.map { $0.line }, [], events: events)
  }

  /// The response to an action that takes no time: its events without times.
  fileprivate var eventResponse: CommandResponse {
    CommandResponse(events.map { Line("\($0.sentence).") }, [], events: events)
  }
}

extension Simulation {
  /// Whether a health check could detect a fault of the target.
  fileprivate func mayBeNoticed(_ target: FaultTarget) -> Bool {
    guard case .component(let address) = target, topology.host(named: address.host)?.isBalancer == false
    else {
      return false
    }
    // Health checks do not test the monitoring agent.
    guard address.component != .monitor else { return false }
    return isUp(server: address.host)
      && topology.balancers.contains { topology.hosts[$0].haproxy?.check != .off }
  }
}
