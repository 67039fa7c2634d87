import Blueprint
import Inspector
import Simulator

extension Command {
  /// The words of faults, each with what may follow it.
  static let faultWords: [[Parameter]] = FaultKind.allCases.map { kind in
    switch kind.fault().row.detail {
    case .none: [.word(kind.rawValue)]
    case .duration:
      [.word(kind.rawValue), .optional([.value("DURATION", .span(.microseconds(1)...Span.longest))])]
    case .pages: [.word(kind.rawValue), .optional([.word("pages")])]
    }
  }

  /// What the words of faults mean.
  static let faultNotes = Dictionary(
    uniqueKeysWithValues: FaultKind.allCases.map { ($0.rawValue, $0.fault().row.summary) }
  ).with([
    "DURATION": "so much longer; 1s unless said", "pages": "on the pages only: checks still pass",
  ])

  static let failing: [Command] = [
    Command(
      "break", .fail, sees: .outside, [.value("COMPONENT", .breakable), .optional([.oneOf(faultWords)])],
      "Make a host, a part or a link (server-1--server-2) fail.", example: "break server-1; send 4",
      notes: [
        "COMPONENT": "a host, a part such as server-1.app, or a link such as server-1--server-2"
      ].with(faultNotes),
      see: ["repair", "wait", "why", "crash", "hang", "health check", "SPOF"]
    ) { session, words throws(Complaint) in
      guard let target = words.breakable("COMPONENT") else { return Answer() }
      var answer = try session.perform(.break(target, Fault(words)), about: words.word("COMPONENT"))
        .happenings
      if !session.isFoggy, session.scene.simulation.mayBeNoticed(target) {
        answer.lines.append(Line("Nobody has noticed yet.", .faint))
      }
      return session.afterOrder(answer)
    },
    Command(
      "repair", .fail, sees: .outside, [.value("COMPONENT", .broken)],
      "Mend what break broke there. In the fog it takes a minute, and nobody hears whether anything was broken.",
      example: "break server-1; repair server-1",
      notes: ["COMPONENT": "what was broken: a host, a part or a link"],
      see: ["break", "rebuild", "fog", "failback"]
    ) { session, words throws(Complaint) in
      guard let target = words.breakable("COMPONENT") else { return Answer() }
      if session.isFoggy, !session.isRehearsal {
        return try session.sendToRepair(target, about: words.word("COMPONENT"))
      }
      return try session.perform(.repair(target), about: words.word("COMPONENT")).happenings
    },
    Command(
      "promote", .fail, sees: .outside, [.value("COMPONENT", .databaseNode), .optional([.word("now")])],
      "Make a replica the primary; now does not wait until it has applied what it received.",
      example: "break server-1.mysql; promote server-2",
      notes: [
        "COMPONENT": "a host with a replica", "now": "without applying first what it has received",
      ],
      see: ["rebuild", "break", "promotion", "lost write"]
    ) { session, words throws(Complaint) in
      guard let address = words.component("COMPONENT") else { return Answer() }
      let outcome = try session.perform(
        .promote(address, now: words.has("now")), about: words.word("COMPONENT"))
      var answer = outcome.happenings
      answer.members = [
        JSON.Member("lost", .integer(outcome.lost.count)),
        JSON.Member("lost_ids", .array(outcome.lost.map { .integer($0) })),
      ]
      answer.result.lostWrites = outcome.lost.count
      return session.afterOrder(answer)
    },
    Command(
      "rebuild", .fail, sees: .outside, [.value("COMPONENT", .databaseNode)],
      "Make a database node a fresh copy of the primary, which follows it.",
      example: "break server-1.mysql; promote server-2; repair server-1.mysql; rebuild server-1.mysql",
      notes: ["COMPONENT": "a host with a database node that has diverged, or follows nobody"],
      see: ["promote", "repair", "divergence"]
    ) { session, words throws(Complaint) in
      guard let address = words.component("COMPONENT") else { return Answer() }
      return session.afterOrder(
        try session.perform(.rebuild(address), about: words.word("COMPONENT")).happenings)
    },
    Command(
      "chaos", .fail, sees: .outside,
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
      let seed = words.number("N").map { UInt64($0) } ?? session.scene.simulation.topology.site.seed
      if words.has("hidden") { return try session.hideFault(seed: seed) }
      let night = Action.chaos(words.span("DURATION") ?? .zero, seed: seed)
      return session.afterOrder(try session.perform(night).story)
    },
    Command(
      "wait", .act, sees: .bySaying { $0.has("until") ? .inside : nil },
      [
        .oneOf([
          [.word("until"), .value("COMPONENT", .server), .value("STATE", .choice(["up", "down"]))],
          [.value("DURATION", .span(.zero...Span.longest))],
        ])
      ],
      "Let time pass: so long, or until the balancer calls a server UP or DOWN.",
      example: "break server-1; wait until server-1 down",
      notes: [
        "DURATION": "so long, such as 500ms, 2s or 1m30s",
        "until": "until the balancer calls it so, for an hour at most", "COMPONENT": "a server",
        "up": "it gets requests again", "down": "it is left out",
      ],
      see: ["at", "break", "health check", "fall and rise"]
    ) { session, words throws(Complaint) in
      let action: Action =
        words.component("COMPONENT").map { .waitUntil($0.host, isUp: words.text("STATE") == "up") }
        ?? .wait(words.span("DURATION") ?? .zero)
      let outcome = try session.perform(action, about: words.word("COMPONENT"))
      let clock = Line("  it is \(session.scene.simulation.time.clock) now", .faint)
      return Answer(outcome.events.map { $0.line } + [clock], [], events: outcome.events)
    },
    Command(
      "at", .act, sees: .outside,
      [.value("DURATION", .span(.zero...Span.longest)), .commands("COMMAND", among: Session.laterWords)],
      "Do something later, in the middle of whatever happens then: break, repair, promote, rebuild, or a change.",
      example: "at 2s break server-1; send 6 rate 2/s",
      notes: ["DURATION": "so long from now", "COMMAND": "what to do then"],
      see: ["wait", "break"]
    ) { session, words throws(Complaint) in
      try session.order(words)
    },
  ]
}

extension Fault {
  /// The fault whose word was read; nil if there was none.
  init?(_ words: Arguments) {
    guard let kind = FaultKind.allCases.first(where: { words.has($0.rawValue) }) else { return nil }
    self = kind.fault(duration: words.span("DURATION"), pagesOnly: words.has("pages"))
  }
}

extension Outcome {
  /// For what takes a while: what happened, each with its moment.
  fileprivate var story: Answer { Answer(events.map { $0.line }, [], events: events) }

  /// For what takes no time: only what happened, without the moment.
  fileprivate var happenings: Answer {
    Answer(events.map { Line("\($0.sentence).") }, [], events: events)
  }
}

extension Simulation {
  /// Whether a health check could find the fault in time.
  fileprivate func mayBeNoticed(_ target: Breakable) -> Bool {
    guard case .part(let address) = target, topology.host(named: address.host)?.isBalancer == false else {
      return false
    }
    // No check asks after an agent.
    guard address.part != .monitor else { return false }
    return isUp(server: address.host)
      && topology.balancers.contains { topology.hosts[$0].haproxy?.check != .off }
  }
}

extension Session {
  fileprivate static let laterWords = [
    "break", "repair", "promote", "rebuild", "set", "add", "remove", "algorithm", "mode",
  ]

  /// Tries the command on a copy, which tells what action it is; that is what will be done.
  fileprivate mutating func order(_ words: Arguments) throws(Complaint) -> Answer {
    var delay = words.span("DURATION") ?? .zero
    let text = words.text("COMMAND") ?? ""
    guard depth < Session.deepest else { throw .nested("at") }
    let (reply, rehearsed) = rehearsal(of: text)
    let isKnown = Command.all.contains { $0.name == reply.verb }
    guard Session.laterWords.contains(reply.verb) || !isKnown && !reply.isOK else {
      throw .notForLater(Sentences.clean(reply.verb))
    }
    if let failure = reply.failure { throw .inWhatIf(text, failure) }
    guard let action = rehearsed else { throw .notForLater(Sentences.clean(reply.verb)) }
    // In the fog somebody sets out then.
    if isFoggy, case .repair = action { delay = delay + Fog.repairing }
    _ = try perform(.at(delay, action, text: Sentences.clean(text)))
    let moment = scene.simulation.time + delay
    return Answer([Line("  at \(moment.clock): \(Sentences.clean(text))")])
  }

  /// Returns what a command would do. It is tried on a copy of the session, which is dropped afterwards so that it
  /// shares no memory with the session.
  private func rehearsal(of command: String) -> (Reply, Action?) {
    var copy = self
    copy.depth += 1
    copy.isRehearsal = true
    let reply = copy.obey(command)
    return (reply, copy.rehearsed)
  }
}
