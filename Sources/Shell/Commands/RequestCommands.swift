import Blueprint
import Inspector
import Simulator

/// The commands that send requests.
enum RequestCommands {
  static let requestOptions: [[Parameter]] = [
    [.value("KIND", .requestKind)],
    [.word("mix"), .optional([.many(.value("KIND=N", .share))])],
    [.word("rate"), .value("R/s", .rate)],
    [.word("from"), .value("IP", .addresses)],
    [.word("to"), .value("PATH", .paths)],
  ]

  static let requestNotes = [
    "KIND": "the kind of request: picture, page or comment (default: page)",
    "from": "the address of a user, or several in turn",
    "IP": "an address such as 10.0.0.1, or several with commas",
    "to": "the path, or several in turn",
    "PATH": "a path such as /index.html, or several with commas",
  ]

  private static let trafficNotes = [
    "N": "the number of requests (default: 1)",
    "mix": "kinds drawn at random: 50 % static, 40 % read, 10 % write",
    "KIND=N": "other shares, such as read=90 write=10, with a sum of 100",
    "rate": "a fixed rate, whether or not earlier requests have ended",
    "R/s": "requests per second, such as 50/s",
  ]

  static let table: [Command] = [
    Command(
      "send", .act, reveals: .outside,
      [.anyOrder([[.value("N", .number(0...SendOptions.requestLimit))]] + requestOptions)],
      "Send requests as users would: one after another, or at a rate.", example: "send 6 static",
      notes: requestNotes.with(trafficNotes),
      see: ["trace", "hold", "stats", "why", "latency", "p99"]
    ) { session, words throws(Complaint) in
      let before = session.loadedSite.simulation.time
      let outcome = try session.perform(.send(try SendOptions(words)), about: words.word("N"))
      return outcome.answer(
        on: session.screen, session.loadedSite.simulation, isLoad: words.rate("R/s") != nil,
        canExplain: !session.isTrial)
    },
    Command(
      "hold", .act, reveals: .outside,
      [
        .many(.value("ID", .newName)),
        .anyOrder([
          [.value("KIND", .requestKind)], [.word("from"), .value("IP", .addresses)],
          [.word("to"), .value("PATH", .paths)],
        ]),
      ],
      "Open requests that stay in flight until `release`; no time passes.", example: "hold a b",
      notes: requestNotes.with(["ID": "a name for each request, for `release`"]),
      see: ["release", "send", "in flight", "queue"]
    ) { session, words throws(Complaint) in
      try hold(&session, words)
    },
    Command(
      "release", .act, reveals: .outside, [.many(.value("ID", .heldRequestName))],
      "Let held requests continue, one by one.",
      example: "hold a b; release a", notes: ["ID": "the name of a held request"],
      see: ["hold", "queue"]
    ) { session, words throws(Complaint) in
      let names = words.names("ID")
      let outcome = try session.perform(.release(names), about: words.word("ID"))
      var answer = outcome.answer(on: session.screen, session.loadedSite.simulation)
      answer.members.append(JSON.Member(.dequeued, .array(outcome.dequeued.map { $0.json })))
      answer.lines += outcome.dequeued.map { Line("  \($0.title) got a slot on \($0.server ?? "no server")") }
      return answer
    },
  ]
}

extension RequestCommands {
  /// Holds one request for each of the given names.
  private static func hold(_ session: inout Session, _ words: Arguments) throws(Complaint) -> CommandResponse
  {
    var sending = SendOptions(mix: .only(words.kind("KIND") ?? .read))
    if let sources = words.addresses("IP") { sending.sources = sources }
    if let paths = words.texts("PATH") { sending.paths = paths }
    let outcome = try session.perform(.hold(words.names("ID"), sending), about: words.word("ID"))
    let lines = outcome.records.map { record in
      Line("  \(record.title) \(session.whereabouts(of: record))", record.end == nil ? .plain : .failed)
    }
    var answer = CommandResponse(lines, events: outcome.events)
    answer.list(outcome.records)
    return answer
  }
}

extension Arguments {
  func names(_ name: String) -> [String] {
    all(name).compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
}

extension SendOptions {
  init(_ words: Arguments) throws(Complaint) {
    self.init(count: words.number("N") ?? 1)
    if let kind = words.kind("KIND") { mix = .only(kind) }
    if words.has("mix") { mix = try Mix(shares: words.all("KIND=N"), words.word("KIND=N")) }
    rate = words.rate("R/s")
    if let sources = words.addresses("IP") { self.sources = sources }
    if let paths = words.texts("PATH") { self.paths = paths }
  }
}

extension SendOptions.Mix {
  /// Reads the share of each kind of request; the shares must add up to 100. Without shares, creates the
  /// usual mix.
  init(shares: [ParameterValue], _ word: Word?) throws(Complaint) {
    self = .usual
    guard let word else { return }
    self.init(static: 0, read: 0, write: 0)
    for case .share(let kind, let share) in shares {
      switch kind {
      case .static: self.static = share
      case .read: read = share
      case .write: write = share
      }
    }
    guard self.static + read + write == 100 else {
      throw .wrongMix(word, sum: self.static + read + write)
    }
  }
}
