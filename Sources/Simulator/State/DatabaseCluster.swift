/// The database nodes and what each has: enough to know which read is stale, which write is lost, and which node can
/// replicate from which.
struct DatabaseCluster: Equatable, Sendable {
  private(set) var nodes: [DatabaseNode] = []
  private var history = WriteHistory()
  /// The node on each host.
  private var nodeOn: [ID<DatabaseNode>] = []
  // The nodes by role are listed, so that a request need not search for them.
  private(set) var replicas: [ID<DatabaseNode>] = []
  private(set) var primaries: [ID<DatabaseNode>] = []
  /// The primary; of several, the one that was promoted last.
  private(set) var newestPrimary: ID<DatabaseNode>?
  /// Whether a primary still waits for a replica before it acknowledges a write.
  var waitsForReplicas = true
  private(set) var isFailoverPlanned = false
  private(set) var failoverTurn: UInt32 = 0

  var ids: IDs<DatabaseNode> { nodes.ids }

  @inline(__always)
  subscript(node: ID<DatabaseNode>) -> DatabaseNode { nodes[node.index] }

  func node(on host: ID<HostState>) -> ID<DatabaseNode>? {
    guard host.index < nodeOn.count else { return nil }
    let node = nodeOn[host.index]
    return node.exists ? node : nil
  }

  // MARK: Building

  /// The data of the primary, which a new node begins with.
  var primaryData: WritePosition { newestPrimary.map { nodes[$0].applied } ?? .start }

  /// Replaces the nodes. They are in the order of building.
  mutating func setNodes(_ new: [DatabaseNode], hostCount: Int) {
    nodes = new
    nodeOn = Array(repeating: .none, count: hostCount)
    for i in nodes.ids { nodeOn[nodes[i].host.index] = i }
  }

  mutating func beginHistory() { history.begin() }

  // MARK: Positions

  func total(_ position: WritePosition) -> Int64 { history.total(position) }

  func contains(_ a: WritePosition, _ b: WritePosition) -> Bool { history.contains(a, b) }

  /// Returns whether a node shows everything that another shows.
  func hasAll(_ node: ID<DatabaseNode>, of other: ID<DatabaseNode>) -> Bool {
    history.contains(nodes[node].applied, nodes[other].applied)
  }

  /// Returns whether a primary has writes that the node does not show.
  @inline(__always)
  func isStale(_ node: ID<DatabaseNode>) -> Bool {
    guard nodes[node.index].role != .primary, let primary = newestPrimary else { return false }
    return !history.contains(nodes[node.index].applied, nodes[primary.index].applied)
  }

  /// Returns the acknowledged writes of a node that a position lacks, by request.
  func acknowledged(in node: ID<DatabaseNode>, missingIn kept: WritePosition) -> [Int32] {
    history.acknowledged(in: nodes[node].applied, missingIn: kept)
  }

  // MARK: Choosing a node

  /// Returns the first node whose bit is not set.
  func untried(_ tried: UInt64) -> ID<DatabaseNode>? {
    nodes.indices.first { tried & (1 << UInt64(min($0, 63))) == 0 }.map { ID($0) }
  }

  /// Returns the replica whose turn it is. The first turn is the replica's on this host.
  @inline(__always)
  func replica(turn: Int, near host: ID<HostState>) -> ID<DatabaseNode>? {
    guard replicas.count > 1 else { return replicas.first }
    let own = node(on: host).flatMap { replicas.firstIndex(of: $0) } ?? 0
    return replicas[(own + turn) % replicas.count]
  }

  /// Returns the node whose turn it is. The first turn is the node's on this host.
  func any(turn: Int, near host: ID<HostState>) -> ID<DatabaseNode>? {
    guard !nodes.isEmpty else { return nil }
    return ID(((node(on: host)?.index ?? 0) + turn) % nodes.count)
  }

  // MARK: Writing

  /// Stores a write at a primary, and returns its position.
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

  /// Shows a replica what has reached it by now, if it is connected to its source.
  @inline(__always)
  mutating func catchUp(_ i: ID<DatabaseNode>, now: Int64) {
    let n = i.index
    guard nodes[n].role == .replica, nodes[n].isConnected, nodes[n].source.exists else { return }
    let target = nodes[nodes[n].source.index].applied
    // A replica that has just connected has not received what was sent before.
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

  /// Sends everything that the primary has to every connected replica. Returns whether there is one.
  @discardableResult
  mutating func sendAll(from primary: ID<DatabaseNode>) -> Bool {
    var isReceived = false
    for i in nodes.indices where nodes[i].source == primary && nodes[i].isConnected {
      nodes[i].received = nodes[primary].applied
      isReceived = true
    }
    return isReceived
  }

  mutating func connect(_ i: ID<DatabaseNode>, now: Int64) {
    if !nodes[i].isConnected { nodes[i].connectedAt = now }
    nodes[i].isConnected = true
  }

  mutating func disconnect(_ i: ID<DatabaseNode>, now: Int64, isRefused: Bool) {
    nodes[i].disconnect(since: now, isRefused: isRefused)
  }

  /// Makes a node replicate from another. What it had received but not applied is dropped.
  mutating func follow(_ i: ID<DatabaseNode>, _ source: ID<DatabaseNode>) {
    nodes[i].source = source
    nodes[i].received = nodes[i].applied
    nodes[i].isConnected = false
  }

  // MARK: Roles

  /// Lists the nodes by role again. Call it after roles have changed.
  mutating func listRoles() {
    replicas = nodes.ids.filter { nodes[$0].role == .replica }
    primaries = nodes.ids.filter { nodes[$0].role == .primary }
    newestPrimary = newest(of: primaries)
  }

  /// Returns the primary that was promoted last.
  func newest(of primaries: [ID<DatabaseNode>]) -> ID<DatabaseNode>? {
    primaries.max { nodes[$0].applied.term.raw < nodes[$1].applied.term.raw }
  }

  /// Makes the node a primary, in a new term.
  mutating func makePrimary(_ i: ID<DatabaseNode>) {
    nodes[i].applied = history.beginTerm(at: nodes[i].applied)
    nodes[i].received = nodes[i].applied
    nodes[i].role = .primary
    nodes[i].source = .none
    nodes[i].isConnected = false
    listRoles()
  }

  /// Makes the node a replica that does not replicate from a node yet.
  mutating func makeReplica(_ i: ID<DatabaseNode>) {
    nodes[i].role = .replica
    nodes[i].source = .none
  }

  /// Makes the node one that replicates from no other.
  mutating func makeDiverged(_ i: ID<DatabaseNode>) {
    nodes[i].role = .diverged
    nodes[i].source = .none
    nodes[i].isConnected = false
  }

  /// Makes the node a fresh copy of another.
  mutating func copy(_ source: ID<DatabaseNode>, to i: ID<DatabaseNode>) {
    nodes[i].role = .replica
    nodes[i].applied = nodes[source].applied
    nodes[i].source = .none
  }

  /// Applies what a node has received, unless its data has gone another way.
  mutating func applyReceived(_ i: ID<DatabaseNode>) {
    if history.contains(nodes[i].received, nodes[i].applied) { nodes[i].applied = nodes[i].received }
  }

  /// Takes over everything that another node shows.
  mutating func applyAll(of source: ID<DatabaseNode>, to i: ID<DatabaseNode>) {
    nodes[i].applied = nodes[source].applied
    nodes[i].received = nodes[i].applied
  }

  // MARK: Failover

  /// Plans the automatic failover or cancels it. Returns the turn of a new plan.
  mutating func planFailover(_ isPlanned: Bool) -> UInt32? {
    if isPlanned, isFailoverPlanned { return nil }
    failoverTurn &+= 1
    isFailoverPlanned = isPlanned
    return isPlanned ? failoverTurn : nil
  }

  mutating func endFailoverPlan() { isFailoverPlanned = false }
}
