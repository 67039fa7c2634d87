import Blueprint

extension ServerPool {
  /// The properties of a server that matter for balancing.
  public struct Server: BitwiseCopyable, Equatable, Sendable {
    /// The weight, from 0 to 256.
    var weight = 1
    /// The weight in the configuration.
    var initialWeight = 1
    var isBackup = false
    /// The state that the operator has set.
    var state = ServerState.ready
    /// Whether health checks have marked the server DOWN.
    var isDown = false
    var inFlight = 0
    /// The most requests that may be in flight; 0 for no limit.
    var maxconn = 0
    /// The number of requests in the server's own queue.
    var ownQueue = 0
    /// The progress of its slow start, from 1 to 16; 16 if it is complete.
    var ramp = 16

    /// Whether the server can get requests: its weight is positive, its state is `ready`, and it is not DOWN.
    var isUsable: Bool {
      weight > 0 && state == .ready && !isDown
    }

    /// Whether a new request would have to wait for this server.
    var isSaturated: Bool {
      maxconn > 0 && (inFlight >= maxconn || ownQueue > 0)
    }

    /// The weight times 16, or times a smaller number during a slow start.
    var effectiveWeight: Int { weight * ramp }
  }
}

extension ServerPool.Server {
  /// - Parameter maxconn: The most requests that may be in flight; 0 for no limit.
  public init(weight: Int, maxconn: Int) {
    self.init()
    self.weight = weight
    initialWeight = weight
    self.maxconn = maxconn
  }
}
