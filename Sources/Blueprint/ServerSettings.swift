/// The settings of a server in its balancers' configuration.
public struct ServerSettings: Equatable, Sendable {
  /// The weight with which the server was added. A weight in per cent is relative to this value.
  public var initialWeight = 1
  public var weight = 1
  public var isBackup = false
  public var state = ServerState.ready
  /// The most requests in flight; nil if there is no limit.
  public var maxconn: Int?
  public var slowstart: Span?

  public init() {}
}

extension ServerSettings {
  /// Replaces every positive weight with 1.
  mutating func equaliseWeights() {
    weight = min(1, weight)
    initialWeight = min(1, initialWeight)
  }
}
