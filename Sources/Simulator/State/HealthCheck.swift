/// The health check of one entry, and what it has shown so far.
struct HealthCheck: BitwiseCopyable, Equatable {
  let balancer: ID<Balancer>
  let entry: ID<BalancerEntry>
  /// The server is UP from `rise` on; `rise + fall - 1` is the best, 0 the worst.
  var health: Int32
  /// Changes whenever older timers of the check no longer count.
  var turn: UInt32
  var child = ID<ServiceCall>.none
  /// Whether its attempts to connect have met silence so far.
  var isConnecting = false
  /// How many checks in a row have failed, or passed.
  var streak: Int32 = 0
  var lastPassed = true
  /// Seconds since the server came back, while its weight grows.
  var rampSeconds: Int32 = 0
  var rampTurn: UInt32 = 0
}
