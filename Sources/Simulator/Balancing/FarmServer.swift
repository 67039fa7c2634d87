import Blueprint

extension Farm {
  /// A server as the balancing sees it.
  public struct Server: BitwiseCopyable, Equatable, Sendable {
    /// 0…256.
    var weight = 1
    /// The weight that it was configured with.
    var initialWeight = 1
    var isBackup = false
    /// What an operator has said of it.
    var state = ServerState.ready
    /// What the health checks say of it.
    var isDown = false
    var inFlight = 0
    /// The most requests in flight; 0 for no limit.
    var maxconn = 0
    /// The requests that wait for this server alone.
    var ownQueue = 0
    /// How far it has come in its slow start: 1…16, 16 for all the way.
    var ramp = 16

    /// Whether it can be given requests at all: a weight, and neither drained, in
    /// maintenance nor down.
    var isUsable: Bool {
      weight > 0 && state == .ready && !isDown
    }

    /// Whether a request would have to wait for it.
    var isSaturated: Bool {
      maxconn > 0 && (inFlight >= maxconn || ownQueue > 0)
    }

    /// 16 for each unit of weight, fewer in a slow start.
    var effectiveWeight: Int { weight * ramp }
  }
}

extension Farm.Server {
  /// - Parameter maxconn: 0 for no limit.
  public init(weight: Int, maxconn: Int) {
    self.init()
    self.weight = weight
    initialWeight = weight
    self.maxconn = maxconn
  }
}
