import Blueprint
import Simulator

/// The capacity of a site for one kind of request, in its present state and after the failure of each server.
public struct CapacityReport: Sendable {
  public let kind: RequestKind
  /// The capacity of the site in its present state, or nil if requests fail.
  public let intactCapacity: Capacity?
  public private(set) var losses: [CapacityLoss] = []

  /// The most servers that are broken, one at a time, so that the report fits on a screen.
  private static let mostServers = 16

  public init(
    of kind: RequestKind, on site: Simulation, shouldContinue: Simulation.ContinueCheck = { _ in true }
  )
    throws(Problem)
  {
    self.kind = kind
    intactCapacity = try site.capacity(of: kind, shouldContinue)
    let hosts = site.topology.hosts.filter { !$0.isBalancer }.prefix(CapacityReport.mostServers)
    for (i, host) in hosts.enumerated() {
      guard shouldContinue(Double(i) / Double(hosts.count)) else { throw .interrupted }
      losses.append(
        CapacityLoss(
          component: host.name,
          remainingCapacity: try remainingCapacity(without: host, on: site, shouldContinue)))
    }
  }

  /// Returns the capacity a minute after the failure of a host. If the host has failed already, this is the
  /// present capacity.
  private func remainingCapacity(
    without host: Host, on site: Simulation, _ shouldContinue: Simulation.ContinueCheck
  )
    throws(Problem)
    -> Capacity?
  {
    var copy = site
    do {
      _ = try copy.perform(.break(.component(Address(host.name)), nil))
      _ = try copy.perform(.wait(.seconds(60)), shouldContinue: shouldContinue)
    } catch {
      guard error != .interrupted else { throw error }
      return intactCapacity
    }
    return try copy.capacity(of: kind, shouldContinue)
  }
}

/// The capacity that remains after a server has failed.
public struct CapacityLoss: Sendable {
  public let component: String
  /// The remaining capacity, or nil if requests fail.
  public let remainingCapacity: Capacity?
}
