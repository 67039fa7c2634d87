/// The settings of the site as a whole.
public struct Site: Equatable, Sendable {
  public var service = ServiceDistribution.constant
  /// How long a user waits before giving up.
  public var patience = Span.seconds(6)
  public var seed: UInt64 = 1
  public var reliability = Reliability()

  public init() {}
}

/// How the time for serving one request is chosen: always the mean, or drawn at random around it.
public enum ServiceDistribution: String, CaseIterable, Sendable {
  case constant, exponential
}
