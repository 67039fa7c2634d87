/// The simulation's random number generator (SplitMix64). It is part of the simulation's state, so a copy
/// draws the same numbers.
struct RandomGenerator: RandomNumberGenerator, Equatable, Sendable {
  private var state: UInt64
  /// A copy of the static table. Reading the static table directly would check every time whether it has been
  /// initialised.
  private let table = RandomGenerator.table

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Returns a random whole number below `bound`.
  mutating func below(_ bound: UInt64) -> UInt64 { next().multipliedFullWidth(by: bound).high }

  /// Returns a random time from an exponential distribution with this mean, in whole nanoseconds.
  @inline(__always)
  mutating func exponential(mean: Int64) -> Int64 {
    Int64(Double(mean) * RandomGenerator.negativeLogarithm(next(), table))
  }
}

extension RandomGenerator {
  struct LogarithmEntry: BitwiseCopyable, Equatable {
    let inverse: Double
    let logarithm: Double
  }

  private static let logarithmOfTwo = 0.693147180559945309

  /// For each of 256 equal parts of [1, 2): the inverse of its midpoint, and the midpoint's logarithm.
  static let table: [LogarithmEntry] = (0..<256).map { i in
    let inverse = 1 / (1 + (Double(i) + 0.5) / 256)
    return LogarithmEntry(inverse: inverse, logarithm: series(1 / inverse))
  }

  /// Returns -ln of a number in (0, 1), given by the 64 bits of its fraction.
  ///
  /// The function uses only basic arithmetic, so every computer gives the same result to the last bit. With a
  /// table of 256 logarithms, a short series is enough.
  @inline(__always)
  static func negativeLogarithm(_ bits: UInt64, _ table: [LogarithmEntry] = table) -> Double {
    let zeros = bits.leadingZeroBitCount
    guard zeros < 64 else { return 64 * logarithmOfTwo }
    // The number is m * 2^-(zeros + 1) with m in [1, 2).
    let fraction = bits << UInt64(zeros)
    let m = Double(Int64(bitPattern: fraction >> 11)) * 0x1p-52
    let entry = table[Int(fraction >> 55 & 255)]
    let d = m * entry.inverse - 1
    let square = d * d
    let rest = d - square * ((1.0 / 2 - d * (1.0 / 3)) + square * (1.0 / 4 - d * (1.0 / 5)))
    return Double(zeros + 1) * logarithmOfTwo - (entry.logarithm + rest)
  }

  /// Returns ln of a number in [1, 2), as 2 artanh((m - 1) / (m + 1)).
  private static func series(_ m: Double) -> Double {
    let z = (m - 1) / (m + 1)
    var power = z
    var sum = 0.0
    var divisor = 1.0
    while power > 1e-20 {
      sum += power / divisor
      power *= z * z
      divisor += 2
    }
    return 2 * sum
  }
}
