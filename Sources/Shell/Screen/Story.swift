import Blueprint
import Facts
import Inspector
import Simulator

/// Tells one request hop by hop.
extension Session {
  func story(of record: Record, events: [Event] = []) throws(Complaint) -> Answer {
    let steps = scene.simulation.steps(ofRequest: record.number)
    let failed = record.end != .status(200)
    var lines = [
      Line("  \(record.title), \(record.kind.rawValue): \(record.ending)", failed ? .failed : .plain)
    ]
    let told = steps.enumerated().map { (step: $1, reason: reason(for: $1, after: steps[..<$0], record)) }
    if !steps.isEmpty { lines += Waterfall(told, began: record.startedAt).lines(width: screen.width) }
    if record.isStale { lines.append(Line("  the page was old: this node did not have the last write yet")) }
    if record.isStoredAnyway { lines.append(Line("  the user saw an error, but the write is stored")) }
    if steps.isEmpty {
      lines.append(
        Line(
          "  its steps are not kept: only those of the first \(Simulation.mostTraced) requests of a command are",
          .faint))
    }
    let cures = failed && record.end != nil ? try cures(for: record) : []
    lines += cures.map { Line("  \($0)") }
    let hops = steps.map { step in
      JSON.object([
        JSON.Member("time_ms", .milliseconds(step.time)),
        JSON.Member("component", step.component.map { .string($0.text) } ?? .null),
        JSON.Member("what", .string(step.words)),
      ])
    }
    var answer = Answer(
      lines,
      [
        JSON.Member("requests", .array([record.json])), JSON.Member("hops", .array(hops)),
        JSON.Member("cures", .array(cures.map { .string($0) })),
      ],
      events: events)
    answer.result.requests = [record]
    return answer
  }
}

extension Session {
  /// Why this one was asked: an nginx and an application choose as well.
  private func reason(for step: RequestStep, after steps: ArraySlice<RequestStep>, _ record: Record) -> String
  {
    let target: Address
    switch step.what {
    case .connected(let address), .wasRefused(let address), .heardNothing(let address): target = address
    default: return ""
    }
    guard let asker = step.component else { return "" }
    let isAgain = steps.contains { $0.component == asker && $0.what.asks }
    switch (asker.part, target.part) {
    case (.nginx, .app):
      if isAgain { return ": the next one" }
      return target.host == asker.host ? ": the application beside it" : ": its turn"
    case (.app, .mysql):
      if isAgain { return ": the next one, since reads may fall back" }
      return ": \(routing(of: record.kind, from: asker, to: target))"
    default: return ""
    }
  }

  private func routing(of kind: RequestKind, from app: Address, to node: Address) -> String {
    let database = scene.simulation.topology.database
    let beside = node.host == app.host ? "the node beside it" : "the primary, for want of one beside it"
    if kind == .write {
      return database.writes == .primary ? "writes go to the primary" : beside
    }
    switch database.reads {
    case .local: return beside
    case .primary: return "reads go to the primary"
    case .replica: return "reads go to the replicas in turn"
    case .any: return "reads go to all nodes in turn"
    }
  }
}

extension RequestStep {
  /// What happened, in the words of whoever did it: a database knows no status, but errors by number.
  var words: String {
    guard component?.part == .mysql, case .answered(let code) = what else { return what.words }
    switch code {
    case 0: return "closes the connection"
    case 200: return "answers: OK"
    case 1040: return "error 1040: too many connections"
    case 1114: return "error 1114: the table is full"
    case 1290: return "error 1290: it is read only"
    default: return "error \(code)"
    }
  }
}

extension RequestStep.What {
  /// Whether somebody else was asked, with whatever end.
  fileprivate var asks: Bool {
    switch self {
    case .connected, .wasRefused, .heardNothing: true
    default: false
    }
  }

  var isTrouble: Bool {
    switch self {
    case .knocked, .gaveUp, .turnedAway, .wasRefused, .heardNothing, .timedOut, .pauses, .foundNobody: true
    case .ended(let end): end != .status(200)
    case .answered(let code): code != 200
    case .picked, .waitsForSlot, .gotSlot, .connected, .arrived, .started,
      .shookHands:
      false
    }
  }

  fileprivate var words: String {
    switch self {
    case .knocked(let n): n == 1 ? "connects: no answer" : "tries again: no answer"
    case .gaveUp: "gives up"
    case .shookHands(let address): "agrees on a key with \(address.host): TLS, 2.4 ms"
    case .turnedAway(let address): "\(address.host)'s certificate has expired: goes no further, sends nothing"
    case .ended(let end): end == .status(200) ? "has the answer" : "sees \(end.word)"
    case .picked(let server, let algorithm, let usable, let load):
      usable <= 1
        ? "\(server): the only one that may serve"
        : "\(server): \(algorithm.reason(load: load)), of \(usable)"
    case .waitsForSlot(let before): "every slot is taken: it waits, with \(before) before it"
    case .gotSlot: "a slot is free"
    case .pauses: "waits before it tries again"
    case .connected(let address): "connects to \(address.text)"
    case .wasRefused(let address): "\(address.text) refuses the connection"
    case .heardNothing(let address): "\(address.text) does not answer"
    case .timedOut: "waits no longer"
    case .foundNobody: "finds nobody whom it could ask"
    case .arrived(let waiting):
      waiting == 0 ? "has it" : "has it, behind \(waiting) other\(waiting == 1 ? "" : "s")"
    case .started: "works on it"
    case .answered(let code): code == 0 ? "closes the connection" : "answers \(code)"
    }
  }
}

extension Algorithm {
  /// Why it chose the one that it chose.
  func reason(load: Int) -> String {
    switch self {
    case .roundrobin, .staticRR: "it is its turn"
    case .leastconn: "it has \(load) in flight, nobody has fewer for its weight"
    case .first: "the first with a free slot"
    case .source: "the user's address says so"
    case .uri: "the path says so"
    case .random: "drawn"
    }
  }
}
