/// A database node: its role, its data, and the node that it replicates from.
struct DatabaseNode: Equatable, Sendable {
  let component: ID<Component>
  let host: ID<HostState>
  var role: DatabaseRole
  /// Nanoseconds until a write of its source reaches it.
  var lag: Int64
  /// What it shows.
  var applied = WritePosition.start
  /// What it has received; with semi-synchronous replication that can be more than it shows.
  var received = WritePosition.start
  /// The node that it replicates from.
  var source = ID<DatabaseNode>.none
  /// Whether it receives what its source sends, and since when.
  var isConnected = false
  var connectedAt: Int64 = 0
  /// Since when it receives nothing.
  var silentSince: Int64 = 0
  /// Whether its connection was refused. Otherwise there was no answer.
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
