/// A database node: its role, its data, and its source.
struct DatabaseNode: Equatable, Sendable {
  let component: ID<Component>
  let host: ID<HostState>
  var role: DatabaseRole
  /// How long a write takes to arrive from its source, in nanoseconds.
  var lag: Int64
  /// The writes that the node has applied. A read sees these writes.
  var applied = WritePosition.start
  /// The writes that the node has received. With semi-synchronous replication, these can be more than it has
  /// applied.
  var received = WritePosition.start
  /// The node that it replicates from; none if there is no such node.
  var source = ID<DatabaseNode>.none
  /// Whether the node was a primary until another node was promoted, and has not been connected to a source
  /// since.
  var isReturningPrimary = false
  /// Whether the node is connected to its source. `connectedAt` is the time when it connected.
  var isConnected = false
  var connectedAt: Int64 = 0
  /// The time at which the node lost the connection to its source.
  var silentSince: Int64 = 0
  /// Whether its last attempt to connect was refused. Otherwise there was no answer.
  var isRefused = false

  init(
    component: ID<Component>, host: ID<HostState>, role: DatabaseRole, lag: Int64, data: WritePosition
  ) {
    self.component = component
    self.host = host
    self.role = role
    self.lag = lag
    applied = data
    received = data
  }

  mutating func disconnect(since now: Int64, isRefused: Bool) {
    if isConnected { silentSince = now }
    self.isRefused = isRefused
    isConnected = false
  }
}
