/// The simulation's own source of chance (SplitMix64), a part of its state.
struct Draws: RandomNumberGenerator, Equatable, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A whole number below `bound`.
  mutating func below(_ bound: UInt64) -> UInt64 { next().multipliedFullWidth(by: bound).high }

  /// Exponentially distributed around the mean, in whole nanoseconds.
  mutating func exponential(mean: Int64) -> Int64 {
    Int64((Double(mean) * Draws.negativeLogarithm(next())).rounded(.down))
  }

  /// -ln of a number in (0, 1), given as its 64 bits. Only additions, multiplications and divisions, so that the last
  /// bit is the same on every machine.
  static func negativeLogarithm(_ bits: UInt64) -> Double {
    let zeros = bits.leadingZeroBitCount
    guard zeros < 64 else { return 64 * 0.693147180559945309 }
    // The number is m * 2^-(zeros + 1) with m in [1, 2); ln m = 2 artanh((m - 1) / (m + 1)).
    let m = Double((bits << UInt64(zeros)) >> 11) * 0x1p-52
    // Around the square root of two the series is shortest.
    let isUpper = m > 1.4142135623730951
    let x = isUpper ? m * 0.5 : m
    let z = (x - 1) / (x + 1)
    let s = z * z
    let low = 1 + s * (1.0 / 3 + s * (1.0 / 5 + s * (1.0 / 7 + s * (1.0 / 9))))
    let high = s * s * s * s * s * (1.0 / 11 + s * (1.0 / 13 + s * (1.0 / 15 + s * (1.0 / 17))))
    let logarithm = 2 * z * (low + high)
    return Double(zeros + (isUpper ? 0 : 1)) * 0.693147180559945309 - logarithm
  }
}
