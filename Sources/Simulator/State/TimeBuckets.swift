import Blueprint

/// The ends of requests over time, from which a `Traffic.Strip` is made.
///
/// There are up to ten times as many buckets as the strip shows, so that the width can be chosen at the end.
/// If there are too many, every ten buckets are merged into one.
struct TimeBuckets: Equatable, Sendable {
  private static let bucketLimit = 10 * Traffic.Strip.bucketLimit

  private var start: Int64 = 0
  private var width: Int64 = 1_000_000
  private var buckets: [Traffic.Strip.Bucket] = []
  /// The current bucket. `limit` is the time at which it ends.
  private var last = Traffic.Strip.Bucket()
  private var limit: Int64 = .min

  init() {}

  init(from start: Int64) { self.start = start }

  /// Counts the end of a request. Ends must be counted in the order of time.
  @inline(__always)
  mutating func count(isSuccess: Bool, at now: Int64) {
    if now >= limit { reach(now) }
    if isSuccess { last.answered += 1 } else { last.failed += 1 }
  }

  mutating func countFailedCheck(at now: Int64) {
    if now >= limit { reach(now) }
    last.failedChecks += 1
  }

  private mutating func reach(_ now: Int64) {
    if !buckets.isEmpty { buckets[buckets.count - 1] = last }
    while (now - start) / width >= TimeBuckets.bucketLimit {
      buckets = TimeBuckets.merged(buckets, by: 10)
      width *= 10
    }
    let index = Int((now - start) / width)
    while buckets.count <= index { buckets.append(Traffic.Strip.Bucket()) }
    last = buckets[index]
    limit = start + Int64(index + 1) * width
  }

  private static func merged(_ buckets: [Traffic.Strip.Bucket], by count: Int) -> [Traffic.Strip.Bucket] {
    var merged: [Traffic.Strip.Bucket] = []
    for (i, bucket) in buckets.enumerated() {
      if i % count == 0 { merged.append(Traffic.Strip.Bucket()) }
      merged[i / count] += bucket
    }
    return merged
  }

  var strip: Traffic.Strip? {
    guard !buckets.isEmpty else { return nil }
    let all = buckets.dropLast() + [last]
    let factor = [1, 2, 5].first { all.count <= $0 * Traffic.Strip.bucketLimit } ?? 10
    return Traffic.Strip(
      start: Span(nanoseconds: start), width: Span(nanoseconds: width) * factor,
      buckets: TimeBuckets.merged(Array(all), by: factor))
  }
}
