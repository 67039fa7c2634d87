/// A sample of random moments at which something is broken. It counts the moments at which requests fail.
///
/// Most of the time nothing is broken. The share of that time is known, so such moments are not drawn.
/// Therefore even rare failures are drawn often enough.
struct AvailabilitySample: Sendable {
  /// The share of the time in which nothing is broken, and whether requests are answered in that time.
  let allHealthy: Double
  let succeedsIfHealthy: Bool
  /// The number of moments at which requests fail, and the number of all moments drawn.
  var failed: Int
  var count: Int

  /// The estimated share of the time in which requests are answered.
  var share: Double {
    let rest = (1 - allHealthy) * (1 - Double(failed) / Double(max(1, count)))
    return (succeedsIfHealthy ? allHealthy : 0) + (count > 0 ? rest : 0)
  }

  /// The standard error of the estimate. It is zero only if no other result was possible.
  ///
  /// The formula adds two failures and two successes (Agresti and Coull). Otherwise the error would be too
  /// small for samples with few failures.
  var error: Double {
    guard count > 0 else { return 0 }
    let n = Double(count) + 4
    let q = (Double(failed) + 2) / n
    return (1 - allHealthy) * (q * (1 - q) / n).squareRoot()
  }

  /// Returns whether the sample is plausible if this is the true share. It is not if so extreme a sample is
  /// drawn less than once in a million times.
  ///
  /// The check uses the binomial distribution, because rare failures are not normally distributed.
  func agrees(with computed: Double) -> Bool {
    let failing = (succeedsIfHealthy ? 1 : 1 - allHealthy) - computed
    // A difference below the precision of a `Double` counts as none.
    let q = allHealthy < 1 && failing > 1e-15 ? min(1, failing / (1 - allHealthy)) : 0
    return BinomialDistribution(count, q).tail(failed) > 5e-7
  }
}

/// The distribution of the number of successes in several tries, each with the same probability.
private struct BinomialDistribution {
  private let tries: Int
  private let odds: Double
  private let mode: Int
  private let isCertain: Bool

  init(_ tries: Int, _ probability: Double) {
    self.tries = tries
    odds = probability / (1 - probability)
    mode = min(tries, Int(Double(tries + 1) * probability))
    isCertain = probability <= 0 || probability >= 1
  }

  /// Returns the probability of at least this count or of at most this count, whichever is less.
  func tail(_ count: Int) -> Double {
    guard !isCertain else { return count == mode ? 1 : 0 }
    var (all, below, above) = (0.0, 0.0, 0.0)
    func add(_ n: Int, _ weight: Double) {
      all += weight
      if n <= count { below += weight }
      if n >= count { above += weight }
    }
    // Weights are relative to the most likely count. The sum starts there and goes in both directions until
    // the weights no longer matter.
    var (n, weight) = (mode, 1.0)
    while n <= tries, weight > 1e-30 {
      add(n, weight)
      weight *= Double(tries - n) / Double(n + 1) * odds
      n += 1
    }
    (n, weight) = (mode, 1.0)
    while n > 0, weight > 1e-30 {
      weight *= Double(n) / (Double(tries - n + 1) * odds)
      n -= 1
      add(n, weight)
    }
    return min(below, above) / all
  }
}

/// Draws random moments at which at least one of several components is broken.
struct MomentGenerator {
  private let downtimeShares: [Double]
  /// For each index, the probability that neither this component nor any later one is broken.
  private let healthyShares: [Double]
  private var generator: SampleGenerator

  init(_ downtimeShares: [Double], _ generator: SampleGenerator) {
    self.downtimeShares = downtimeShares
    self.generator = generator
    var healthy = [1.0]
    for share in downtimeShares.reversed() { healthy.append((healthy.last ?? 1) * (1 - share)) }
    healthyShares = healthy.reversed()
  }

  /// The share of the time in which nothing is broken.
  var allHealthy: Double { healthyShares[0] }

  /// Returns the components that are broken at a random moment.
  mutating func next() -> ComponentSet {
    var failedSet: ComponentSet = 0
    for index in downtimeShares.indices {
      // If nothing is broken so far, at least one of the remaining components must be.
      let share = failedSet == 0 ? downtimeShares[index] / (1 - healthyShares[index]) : downtimeShares[index]
      let draw = Double(generator.next() >> 11) / 9_007_199_254_740_992
      if draw < share { failedSet |= 1 << ComponentSet(index) }
    }
    // Rounding may leave the set empty. Then the last component that can fail is broken.
    if failedSet == 0, let last = downtimeShares.lastIndex(where: { $0 > 0 }) {
      failedSet = 1 << ComponentSet(last)
    }
    return failedSet
  }
}
