import Blueprint
import Simulator

extension Topology {
  /// The time in which all automatic recovery ends. It covers the detection of a silent server, a takeover of
  /// the balancers' address, and an automatic failover. Finally, health checks mark the servers UP again.
  public var settlingTime: Span {
    let slowest = balancers.compactMap { hosts[$0].haproxy }.filter { $0.check != .off }.map { haproxy in
      haproxy.inter.nanoseconds.multipliedReportingOverflow(by: Int64(2 * haproxy.fall + haproxy.rise + 2))
    }
    let checks = slowest.map { $0.overflow ? Int64.max / 2 : $0.partialValue }.max() ?? 0
    let failover: Int64 = database.failover == .auto ? 30_000_000_000 : 10_000_000_000
    let seconds = min(checks, Topology.longestSettling.nanoseconds) / 1_000_000_000 + failover / 1_000_000_000
    return max(.seconds(30), .seconds(seconds))
  }

  /// The most time that an experiment waits for health checks to settle, or for nginx to retry an
  /// application.
  static let longestSettling = Span.seconds(3_600)

  /// Returns how many requests of a kind are enough to use every server, application and database node in
  /// rotation.
  public func requestCountForAllServers(of kind: RequestKind) -> Int {
    let weights = backends.map { max(1, hosts[$0].serverSettings.weight) }
    let turns = weights.reduce(0, +)
    let applications = kind == .static ? 1 : max(1, sharedApplications.count)
    let nodes = kind == .read && database.reads != .primary ? max(1, databaseNodes.count) : 1
    let whole = 2 * turns * min(applications, 100) * min(nodes, 10)
    return min(max(10, (whole + 9) / 10 * 10), max(2_000, backends.count * 11 / 10))
  }

  /// Whether the site has too many components to break them one by one.
  var isLarge: Bool { hosts.reduce(0) { $0 + $1.components.count } > 100 }
}
