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
  /// The fixes that would have let a failed request succeed; nil if no search was made.
  let fixes: [RequestFix]?
  let width: Int

  var answer: CommandResponse {
    let steps = simulation.steps(ofRequest: record.number)
    let isAnswered = record.end == .status(200)
    var lines = [
      Line("  \(record.title), \(record.kind.rawValue): ")
        + Line(record.ending, isAnswered ? .good : record.end == nil ? .attention : .failed)
    ]
    let annotatedSteps = steps.enumerated().map { (step: $1, reason: reason(for: $1, after: steps[..<$0])) }
    if !steps.isEmpty { lines += Waterfall(annotatedSteps, began: record.startedAt).lines(width: width) }
    if record.isStale {
      lines.append(Line("  The page is stale: this node had not yet applied the last write.", .attention))
    }
    if record.isStoredAnyway {
      lines.append(Line("  The user saw an error, but the write is stored.", .attention))
    }
    if steps.isEmpty {
      let limit = Simulation.traceLimit
      lines.append(Line("  Only the first \(limit) requests of a command keep their steps.", .faint))
    }
    if !isAnswered { lines += faults(on: steps) }
    lines += fixLines
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
        JSON.Member(.cures, .array(fixLines.map { .string(String($0.text.dropFirst(2))) })),
      ],
      events: events)
    answer.result.requests = [record]
    return answer
  }

  private var fixLines: [Line] {
    guard let fixes else { return [] }
    return fixes.isEmpty
      ? [Line("  None of the fixes tried would have prevented this failure.", .faint)]
      : fixes.map { Line("  ") + $0.line }
  }

  // MARK: Faults

  /// Returns the faults, not yet repaired, of the components and links that the request used or tried to use.
  private func faults(on steps: [RequestStep]) -> [Line] {
    let used = steps.flatMap { [$0.component, $0.kind.target].compactMap { $0 } }
    let balancers = simulation.topology.balancers.map { simulation.topology.hosts[$0].name }
    let hosts = [FaultTarget.internet] + (used.isEmpty ? balancers : used.map { $0.host }.unique)
    let end = record.endedAt ?? simulation.time
    let faults = simulation.faults.filter { fault in
      guard fault.since < end else { return false }
      switch fault.target {
      case .link(let a, let b): return hosts.contains(a) && hosts.contains(b)
      case .component(let address):
        guard address.component != nil else { return hosts.contains(address.host) }
        return used.isEmpty ? hosts.contains(address.host) : used.contains(address)
      }
    }
    return faults.map {
      Line("  Fault on the path: ") + Line("\($0.sentence), since \($0.since.clock)", .failed)
    }
  }

  // MARK: Reasons

  /// Returns why nginx or the application chose this target; empty for a balancer, which gives its own
  /// reasons.
  private func reason(for step: RequestStep, after steps: ArraySlice<RequestStep>) -> String {
    guard let target = step.kind.target, let asker = step.component else { return "" }
    let isAgain = steps.contains { $0.component == asker && $0.kind.isAttempt }
    if asker.component == .nginx, target.component == .app {
      if isAgain { return "next, \(target.text)" }
      return target.host == asker.host ? "on to the application beside it" : "\(target.text)'s turn"
    }
    guard asker.component == .app, target.component == .mysql else { return "" }
    return isAgain
      ? "next, \(target.text): reads may fall back" : routing(of: record.kind, from: asker, to: target)
  }

  private func routing(of kind: RequestKind, from app: Address, to node: Address) -> String {
    let database = simulation.topology.database
    let beside = node.host == app.host ? "on to the node beside it" : "no node beside it: on to the primary"
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

extension RequestStep.Kind {
  /// The component that the step contacts, whatever the result.
  fileprivate var target: Address? {
    switch self {
    case .connected(let address), .connectionRefused(let address), .noResponse(let address): address
    default: nil
    }
  }
}
