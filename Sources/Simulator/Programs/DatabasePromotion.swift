import Blueprint

/// How a node becomes the primary, by command or by automatic failover, and how a node is rebuilt from the
/// primary.
enum DatabasePromotion {
  // MARK: Commands

  /// Makes the node the primary. Unless `now` is true, the node first applies all writes that it has
  /// received. Returns the requests whose acknowledged writes are lost.
  static func promote(
    _ address: Address, now isImmediate: Bool, in site: inout SiteState
  ) throws(Problem) -> [Int32] {
    SiteConfiguration.configure(&site)
    return makePrimary(try nodeToPromote(at: address, in: site), isImmediate: isImmediate, in: &site)
  }

  /// Returns the node to promote. Throws if it is already the primary, or is not running.
  static func nodeToPromote(at address: Address, in site: SiteState) throws(Problem) -> ID<DatabaseNode> {
    let i = try node(at: address, in: site)
    guard site.cluster[i].role != .primary else { throw .alreadyPrimary(site.name(of: i)) }
    guard site[site.cluster[i].component].isRunning else { throw .nodeDown(site.name(of: i)) }
    return i
  }

  private static func node(at address: Address, in site: SiteState) throws(Problem) -> ID<DatabaseNode> {
    guard let index = site.topology.index(of: address.host) else { throw .unknownHost(address.host) }
    guard address.component ?? .mysql == .mysql, site.topology[index].mysql != nil,
      let i = site.cluster.node(on: site.network.hostIDs[index])
    else { throw .notADatabase(address.text) }
    return i
  }

  /// Copies the primary's data to the node. From then on, the node replicates from the primary.
  static func rebuild(_ address: Address, in site: inout SiteState) throws(Problem) {
    SiteConfiguration.configure(&site)
    let i = try node(at: address, in: site)
    guard site[site.cluster[i].component].isRunning else { throw .nodeDown(site.name(of: i)) }
    let others = site.cluster.primaries.filter { $0 != i && site.receives(i, from: $0) }
    guard let primary = site.cluster.newest(of: others) else { throw .noReplicationSource(site.name(of: i)) }
    guard site.cluster[i].role != .replica else { throw .alreadyReplicates(site.name(of: i)) }
    DatabaseReplication.settle(in: &site)
    site.cluster.copy(primary, to: i)
    site.topology[site.topology.index(of: address.host) ?? 0].mysql?.role = .replica
    site.report(site.name(of: i), .rebuilt, cause: site.name(of: primary))
    DatabaseReplication.update(in: &site)
  }

  // MARK: Promotion

  private static func makePrimary(
    _ i: ID<DatabaseNode>, isImmediate: Bool, in site: inout SiteState
  ) -> [Int32] {
    DatabaseReplication.settle(in: &site)
    let old = site.cluster.primaries.filter { $0 != i }
    if !isImmediate {
      site.cluster.applyReceived(i)
      // An old primary that the node reaches takes no more writes. The node also applies the writes that are
      // still on their way.
      let source = site.cluster[i].source
      if old.contains(source), site.receives(i, from: source) { site.cluster.applyAll(of: source, to: i) }
    }
    let kept = site.cluster[i].applied
    let lost = old.flatMap { site.cluster.acknowledgedRequests(in: $0, missingIn: kept) }
    site.cluster.makePrimary(i)
    for other in old { replace(other, by: i, in: &site) }
    if let index = site.topology.index(of: site.network.name(of: site.cluster[i].host)) {
      site.topology.setPrimary(at: index)
    }
    site.report(site.name(of: i), .promoted(lost: lost.count))
    DatabaseReplication.update(in: &site)
    return lost
  }

  /// Changes the role of an old primary.
  ///
  /// If it is not running, it becomes diverged if it has writes that the new primary lacks. Otherwise it
  /// becomes a replica, and replicates as soon as it is repaired. If it is running and reachable, it becomes a
  /// replica. If it is running but not reachable, it remains a primary.
  private static func replace(
    _ old: ID<DatabaseNode>, by new: ID<DatabaseNode>, in site: inout SiteState
  ) {
    let component = site.cluster[old].component
    if !site[component].isRunning || site[site[component].host].isPoweredOff {
      if site.cluster.hasAll(new, of: old) {
        site.cluster.makeReturningReplica(old)
      } else {
        site.cluster.makeDiverged(old)
      }
    } else if site.receives(new, from: old) {
      site.cluster.makeReplica(old)
      site.report(site.name(of: old), .demoted, cause: site.name(of: new))
    } else {
      site.report(site.name(of: old), .remainedPrimary, cause: site.name(of: new))
    }
  }

  // MARK: Automatic failover

  /// How long a replica must be without a connection to a primary before the automatic failover.
  private static let failoverDelay: Int64 = 10_000_000_000

  /// Plans a failover if a replica has no connection to a primary, and cancels the plan if the connection is
  /// back.
  static func watchPrimary(in site: inout SiteState) {
    let isNeeded = site.topology.database.failover == .auto && candidate(in: site) != nil
    guard let generation = site.cluster.planFailover(isNeeded) else { return }
    site.clock.schedule(.failover, ID<DatabaseNode>(0), generation: generation, in: failoverDelay)
  }

  /// Returns the running replica with the most received writes among those without a connection to a primary.
  /// Of equal replicas, returns the first.
  ///
  /// With `fencing`, a replica without a network connection is not a candidate, because it cannot switch off
  /// the old primary.
  private static func candidate(in site: SiteState) -> ID<DatabaseNode>? {
    let cluster = site.cluster
    let candidates = cluster.ids.filter { i in
      let host = site[cluster[i].host]
      return cluster[i].role == .replica && site[cluster[i].component].isRunning && !host.isPoweredOff
        && (!site.topology.database.fencing || host.isOnline)
        && !cluster.primaries.contains { site.receives(i, from: $0) }
    }
    let most = candidates.map { cluster.total(cluster[$0].received) }.max()
    return candidates.first { cluster.total(cluster[$0].received) == most }
  }

  static func failOver(generation: UInt32, in site: inout SiteState) {
    guard generation == site.cluster.failoverGeneration, site.topology.database.failover == .auto else {
      return
    }
    site.cluster.endFailoverPlan()
    DatabaseReplication.settle(in: &site)
    guard let i = candidate(in: site) else { return }
    if site.topology.database.fencing { switchOffPrimaries(for: i, in: &site) }
    _ = makePrimary(i, isImmediate: false, in: &site)
  }

  /// Switches off every old primary before the promotion.
  private static func switchOffPrimaries(for new: ID<DatabaseNode>, in site: inout SiteState) {
    for old in site.cluster.primaries where site[site.cluster[old].component].condition != .crashed {
      let target = FaultTarget.component(site.address(of: site.cluster[old].component))
      try? FaultInjection.inject(.crash, into: target, as: .fenced, by: site.name(of: new), in: &site)
    }
  }
}
