import Blueprint

/// Sets the sources and connections of the replicas, and returns their status.
enum DatabaseReplication {
  // MARK: Nodes

  /// Creates the nodes, in the order of the topology. An existing node keeps its data; a new node starts with
  /// a copy of the primary's data.
  static func configure(in site: inout SiteState) {
    let old = site.cluster.nodes
    site.cluster.beginHistory()
    let data = site.cluster.primaryData
    var nodes = site.topology.databaseNodes.map { index in
      let host = site.network.hostIDs[index]
      let mysql = site.topology[index].mysql
      let lag = (mysql?.lag ?? site.topology.database.lag).nanoseconds
      let component = site[host].mysql
      let before = site[component].node
      if old.indices.contains(before.index), old[before].component == component {
        var node = old[before]
        node.lag = lag
        return node
      }
      return DatabaseNode(
        component: component, host: host, role: mysql?.role == .primary ? .primary : .replica, lag: lag,
        data: data)
    }
    for i in nodes.ids { site[nodes[i].component].node = i }
    for i in nodes.indices where nodes[i].source.exists {
      let source = old[nodes[i].source]
      let stillExists = site[source.host].mysql == source.component && !site[source.host].isRemoved
      nodes[i].source = stillExists ? site[source.component].node : .none
    }
    site.cluster.setNodes(nodes, hostCount: site.network.hosts.count)
    if site.topology.database.replication == .async { site.cluster.waitsForReplicas = true }
  }

  // MARK: Connections

  /// Applies the writes that have reached each replica by now. Call this before a change that may cut
  /// connections.
  static func settle(in site: inout SiteState) { site.cluster.catchUpAll(now: site.clock.now) }

  /// Updates the connections of all replicas. Call this after any change that affects connections.
  static func update(in site: inout SiteState) {
    site.cluster.updateRoles()
    let primary = site.cluster.newestPrimary
    for i in site.cluster.ids where site.cluster[i].role == .replica {
      if let primary, site.cluster[i].source != primary { setSource(primary, i, in: &site) }
      if isConnected(i, in: site) {
        if site.cluster.connect(i, now: site.clock.now) {
          site.report(site.name(of: i), .demoted, cause: site.name(of: site.cluster[i].source))
        }
        site.cluster.waitsForReplicas = true
      } else {
        site.cluster.disconnect(i, now: site.clock.now, isRefused: isRefused(i, in: site))
      }
    }
    site.cluster.updateRoles()
    for i in site.cluster.primaries { DatabaseServer.replicaConnected(to: i, in: &site) }
    DatabasePromotion.watchPrimary(in: &site)
  }

  /// Makes a replica replicate from the primary. If it has writes that the primary lacks, it becomes diverged
  /// instead.
  private static func setSource(_ primary: ID<DatabaseNode>, _ i: ID<DatabaseNode>, in site: inout SiteState)
  {
    guard site.cluster.hasAll(primary, of: i) else {
      site.cluster.makeDiverged(i)
      return site.report(site.name(of: i), .diverged, cause: site.name(of: primary))
    }
    site.cluster.setSource(i, primary)
  }

  /// Returns whether a replica is connected to its source, or can connect now. Firewalls check only new
  /// connections.
  private static func isConnected(_ i: ID<DatabaseNode>, in site: SiteState) -> Bool {
    let node = site.cluster[i]
    guard node.role == .replica, node.source.exists, site.receives(i, from: node.source) else { return false }
    return node.isConnected
      || site.allowsConnection(to: site.cluster[node.source].component, from: node.host)
  }

  /// Returns whether a replica's attempt to connect is refused at once. Otherwise there is no answer.
  private static func isRefused(_ i: ID<DatabaseNode>, in site: SiteState) -> Bool {
    let node = site.cluster[i]
    guard node.source.exists else { return true }
    let source = site.cluster[node.source].component
    return !site[node.component].isCutOff && site.contact(source, from: node.host) == .refused
  }

  // MARK: Status

  /// How long MySQL considers a silent connection alive (`slave_net_timeout`).
  private static let netTimeout: Int64 = 60_000_000_000

  /// Returns the status as the node itself reports it: the state of its connection, and its lag in seconds.
  static func status(of i: ID<DatabaseNode>, in site: SiteState) -> (
    io: ReplicaConnection, secondsBehind: Int64?
  ) {
    let node = site.cluster[i]
    guard node.role == .replica, node.source.exists else { return (.no, nil) }
    if node.isConnected {
      return (.yes, site.cluster.hasAll(i, of: node.source) ? 0 : node.lag / 1_000_000_000)
    }
    let isAssumedConnected = !node.isRefused && site.clock.now - node.silentSince < netTimeout
    return isAssumedConnected ? (.yes, 0) : (.connecting, nil)
  }
}
