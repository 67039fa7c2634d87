/// What came of moments that were drawn, each with something broken.
///
/// The moments in which nothing is broken are most of all and all alike. Their share is known, so none of them is drawn:
/// what is rare is met often enough.
struct Drawing: Sendable {
  /// The share of the time in which nothing is broken, and whether requests are answered then.
  let allWell: Double
  let worksWhole: Bool
  /// Of so many moments, in how many requests failed.
  var failed: Int
  var count: Int

  /// Of the time, how much such requests are answered.
  var share: Double {
    let rest = (1 - allWell) * (1 - Double(failed) / Double(max(1, count)))
    return (worksWhole ? allWell : 0) + (count > 0 ? rest : 0)
  }

  /// The standard error, which is none only where nothing could come out otherwise. Two failures and two successes more
  /// (Agresti and Coull) keep it honest where few failures were met.
  var error: Double {
    guard count > 0 else { return 0 }
    let n = Double(count) + 4
    let q = (Double(failed) + 2) / n
    return (1 - allWell) * (q * (1 - q) / n).squareRoot()
  }

  /// Whether so few failures, or so many, come out more often than once in a million drawings if that is the share.
  ///
  /// Counted out from the binomial distribution: what fails rarely is not spread like a bell.
  func agrees(with computed: Double) -> Bool {
    let failing = (worksWhole ? 1 : 1 - allWell) - computed
    // What cannot be told from nothing with the digits of a number is nothing.
    let q = allWell < 1 && failing > 1e-15 ? min(1, failing / (1 - allWell)) : 0
    return Binomial(count, q).tail(failed) > 5e-7
  }
}

/// How often something happens in so many tries, each with the same probability.
private struct Binomial {
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

  /// The probability of so many or more, or of so many or fewer, whichever is less.
  func tail(_ count: Int) -> Double {
    guard !isCertain else { return count == mode ? 1 : 0 }
    var (all, below, above) = (0.0, 0.0, 0.0)
    func add(_ n: Int, _ weight: Double) {
      all += weight
      if n <= count { below += weight }
      if n >= count { above += weight }
    }
    // In units of the most likely number, from there to both sides until it no longer counts.
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

/// Draws moments in which at least one of several things is broken.
struct Moments {
  private let broken: [Double]
  /// Of each place, the probability that nothing is broken from there on.
  private let wellFrom: [Double]
  private var sampling: Sampling

  init(_ broken: [Double], _ sampling: Sampling) {
    self.broken = broken
    self.sampling = sampling
    var well = [1.0]
    for share in broken.reversed() { well.append((well.last ?? 1) * (1 - share)) }
    wellFrom = well.reversed()
  }

  /// The share of the time in which nothing is broken.
  var allWell: Double { wellFrom[0] }

  mutating func next() -> Places {
    var down: Places = 0
    for place in broken.indices {
      // As long as nothing is broken, something must be among those to come.
      let share = down == 0 ? broken[place] / (1 - wellFrom[place]) : broken[place]
      let draw = Double(sampling.next() >> 11) / 9_007_199_254_740_992
      if draw < share { down |= 1 << Places(place) }
    }
    // Rounding may have left nothing: then it is the last that can break.
    if down == 0, let last = broken.lastIndex(where: { $0 > 0 }) { down = 1 << Places(last) }
    return down
  }
}
