import Blueprint
import Simulator

extension Command {
  static let looking: [Command] = [
    Command(
      "show", .look, [.optional([.value("COMPONENT|topology|servers|balancer|database|clock", .any)])],
      "Show the site, or one thing of it.", example: "show servers"
    ) { session, words throws(Complaint) in
      try session.show(words.word("COMPONENT|topology|servers|balancer|database|clock"))
    },
    Command("describe", .look, [], "Say the same in sentences.", example: "describe") {
      session, _ throws(Complaint) in
      let sentences = session.scene.simulation.sentences
      return Answer(
        sentences.map { Line($0) }.wrapped, [JSON.Member("sentences", .array(sentences.map { .string($0) }))])
    },
    Command(
      "trace", .look,
      [
        .anyOrder([
          [.value("KIND", .kindOfRequest)], [.word("from"), .value("IP", .addresses)],
          [.word("to"), .value("PATH", .paths)],
        ])
      ],
      "Send one request and show every hop, with its time and the reason for each choice.",
      example: "trace read"
    ) { session, words throws(Complaint) in
      let outcome = try session.perform(.send(try Sending(words)))
      guard let record = outcome.records.first else { return Answer() }
      return session.story(of: record, events: outcome.events)
    },
    Command(
      "why", .look,
      [.optional([.oneOf([[.word("last"), .optional([.word("failed")])], [.value("ID", .any)]])])],
      "Explain how a request ended: the last that failed, or the one of that number.", example: "why last"
    ) { session, words throws(Complaint) in
      session.story(of: try session.record(words))
    },
    Command("stats", .look, [], "What every part has done so far.", example: "stats") {
      session, _ throws(Complaint) in
      session.scene.simulation.statistics.answer
    },
    Command(
      "capacity", .look, [.optional([.value("KIND", .kindOfRequest)])],
      "The rate up to which the site keeps up, what limits it, and what is left without each server.",
      example: "capacity read"
    ) { session, words throws(Complaint) in
      session.capacity(of: words.kind("KIND") ?? .read)
    },
    Command(
      "log", .look, [.optional([.value("N", .number(1...Simulation.mostRows))])],
      "The balancers' log: a line for each of the last requests.", example: "log 5"
    ) { session, words throws(Complaint) in
      let records = session.scene.simulation.log.filter { $0.end != nil && $0.balancer != nil }.suffix(
        words.number("N") ?? 10)
      let lines = records.map { Line($0.logLine, $0.end == .status(200) ? .plain : .failed) }
      return Answer(
        lines.isEmpty ? [Line("  no request has been sent yet", .faint)] : Array(lines),
        [JSON.Member("lines", .array(records.map { .string($0.logLine) }))])
    },
  ]
}

extension Session {
  fileprivate func record(_ words: Arguments) throws(Complaint) -> Record {
    let simulation = scene.simulation
    if let word = words.word("ID") {
      let number = Reading.number(word.text) ?? -1
      let found = simulation.record(ofRequest: number) ?? simulation.log.last { $0.name == word.text }
      guard let found else { throw .noRequest("no request \(Sentences.quote(word)) is kept") }
      return found
    }
    let ended = simulation.log.filter { $0.end != nil }
    let failed = ended.last { $0.end != .status(200) }
    if words.has("failed") {
      guard let failed else { throw .noRequest("no request has failed") }
      return failed
    }
    guard let record = words.has("last") ? ended.last : failed ?? ended.last else {
      throw .noRequest("no request has been sent")
    }
    return record
  }
}
