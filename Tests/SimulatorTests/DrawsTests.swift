import Foundation
import Testing

@testable import Simulator

/// Random numbers and the distributions that are made from them.
@Suite struct DrawsTests {
  @Test func `the same seed draws the same numbers`() {
    // The published test vector of SplitMix64.
    var generator = RandomGenerator(seed: 1_234_567)
    let drawn = (1...5).map { _ in generator.next() }
    #expect(
      drawn == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test(arguments: [
    1, 2, 3, 1 << 20, 1 << 31, 1 << 32, 0x4000_0000_0000_0000, 0x8000_0000_0000_0000, UInt64.max - 4_096,
  ])
  func `the logarithm agrees with the C library's`(_ bits: UInt64) {
    let expected = 64 * log(2.0) - log(Double(bits))
    #expect(abs(RandomGenerator.negativeLogarithm(bits) - expected) <= 1e-12 * max(1, expected))
  }

  @Test func `the logarithm agrees with the C library's for random numbers of every size`() {
    var generator = RandomGenerator(seed: 7)
    let worst = (0..<20_000).reduce(0.0) { worst, _ in
      let bits = generator.next() >> (generator.next() % 64)
      guard bits > 0 else { return worst }
      let expected = 64 * log(2.0) - log(Double(bits))
      return max(worst, abs(RandomGenerator.negativeLogarithm(bits) - expected) / max(1, expected))
    }
    #expect(worst <= 1e-12)
  }

  @Test func `the logarithm of the smallest draw is finite`() {
    #expect(RandomGenerator.negativeLogarithm(0) == 64 * 0.693147180559945309)
  }

  @Test func `the logarithm of the largest draw is not negative`() {
    #expect((0...1e-15).contains(RandomGenerator.negativeLogarithm(.max)))
  }

  @Test func `exponential draws have the expected mean and deviation`() {
    var generator = RandomGenerator(seed: 3)
    let times = (0..<100_000).map { _ in generator.exponential(mean: 1_000_000) }
    let mean = times.reduce(0.0) { $0 + Double($1) } / 100_000
    let variance = times.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / 100_000
    #expect(abs(mean / 1_000_000 - 1) < 0.01)
    #expect(abs(variance.squareRoot() / 1_000_000 - 1) < 0.015)
  }

  @Test(arguments: [(0.1, 0.9048), (0.5, 0.6065), (1.0, 0.3679), (2.0, 0.1353), (4.0, 0.0183)])
  func `exponential draws are longer than a time with the right share`(_ time: Double, _ share: Double) {
    var generator = RandomGenerator(seed: 11)
    let longer = (0..<100_000).count { _ in Double(generator.exponential(mean: 1_000_000)) > time * 1_000_000
    }
    #expect(abs(Double(longer) / 100_000 - share) < 0.005)
  }

  @Test func `whole numbers below a bound are evenly distributed`() {
    var generator = RandomGenerator(seed: 5)
    var counts = Array(repeating: 0, count: 10)
    for _ in 0..<100_000 { counts[Int(generator.below(10))] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 400 }, "\(counts)")
  }
}
