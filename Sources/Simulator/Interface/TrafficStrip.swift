import Blueprint

extension Traffic {
  /// How requests ended over the time of a run, and how many health checks failed, in buckets of equal width.
  public struct Strip: Equatable, Sendable {
    public let start: Span
    /// 1, 2 or 5 milliseconds, or one of these by a power of ten.
    public let width: Span
    public let buckets: [Bucket]

    public static let most = 120

    public struct Bucket: Equatable, Sendable {
      public internal(set) var answered = 0
      public internal(set) var failed = 0
      /// Health checks that failed.
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
