import Blueprint

extension Farm {
  /// A server as the balancing sees it.
  public struct Server: BitwiseCopyable, Equatable, Sendable {
    /// 0…256.
    var weight = 1
    /// The weight that it was configured with.
    var initialWeight = 1
    var isBackup = false
    /// Set by an operator.
    var state = ServerState.ready
    /// Whether health checks have marked it DOWN.
    var isDown = false
    var inFlight = 0
    /// The most requests in flight; 0 for no limit.
    var maxconn = 0
    /// The number of requests that wait for this server alone.
    var ownQueue = 0
    /// How far its slow start has got: 1…16, 16 at the end.
    var ramp = 16

    /// Whether it can get requests: it has a weight, and is not drained, in maintenance or down.
    var isUsable: Bool {
      weight > 0 && state == .ready && !isDown
    }

    /// Whether a request would have to wait for it.
    var isSaturated: Bool {
      maxconn > 0 && (inFlight >= maxconn || ownQueue > 0)
    }

    /// 16 for each unit of weight, less during a slow start.
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
