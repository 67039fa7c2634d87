/// The settings of the site as a whole.
public struct Site: Equatable, Sendable {
  public var service = Service.constant
  /// How long a user waits before giving up.
  public var patience = Span.seconds(6)
  public var seed: UInt64 = 1
  public var reliability = Reliability()

  public init() {}
}

/// How the time of one service is drawn around its mean.
public enum Service: String, CaseIterable, Sendable {
  case constant, exponential
}
