/// The database nodes and the writes that each has.
///
/// This is enough to find out whether a read is stale, whether a write is lost, and from which nodes a node
/// can replicate.
struct DatabaseCluster: Equatable, Sendable {
  private(set) var nodes: [DatabaseNode] = []
  private var history = WriteHistory()
  /// The node on each host; none if the host has no node.
  private var nodeByHost: [ID<DatabaseNode>] = []
  // These lists of nodes by role save a search for each request.
  private(set) var replicas: [ID<DatabaseNode>] = []
  private(set) var primaries: [ID<DatabaseNode>] = []
  /// The primary, or the latest promoted primary if there are several.
  private(set) var newestPrimary: ID<DatabaseNode>?
  /// Whether primaries wait for a replica before they acknowledge a write. A timeout turns this off until a
  /// replica is connected.
  var waitsForReplicas = true
  private(set) var isFailoverPlanned = false
  private(set) var failoverGeneration: UInt32 = 0

  var ids: IDs<DatabaseNode> { nodes.ids }

  @inline(__always)
  subscript(node: ID<DatabaseNode>) -> DatabaseNode { nodes[node.index] }

  func node(on host: ID<HostState>) -> ID<DatabaseNode>? {
    guard host.index < nodeByHost.count else { return nil }
    let node = nodeByHost[host.index]
    return node.exists ? node : nil
  }

  // MARK: Replacing the nodes

  /// The position of the newest primary, at which a new node starts.
  var primaryData: WritePosition { newestPrimary.map { nodes[$0].applied } ?? .start }

  /// Replaces the nodes. The new nodes are in the order of the topology.
  mutating func setNodes(_ new: [DatabaseNode], hostCount: Int) {
    nodes = new
    nodeByHost = Array(repeating: .none, count: hostCount)
    for i in nodes.ids { nodeByHost[nodes[i].host.index] = i }
  }

  mutating func beginHistory() { history.begin() }

  // MARK: Comparing data

  func total(_ position: WritePosition) -> Int64 { history.total(position) }

  func contains(_ a: WritePosition, _ b: WritePosition) -> Bool { history.contains(a, b) }

  /// Returns whether a node has applied everything that another node has applied.
  func hasAll(_ node: ID<DatabaseNode>, of other: ID<DatabaseNode>) -> Bool {
    history.contains(nodes[node].applied, nodes[other].applied)
  }

  /// Returns whether the newest primary has writes that the node has not applied.
  @inline(__always)
  func isStale(_ node: ID<DatabaseNode>) -> Bool {
    guard nodes[node.index].role != .primary, let primary = newestPrimary else { return false }
    return !history.contains(nodes[node.index].applied, nodes[primary.index].applied)
  }

  /// Returns the request numbers of the node's acknowledged writes that are missing at the position `kept`.
  func acknowledgedRequests(in node: ID<DatabaseNode>, missingIn kept: WritePosition) -> [Int32] {
    history.acknowledgedRequests(in: nodes[node].applied, missingIn: kept)
  }

  // MARK: Choosing a node

  /// Returns the first node that was not tried: its bit in `tried` is 0.
  func untriedNode(_ tried: UInt64) -> ID<DatabaseNode>? {
    nodes.indices.first { tried & (1 << UInt64(min($0, 63))) == 0 }.map { ID($0) }
  }

  /// Returns the next replica in turn. The first turn goes to the replica on this host.
  @inline(__always)
  func replica(count: Int, near host: ID<HostState>) -> ID<DatabaseNode>? {
    guard replicas.count > 1 else { return replicas.first }
    let start = node(on: host).flatMap { replicas.firstIndex(of: $0) } ?? 0
    return replicas[(start + count) % replicas.count]
  }

  /// Returns the next node in turn. The first turn goes to the node on this host.
  func any(count: Int, near host: ID<HostState>) -> ID<DatabaseNode>? {
    guard !nodes.isEmpty else { return nil }
    return ID(((node(on: host)?.index ?? 0) + count) % nodes.count)
  }

  // MARK: Writing

  /// Stores a write at a primary, and returns the new position.
  mutating func store(at i: ID<DatabaseNode>, request: Int32, now: Int64) -> WritePosition {
    let term = nodes[i.index].applied.term
    if history.isLong(term) {
      catchUpAll(now: now)
      let positions = nodes.filter { $0.isConnected && $0.applied.term == term }.map { $0.applied.count }
      history.trim(term, receivedByAll: positions.min())
    }
    let position = history.append(to: term, request: request, now: now)
    nodes[i.index].applied = position
    nodes[i.index].received = position
    return position
  }

  mutating func acknowledge(_ position: WritePosition) { history.acknowledge(position) }

  // MARK: Replicating

  /// Applies the writes that have reached a replica by now, if it is connected to its source.
  @inline(__always)
  mutating func catchUp(_ i: ID<DatabaseNode>, now: Int64) {
    let n = i.index
    guard nodes[n].role == .replica, nodes[n].isConnected, nodes[n].source.exists else { return }
    let target = nodes[nodes[n].source.index].applied
    // A replica that has just connected needs the time of its lag before it receives earlier writes.
    guard nodes[n].applied != target, nodes[n].connectedAt + nodes[n].lag <= now else { return }
    let at = history.advance(nodes[n].applied, to: target, storedBy: now - nodes[n].lag)
    nodes[n].applied = at
    if !history.contains(nodes[n].received, at) { nodes[n].received = at }
  }

  mutating func catchUpAll(now: Int64) { for i in nodes.ids { catchUp(i, now: now) } }

  func hasReplicas(of primary: ID<DatabaseNode>) -> Bool {
    nodes.contains { $0.role == .replica && $0.source == primary }
  }

  func hasConnectedReplica(of primary: ID<DatabaseNode>) -> Bool {
    nodes.contains { $0.source == primary && $0.isConnected }
  }

  /// Sends all writes of the primary to its connected replicas. Returns whether any replica is connected.
  @discardableResult
  mutating func sendAll(from primary: ID<DatabaseNode>) -> Bool {
    var isReceived = false
    for i in nodes.indices where nodes[i].source == primary && nodes[i].isConnected {
      nodes[i].received = nodes[primary].applied
      isReceived = true
    }
    return isReceived
  }

  /// Connects a replica to its source. Returns whether it is a former primary that connects for the first
  /// time since then.
  mutating func connect(_ i: ID<DatabaseNode>, now: Int64) -> Bool {
    if !nodes[i].isConnected { nodes[i].connectedAt = now }
    nodes[i].isConnected = true
    defer { nodes[i].isReturningPrimary = false }
    return nodes[i].isReturningPrimary
  }

  mutating func disconnect(_ i: ID<DatabaseNode>, now: Int64, isRefused: Bool) {
    nodes[i].disconnect(since: now, isRefused: isRefused)
  }

  /// Makes a node replicate from another node. Drops the writes that it has received but not applied.
  mutating func setSource(_ i: ID<DatabaseNode>, _ source: ID<DatabaseNode>) {
    nodes[i].source = source
    nodes[i].received = nodes[i].applied
    nodes[i].isConnected = false
  }

  // MARK: Roles

  /// Updates the lists of nodes by role. Call this after roles have changed.
  mutating func updateRoles() {
    replicas = nodes.ids.filter { nodes[$0].role == .replica }
    primaries = nodes.ids.filter { nodes[$0].role == .primary }
    newestPrimary = newest(of: primaries)
  }

  /// Returns the primary that was promoted last.
  func newest(of primaries: [ID<DatabaseNode>]) -> ID<DatabaseNode>? {
    primaries.max { nodes[$0].applied.term.raw < nodes[$1].applied.term.raw }
  }

  /// Makes the node a primary, and begins a new term of writes.
  mutating func makePrimary(_ i: ID<DatabaseNode>) {
    nodes[i].applied = history.beginTerm(at: nodes[i].applied)
    nodes[i].received = nodes[i].applied
    nodes[i].role = .primary
    nodes[i].source = .none
    nodes[i].isConnected = false
    nodes[i].isReturningPrimary = false
    updateRoles()
  }

  /// Makes the node a replica without a source.
  mutating func makeReplica(_ i: ID<DatabaseNode>) {
    nodes[i].role = .replica
    nodes[i].source = .none
  }

  /// Makes a primary that is not running a replica. It replicates once it runs again.
  mutating func makeReturningReplica(_ i: ID<DatabaseNode>) {
    makeReplica(i)
    nodes[i].isReturningPrimary = true
  }

  /// Makes the node diverged: it replicates from no other node.
  mutating func makeDiverged(_ i: ID<DatabaseNode>) {
    nodes[i].role = .diverged
    nodes[i].source = .none
    nodes[i].isConnected = false
    nodes[i].isReturningPrimary = false
  }

  /// Makes the node a replica with a copy of another node's data.
  mutating func copy(_ source: ID<DatabaseNode>, to i: ID<DatabaseNode>) {
    nodes[i].role = .replica
    nodes[i].applied = nodes[source].applied
    nodes[i].source = .none
  }

  /// Applies the writes that a node has received, if they follow its applied writes in the history.
  mutating func applyReceived(_ i: ID<DatabaseNode>) {
    if history.contains(nodes[i].received, nodes[i].applied) { nodes[i].applied = nodes[i].received }
  }

  /// Copies everything that another node has applied.
  mutating func applyAll(of source: ID<DatabaseNode>, to i: ID<DatabaseNode>) {
    nodes[i].applied = nodes[source].applied
    nodes[i].received = nodes[i].applied
  }

  // MARK: Failover

  /// Plans the automatic failover, or cancels the plan. Returns the generation of a new plan; nil if there is
  /// no new plan.
  mutating func planFailover(_ isPlanned: Bool) -> UInt32? {
    if isPlanned, isFailoverPlanned { return nil }
    failoverGeneration &+= 1
    isFailoverPlanned = isPlanned
    return isPlanned ? failoverGeneration : nil
  }

  mutating func endFailoverPlan() { isFailoverPlanned = false }
}
