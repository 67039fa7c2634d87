import Blueprint
import Simulator

/// The path of one request: its hops, and the components that processed it.
public struct RequestPath: Equatable, Sendable {
  public let kind: RequestKind
  /// The number of the request.
  let number: Int
  let endedAt: Span
  /// The balancer that received the user's request.
  public let balancer: String
  public let hops: [Hop]
  /// The components in the order in which they processed the request, with the files that they needed.
  public let components: [Address]
  public let evidence: Evidence

  /// The links in the order of the hops, without duplicates.
  public var links: [String] { hops.compactMap { $0.link }.unique }

  /// Creates the path of a request, or returns nil if the request did not reach a balancer.
  init?(of record: Record, _ steps: [RequestStep], in topology: Topology) {
    guard let balancer = record.balancer else { return nil }
    kind = record.kind
    self.balancer = balancer
    number = record.number
    endedAt = record.endedAt ?? record.startedAt
    hops = RequestPath.hops(of: record, balancer, steps)
    components = RequestPath.components(on: hops, kind, topology)
    let names = components.map { $0.text }.joined(separator: ", ")
    evidence = Evidence(["trace \(record.kind.rawValue)"], observation: "it went through \(names)")
  }

  /// Returns the hop from the user, and a hop for each connection between components.
  private static func hops(of record: Record, _ balancer: String, _ steps: [RequestStep]) -> [Hop] {
    let haproxy = Address(balancer, .haproxy)
    var status: Int?
    if case .status(let code) = record.end { status = code }
    let arrived = steps.first { $0.component == haproxy }?.time ?? record.startedAt
    let first = Hop(
      from: nil, to: haproxy, time: arrived, answeredAt: status.flatMap { _ in record.endedAt }, code: status)
    return [first]
      + steps.enumerated().compactMap { index, step in
        guard case .connected(let target) = step.kind, let source = step.component else { return nil }
        let answer = steps[index...].first { $0.component == target && $0.kind.code != nil }
        return Hop(
          from: source, to: target, time: step.time, answeredAt: answer?.time, code: answer?.kind.code)
      }
  }

  private static func components(on hops: [Hop], _ kind: RequestKind, _ topology: Topology) -> [Address] {
    var components: [Address] = []
    for component in hops.map({ $0.to }) {
      components.append(component)
      let needsFiles =
        kind == .static
        ? component.component == .nginx || component.component == .app : component.component == .app
      if needsFiles, topology.host(named: component.host)?.hasFiles == true {
        components.append(Address(component.host, .files))
      }
    }
    return components.unique
  }
}

extension RequestStep.Kind {
  /// The status of a response, or nil for any other step.
  fileprivate var code: Int? { if case .answered(let code) = self { code } else { nil } }
}

extension Simulation {
  /// Returns the path of the next request of this kind, sent on a copy. Returns nil if the request would not
  /// reach a balancer.
  public func path(_ kind: RequestKind) -> RequestPath? { paths(of: kind, count: 1).first }

  /// Returns the paths of the next `count` requests of this kind, sent on a copy. `path` is their URL path,
  /// if given. Requests that do not reach a balancer are left out.
  public func paths(of kind: RequestKind, count: Int, to path: String? = nil) -> [RequestPath] {
    var copy = self
    var sending = SendOptions(count: count, mix: .only(kind))
    if let path { sending.paths = [path] }
    guard let outcome = try? copy.perform(.send(sending)), let first = outcome.records.first else {
      return []
    }
    let steps = copy.steps(ofRequestsFrom: first.number)
    return outcome.records.compactMap { RequestPath(of: $0, steps[$0.number] ?? [], in: copy.topology) }
  }

  /// A number of requests that is enough to use every server, application and database node. It is at most
  /// the number of requests whose steps are recorded.
  public var requestsForAllPaths: Int {
    let weights = topology.backends.reduce(0) { $0 + topology.hosts[$1].serverSettings.weight }
    let choices = max(1, weights) * max(1, topology.sharedApplications.count)
    return min(Simulation.traceLimit, max(4, 2 * choices, 2 * topology.databaseNodes.count))
  }
}
