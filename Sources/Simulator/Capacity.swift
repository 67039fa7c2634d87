import Blueprint

/// The highest rate of one kind of request that a site can handle, and the component that limits it.
public struct Capacity: Equatable, Sendable {
  /// The rate in thousandths of a request per second; nil if no component limits it.
  public let thousandths: Int64?
  public let limit: Address?
}

extension Simulation {
  /// Returns the capacity for requests of one kind; nil if not all test requests succeed.
  ///
  /// The method sends requests one by one on a copy, and measures how long each component's workers are busy.
  /// The result assumes that requests are spread in the same way under load. `leastconn`, `first` and
  /// `random` depend on the requests in flight, and can reach a higher rate if servers differ.
  public func capacity(
    of kind: RequestKind, _ shouldContinue: ContinueCheck = { _ in true }
  ) throws(Problem) -> Capacity? {
    var copy = configured
    copy.site.makeUnique()
    copy.site.topology.site.service = .constant
    InFlightRemoval.removeOthers(in: &copy.site)
    let before = copy.site.componentSums
    let count = copy.site.requestsPerCycle
    do {
      let outcome = try copy.perform(
        .send(SendOptions(count: count, mix: .only(kind))), shouldContinue: shouldContinue)
      guard outcome.traffic?.failed == 0 else { return nil }
    } catch {
      guard error != .interrupted else { throw error }
      return nil
    }
    var best = Capacity(thousandths: nil, limit: nil)
    for (i, sums) in copy.site.componentSums.enumerated() where sums.busyTime > before[i].busyTime {
      let perRequest = (sums.busyTime - before[i].busyTime) / Double(count)
      let workers = Double(copy.site.components[i].settings.workers)
      let rate = Int64((workers * 1e12 / perRequest).rounded())
      if rate < best.thousandths ?? .max {
        best = Capacity(thousandths: rate, limit: copy.site.address(of: ID(i)))
      }
    }
    return best
  }

  /// A rate at which every component is mostly idle, even if it gets all requests, in millionths of a request
  /// per second.
  public var lowRate: Int64 {
    let running = site.components.indices.map { site.components[$0] }
      .filter { $0.isRunning && $0.settings.workers > 0 }
    func time(_ component: Component) -> Int64 { component.settings.cost + component.slowness }
    let database = running.filter { $0.kind == .mysql }.map(time).max() ?? 0
    let slowest = running.map { component in
      let waiting = component.settings.keepsWorker ? database : 0
      return (time(component) + waiting) / Int64(component.settings.workers)
    }.max()
    return max(1, 1_000_000_000_000_000 / max(1, slowest ?? 1) / 4)
  }
}

extension SiteState {
  /// The number of test requests: four for each combination of server weight, shared application and database
  /// node, up to 20,000.
  fileprivate var requestsPerCycle: Int {
    let weights = topology.backends.reduce(0) { $0 + topology.hosts[$1].serverSettings.weight }
    let choices =
      max(1, weights) * max(1, upstreams.sharedApplications.count) * max(1, cluster.nodes.count)
    return min(20_000, 4 * choices)
  }
}
