import Blueprint
import Simulator

/// The way of one request: the parts that worked for it and the wires that it passed.
public struct Way: Equatable, Sendable {
  public let kind: RequestKind
  let number: Int
  let endedAt: Span
  /// The balancer that it came in by.
  public let balancer: String
  public let hops: [Hop]
  /// The parts in the order of meeting, code base and files where they were needed.
  public let parts: [Address]
  public let evidence: Evidence

  /// The links in the order of passing, each once.
  public var links: [String] {
    hops.compactMap { $0.link }.unique
  }

  /// Nil where the request did not even reach a balancer.
  init?(of record: Record, _ steps: [RequestStep], in topology: Topology) {
    guard let balancer = record.balancer else { return nil }
    kind = record.kind
    self.balancer = balancer
    number = record.number
    endedAt = record.endedAt ?? record.startedAt
    hops = Way.hops(of: record, balancer, steps)
    parts = Way.parts(on: hops, kind, topology)
    let names = parts.map { $0.text }.joined(separator: ", ")
    evidence = Evidence(["trace \(record.kind.rawValue)"], saw: "it passed \(names)")
  }

  /// The user's own hop, and one for each part that was connected to.
  private static func hops(of record: Record, _ balancer: String, _ steps: [RequestStep]) -> [Hop] {
    let haproxy = Address(balancer, .haproxy)
    var status: Int?
    if case .status(let code) = record.end { status = code }
    let arrived = steps.first { $0.component == haproxy }?.time ?? record.startedAt
    let first = Hop(
      from: nil, to: haproxy, time: arrived, answeredAt: status.flatMap { _ in record.endedAt }, code: status)
    return [first]
      + steps.enumerated().compactMap { place, step in
        guard case .connected(let target) = step.what, let asker = step.component else { return nil }
        let answer = steps[place...].first { $0.component == target && $0.what.code != nil }
        return Hop(
          from: asker, to: target, time: step.time, answeredAt: answer?.time, code: answer?.what.code)
      }
  }

  private static func parts(on hops: [Hop], _ kind: RequestKind, _ topology: Topology) -> [Address] {
    var parts: [Address] = []
    for part in hops.map({ $0.to }) {
      parts.append(part)
      let runsCode = kind == .static ? part.part == .nginx || part.part == .app : part.part == .app
      if runsCode, topology.host(named: part.host)?.hasFiles == true {
        parts.append(Address(part.host, .files))
      }
    }
    return parts.unique
  }
}

extension RequestStep.What {
  /// The status of an answer.
  fileprivate var code: Int? { if case .answered(let code) = self { code } else { nil } }
}

extension Simulation {
  /// The way of the next request of that kind, sent on a copy; nil where it would reach no balancer.
  public func path(_ kind: RequestKind) -> Way? { ways(of: kind, count: 1).first }

  /// The ways of the next so many requests.
  func ways(of kind: RequestKind, count: Int, to path: String? = nil) -> [Way] {
    var copy = self
    var sending = Sending(count: count, mix: .only(kind))
    if let path { sending.paths = [path] }
    guard let outcome = try? copy.perform(.send(sending)), let first = outcome.records.first else {
      return []
    }
    let steps = copy.steps(ofRequestsFrom: first.number)
    return outcome.records.compactMap { Way(of: $0, steps[$0.number] ?? [], in: copy.topology) }
  }

  /// So many requests that each server, application and database node has had its turns; of more than some, no step is
  /// kept.
  var requestsForAllWays: Int {
    let weights = topology.backends.reduce(0) { $0 + topology.hosts[$1].serving.weight }
    let choices = max(1, weights) * max(1, topology.sharedApplications.count)
    return min(Simulation.mostTraced, max(4, 2 * choices, 2 * topology.databaseNodes.count))
  }
}
