import Blueprint

extension Topology {
  /// The assumptions of a design on which verdicts depend, in short sentences.
  public var assumptions: [String] {
    [checkAssumption, routingAssumption, failoverAssumption].compactMap { $0 } + [
      "a kind of request fails if any of its requests fails after the site has settled",
      "hosts lose power, processes crash, files are a bad release, links are cut",
    ]
  }

  private var checkAssumption: String? {
    guard let haproxy = balancers.first.flatMap({ hosts[$0].haproxy }) else { return nil }
    switch haproxy.check {
    case .off: return "no health checks"
    case .tcp: return "health checks test whether the port is open"
    case .http:
      return
        "health checks go through nginx\(haproxy.checkPath == .nginx ? "" : " to the \(haproxy.checkPath.rawValue)")"
    }
  }

  private var routingAssumption: String? {
    guard !databaseNodes.isEmpty else { return nil }
    let fallback = database.fallback ? "with fallback" : "without fallback"
    return "writes to the \(database.writes.rawValue) node, reads \(database.reads.rawValue), \(fallback)"
  }

  private var failoverAssumption: String? {
    guard databaseNodes.count > 1 else { return nil }
    switch database.failover {
    case .manual: return "a replica is promoted only by an operator"
    case .auto:
      return
        "a replica is promoted automatically\(database.fencing ? ", after the old primary is switched off" : "")"
    }
  }
}
