/// The health check of one entry, and its results so far.
struct HealthCheck: BitwiseCopyable, Equatable {
  let balancer: ID<Balancer>
  let entry: ID<BalancerEntry>
  /// The health of the server, from 0 to `rise + fall - 1`. The server is UP if it is at least `rise`.
  var health: Int32
  /// A number that changes to invalidate the check's older timers.
  var generation: UInt32
  var pendingCall = ID<ServiceCall>.none
  /// Whether its attempts to connect have had no answer so far.
  var isConnecting = false
  /// How many of the latest checks in a row have had the same result.
  var streak: Int32 = 0
  var lastCheckPassed = true
  /// The number of the current second of a slow start; 0 if there is none.
  var rampSeconds: Int32 = 0
  var rampGeneration: UInt32 = 0
}
