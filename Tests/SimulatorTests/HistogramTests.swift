import Blueprint
import Testing

@testable import Simulator

@Suite struct HistogramTests {
  /// Fixed times of many orders of magnitude.
  private static func times(_ count: Int) -> [Int64] {
    var generator = RandomGenerator(seed: UInt64(count))
    return (0..<count).map { _ in Int64(generator.next() >> (20 + generator.below(40))) }
  }

  private static func filled(_ times: [Int64]) -> Histogram {
    var histogram = Histogram()
    for time in times { histogram.count(time) }
    return histogram
  }

  /// Returns the percentile by the nearest-rank method.
  private static func percentile(_ percent: Int, of times: [Int64]) -> Int64 {
    times.sorted()[(times.count * percent + 99) / 100 - 1]
  }

  @Test func `an empty histogram has no latency`() {
    #expect(Histogram().latency == nil)
  }

  @Test func `a single time is every percentile`() {
    let time = Span(nanoseconds: 8_100_000)
    #expect(
      HistogramTests.filled([8_100_000]).latency
        == Latency(mean: time, p50: time, p95: time, p99: time, max: time))
  }

  @Test func `a hundred times have the percentiles of their ranks`() {
    let latency = HistogramTests.filled((1...100).map { Int64($0) }.reversed()).latency
    #expect(
      latency
        == Latency(
          mean: Span(nanoseconds: 51), p50: Span(nanoseconds: 50), p95: Span(nanoseconds: 95),
          p99: Span(nanoseconds: 99),
          max: Span(nanoseconds: 100)))
  }

  @Test(arguments: [2, 3, 10, 99, 101, 9_999, 10_000], [1, 50, 95, 99, 100])
  func `percentiles are exact up to ten thousand`(_ count: Int, _ percent: Int) {
    let times = HistogramTests.times(count)
    #expect(HistogramTests.filled(times).percentile(percent) == HistogramTests.percentile(percent, of: times))
  }

  @Test(arguments: [10_001, 30_000], [1, 25, 50, 90, 95, 99])
  func `percentiles are right to one per cent beyond`(_ count: Int, _ percent: Int) {
    let times = HistogramTests.times(count)
    let exact = Double(HistogramTests.percentile(percent, of: times))
    let found = Double(HistogramTests.filled(times).percentile(percent))
    #expect(abs(found - exact) <= max(1, 0.01 * exact))
  }

  @Test(arguments: [5_000, 10_000, 10_001, 30_000]) func `the mean and the maximum are exact at any count`(
    _ count: Int
  ) {
    let times = HistogramTests.times(count)
    let latency = HistogramTests.filled(times).latency
    let sum = times.reduce(Int64(0), +)
    #expect(latency?.mean.nanoseconds == (sum + Int64(count / 2)) / Int64(count))
    #expect(latency?.max.nanoseconds == times.max())
  }

  @Test func `the longest times have a class`() {
    var histogram = Histogram()
    for _ in 0...10_000 { histogram.count(.max) }
    #expect(histogram.percentile(50) <= .max)
    #expect(Double(histogram.percentile(50)) >= 0.99 * Double(Int64.max))
  }
}
