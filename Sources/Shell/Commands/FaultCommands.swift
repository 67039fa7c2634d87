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
  ).with(durationNotes).with(["pages": "on the pages only: health checks still pass"])

  /// The meanings of the durations that may follow the names of faults.
  private static let durationNotes = Dictionary(
    uniqueKeysWithValues: FaultKind.allCases.compactMap { kind -> (String, String)? in
      guard case .duration(let usual, let name, let meaning) = kind.fault().row.detail else { return nil }
      return (name, "\(meaning) (default: \(usual.command))")
    })

  static let table: [Command] = [
    Command(
      "break", .fail, reveals: .outside,
      [.value("TARGET", .faultTarget), .optional([.oneOf(faultWords)])],
      "Make a host, a component or a link fail.", example: "break server-1; send 4",
      notes: [
        "TARGET": "a host, a component such as server-1.app, or a link such as server-1--server-2"
      ].with(faultNotes),
      see: ["repair", "wait", "why", "crash", "hang", "health check", "SPOF"]
    ) { session, words throws(Complaint) in
      guard let target = words.faultTarget("TARGET") else { return CommandResponse() }
      var answer = try session.perform(.break(target, Fault(words)), about: words.word("TARGET"))
        .eventResponse
      if !session.isFoggy, let line = session.loadedSite.simulation.stillUsedLine(target) {
        answer.lines.append(line)
      }
      return session.hidingOutcomeInFog(answer)
    },
    Command(
      "repair", .fail, reveals: .outside, [.value("TARGET", .broken)],
      "Repair what `break` made fail. In fog, this takes a minute and never says what was wrong.",
      example: "break server-1; repair server-1",
      notes: ["TARGET": "the host, component or link with the fault"],
      see: ["break", "rebuild", "fog", "failback"]
    ) { session, words throws(Complaint) in
      guard let target = words.faultTarget("TARGET") else { return CommandResponse() }
      if session.isFoggy, !session.isRehearsal {
        return try dispatchOperator(&session, target, about: words.word("TARGET"))
      }
      let outcome = try session.perform(.repair(target), about: words.word("TARGET"))
      return session.isRehearsal
        ? CommandResponse() : session.loadedSite.simulation.response(to: outcome, repairing: target)
    },
    Command(
      "promote", .fail, reveals: .dependingOnArguments { $0.isEmpty ? .inside : nil },
      [.optional([.value("NODE", .databaseNode), .optional([.word("now")])])],
      "Make a replica the primary, or show the database nodes.",
      example: "break server-1.mysql; promote server-2",
      notes: [
        "NODE": "a host with a replica", "now": "does not first apply the writes that it has received",
      ],
      see: ["rebuild", "break", "promotion", "lost write"]
    ) { session, words throws(Complaint) in
      guard let address = words.component("NODE") else {
        return ChoiceOverview.promotion(on: session.loadedSite.simulation)
      }
      let outcome = try session.perform(
        .promote(address, now: words.has("now")), about: words.word("NODE"))
      var answer = outcome.eventResponse
      answer.members = [
        JSON.Member(.lost, .integer(outcome.lost.count)),
        JSON.Member(.lostIds, .array(outcome.lost.map { .integer($0) })),
      ]
      answer.result.lostWrites = outcome.lost.count
      return session.hidingOutcomeInFog(answer)
    },
    Command(
      "rebuild", .fail, reveals: .outside, [.value("NODE", .databaseNode)],
      "Make a database node a fresh replica of the primary.",
      example:
        "set database lag 2s; send 4 write; break server-1.mysql; promote server-2; repair server-1.mysql; "
        + "rebuild server-1.mysql",
      notes: ["NODE": "a host whose database node has diverged, or replicates from no node"],
      see: ["promote", "repair", "divergence"]
    ) { session, words throws(Complaint) in
      guard let address = words.component("NODE") else { return CommandResponse() }
      return session.hidingOutcomeInFog(
        try session.perform(.rebuild(address), about: words.word("NODE")).eventResponse)
    },
    Command(
      "chaos", .fail, reveals: .outside,
      [
        .oneOf([
          [.word("hidden")], [.value("DURATION", .span(.seconds(1)...Span.seconds(86_400)))],
        ]),
        .optional([.word("seed"), .value("N", .number(0...Int.max))]),
      ],
      "Inject and repair random faults for a while, or inject one fault hidden by fog.",
      example: "chaos 2m seed 7",
      notes: [
        "hidden": "one fault and fog over it; users notice the fault if possible",
        "DURATION": "how long, such as 2m", "seed": "chooses the faults: the same seed, the same faults",
        "N": "a whole number (default: the seed of the site)",
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
        Line("An operator has repaired whatever was wrong at \(target.text)."),
        Line("  That took a minute; it is now \(clock).", .faint),
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
    CommandResponse(events.map { "\($0.sentence)." }.unique.map { Line($0) }, [], events: events)
  }
}

extension Simulation {
  /// The name of the balancer that users reach.
  private var balancerName: String? {
    addressHolders.first ?? topology.balancers.first.map { topology.hosts[$0].name }
  }

  /// Says that the balancer still sends requests to the server whose target has just failed; nil if it does
  /// not.
  fileprivate func stillUsedLine(_ target: FaultTarget) -> Line? {
    // The monitoring agent takes no part in requests.
    guard case .component(let address) = target, address.component != .monitor, let balancerName else {
      return nil
    }
    let isUsed = serverReports.contains { report in
      report.name == address.host && report.effectiveWeight > 0 && !report.isBackup
        && (report.state == .up || report.state == .unchecked)
    }
    return isUsed ? Line("\(balancerName) still sends requests to \(address.host).", .faint) : nil
  }

  /// The response to a repair: what works again, what still does not, and when the balancer uses the server
  /// again.
  fileprivate func response(to outcome: Outcome, repairing target: FaultTarget) -> CommandResponse {
    let sentences = outcome.events.map { event in
      guard case .repaired = event.kind, case .component(let address) = target, address.component != nil,
        let fault = faults.first(where: { $0.target == .component(Address(address.host)) })?.fault
      else { return "\(event.sentence)." }
      return "\(event.subject) is repaired, but \(address.host) still \(Simulation.obstacle(fault))."
    }
    var lines = sentences.unique.map { Line($0) }
    if case .component(let address) = target, address.component == nil {
      let left = faults.filter { $0.target != target && $0.target.isComponent(of: address.host) }
      lines += left.map { Line("  \($0.target.text) still has the fault \($0.fault.text).", .failed) }
    }
    return CommandResponse(lines + returnLines(target), [], events: outcome.events)
  }

  /// Says what a fault of the whole host still prevents: the words after the name of the host.
  private static func obstacle(_ fault: Fault) -> String {
    switch fault {
    case .power: "has no power"
    case .crash, .restart, .hang, .slow, .cut, .badRelease, .diskFull, .expired: "has the fault \(fault.text)"
    }
  }

  /// Says when the balancer uses repaired servers again that it has marked DOWN.
  private func returnLines(_ target: FaultTarget) -> [Line] {
    guard let balancerName, let haproxy = topology.host(named: balancerName)?.haproxy else { return [] }
    let down = serverReports.filter { report in
      report.state == .down && target.concerns(host: report.name)
        && !faults.contains { $0.target.isComponent(of: report.name) }
    }
    return down.map { report in
      let checks = "\(haproxy.rise) passed \(haproxy.rise == 1 ? "check" : "checks")"
      let time = (haproxy.inter * haproxy.rise).words
      let verb = report.isBackup ? "mark \(report.name) UP" : "use \(report.name) again"
      return Line("  \(balancerName) will \(verb) after \(checks) (about \(time)).", .faint)
    }
  }
}

extension FaultTarget {
  /// Whether the target is the host or one of its components.
  fileprivate func isComponent(of host: String) -> Bool {
    if case .component(let address) = self { address.host == host } else { false }
  }
}
