import Blueprint

extension Traffic {
  /// The ends of requests during a run, and the failed health checks, in time buckets of equal width.
  public struct Strip: Equatable, Sendable {
    public let start: Span
    /// The width of a bucket: 1, 2 or 5 milliseconds, times a power of ten.
    public let width: Span
    public let buckets: [Bucket]

    public static let bucketLimit = 120

    public struct Bucket: Equatable, Sendable {
      public internal(set) var answered = 0
      public internal(set) var failed = 0
      /// The number of failed health checks.
      public internal(set) var failedChecks = 0

      public init() {}

      public static func += (left: inout Bucket, right: Bucket) {
        left.answered += right.answered
        left.failed += right.failed
        left.failedChecks += right.failedChecks
      }
    }
  }
}
