/// A server as its balancers are configured for it.
public struct Serving: Equatable, Sendable {
  /// The weight that it was added with. Percentages are taken of it.
  public var initialWeight = 1
  public var weight = 1
  public var isBackup = false
  public var state = ServerState.ready
  /// The most requests in flight; nil if there is no limit.
  public var maxconn: Int?
  public var slowstart: Span?

  public init() {}
}

extension Serving {
  /// Reduces each weight to 1, or to 0 if it is 0.
  mutating func levelWeights() {
    weight = min(1, weight)
    initialWeight = min(1, initialWeight)
  }
}
