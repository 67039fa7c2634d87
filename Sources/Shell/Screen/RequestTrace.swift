import Blueprint
import Facts
import Inspector
import Simulator

/// The trace of one request, hop by hop.
struct RequestTrace {
  let record: Record
  /// The site to which the request was sent.
  let simulation: Simulation
  /// The events during the request.
  let events: [Event]
  /// The fixes that would have let a failed request succeed, one sentence each.
  let fixes: [String]
  let width: Int

  var answer: CommandResponse {
    let steps = simulation.steps(ofRequest: record.number)
    var lines = [
      Line(
        "  \(record.title), \(record.kind.rawValue): \(record.ending)",
        record.end == .status(200) ? .plain : .failed)
    ]
    let annotatedSteps = steps.enumerated().map { (step: $1, reason: reason(for: $1, after: steps[..<$0])) }
    if !steps.isEmpty { lines += Waterfall(annotatedSteps, began: record.startedAt).lines(width: width) }
    if record.isStale { lines.append(Line("  the page was old: this node did not have the last write yet")) }
    if record.isStoredAnyway { lines.append(Line("  the user saw an error, but the write is stored")) }
    if steps.isEmpty {
      lines.append(
        Line(
          "  its steps are not kept: only those of the first \(Simulation.traceLimit) requests of a command are",
          .faint))
    }
    lines += fixes.map { Line("  \($0)") }
    let hops = steps.map { step in
      JSON.object([
        JSON.Member(.timeMs, .milliseconds(step.time)),
        JSON.Member(.component, step.component.map { .string($0.text) } ?? .null),
        JSON.Member(.what, .string(step.words)),
      ])
    }
    var answer = CommandResponse(
      lines,
      [
        JSON.Member(.requests, .array([record.json])), JSON.Member(.hops, .array(hops)),
        JSON.Member(.cures, .array(fixes.map { .string($0) })),
      ],
      events: events)
    answer.result.requests = [record]
    return answer
  }

  /// Returns why nginx or the application chose this target; empty for a balancer, which gives its own
  /// reasons.
  private func reason(for step: RequestStep, after steps: ArraySlice<RequestStep>) -> String {
    let target: Address
    switch step.kind {
    case .connected(let address), .connectionRefused(let address), .noResponse(let address): target = address
    default: return ""
    }
    guard let asker = step.component else { return "" }
    let isAgain = steps.contains { $0.component == asker && $0.kind.isAttempt }
    if asker.component == .nginx, target.component == .app {
      if isAgain { return ": the next one" }
      return target.host == asker.host ? ": the application beside it" : ": its turn"
    }
    guard asker.component == .app, target.component == .mysql else { return "" }
    if isAgain { return ": the next one, since reads may fall back" }
    return ": \(routing(of: record.kind, from: asker, to: target))"
  }

  private func routing(of kind: RequestKind, from app: Address, to node: Address) -> String {
    let database = simulation.topology.database
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
