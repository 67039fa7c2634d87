import Blueprint

/// A histogram of times. Up to ten thousand times are stored exactly. If there are more, they are counted in
/// classes less than one per cent wide.
struct Histogram: Equatable, Sendable {
  private static let exactLimit = 10_000
  /// The binary logarithm of the number of classes between two powers of two.
  private static let bits = 7

  private(set) var count = 0
  private var sum: UInt128 = 0
  private var largest: Int64 = 0
  private var exact: [Int64] = []
  private var classes = Slab<Int>()

  /// Gives this value its own memory. Call this before the first `count` after a copy.
  mutating func makeUnique() { classes.makeUnique() }

  @inline(__always)
  mutating func count(_ time: Int64) {
    count += 1
    sum += UInt128(UInt64(time))
    if time > largest { largest = time }
    if classes.count == 0 {
      exact.append(time)
      if exact.count > Histogram.exactLimit { switchToClasses() }
    } else {
      classes[Histogram.index(of: time)] += 1
    }
  }

  private mutating func switchToClasses() {
    for _ in 0..<(64 - Histogram.bits + 1) << Histogram.bits { classes.append(0) }
    for time in exact { classes[Histogram.index(of: time)] += 1 }
    exact = []
  }

  private static func index(of time: Int64) -> Int {
    let value = UInt64(time)
    guard value >= 1 << UInt64(bits) else { return Int(value) }
    let exponent = 63 - value.leadingZeroBitCount
    let shift = exponent - bits
    return (shift + 1) << bits | Int(value >> UInt64(shift)) & ((1 << bits) - 1)
  }

  /// Returns the time in the middle of a class.
  private static func time(at index: Int) -> Int64 {
    guard index >= 2 << bits else { return Int64(index) }
    let shift = (index >> bits) - 1
    let low = Int64(1 << bits | index & ((1 << bits) - 1)) << Int64(shift)
    return low + (1 << Int64(shift)) / 2
  }

  var mean: Int64 { count > 0 ? Int64((sum + UInt128(count / 2)) / UInt128(count)) : 0 }

  /// Returns the smallest time with at least this percentage of all times at or below it.
  func percentile(_ percent: Int) -> Int64 {
    let rank = (count * percent + 99) / 100
    if classes.count == 0 { return rank > 0 ? exact.sorted()[rank - 1] : 0 }
    var seen = 0
    for index in classes.indices {
      seen += classes[index]
      if seen >= rank { return min(Histogram.time(at: index), largest) }
    }
    return largest
  }

  /// The times counted in bins. The limits of the bins are 1, 2 and 5 times the powers of ten.
  var bins: [Traffic.Bin] {
    var bins: [Traffic.Bin] = []
    func add(_ time: Int64, _ number: Int) {
      while bins.last.map({ $0.upTo.nanoseconds < time }) ?? true {
        let limit = bins.last.map { Histogram.limit(after: $0.upTo.nanoseconds) } ?? 1
        bins.append(Traffic.Bin(upTo: Span(nanoseconds: limit), count: 0))
      }
      bins[bins.count - 1].count += number
    }
    for time in exact.sorted() { add(time, 1) }
    for index in classes.indices where classes[index] > 0 {
      add(min(Histogram.time(at: index), largest), classes[index])
    }
    return Array(bins.drop { $0.count == 0 })
  }

  private static func limit(after limit: Int64) -> Int64 {
    var power: Int64 = 1
    while limit / power >= 10 { power *= 10 }
    return limit / power == 2 ? 5 * power : 2 * limit
  }

  var latency: Latency? {
    guard count > 0 else { return nil }
    return Latency(
      mean: Span(nanoseconds: mean), p50: Span(nanoseconds: percentile(50)),
      p95: Span(nanoseconds: percentile(95)),
      p99: Span(nanoseconds: percentile(99)), max: Span(nanoseconds: largest))
  }
}
