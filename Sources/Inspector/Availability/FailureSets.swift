import Blueprint
import Simulator

/// A set of components, with one bit for each component.
typealias ComponentSet = UInt128

/// Determines which sets of failures make requests of one kind fail. Each set is tried on a copy.
///
/// The result for one set allows no conclusion about another, because a further failure can improve the
/// result. For example, an application that cannot reach its database answers every request with an error.
/// Once it has crashed, it gets no more requests.
struct FailureSets {
  /// Returns whether long work should continue. It is called repeatedly during the work.
  let shouldContinue: Simulation.ContinueCheck
  /// The share of the work that is done, or nil if it is unknown. It is passed to `shouldContinue`.
  var progress: Double? {
    didSet {
      let shouldContinue = shouldContinue
      experiments.shouldContinue = progress.map { share in { _ in shouldContinue(share) } } ?? shouldContinue
    }
  }
  /// The components that can fail. Each host is followed by its own components.
  let components: [Address]
  private let kind: RequestKind
  private var experiments: Experiments
  /// For a host, the number of its entries in `components`, including itself; for a component, 1.
  private let lengths: [Int]
  /// The number of simulation steps since `shouldContinue` was last called.
  private var work = 0

  /// The most components that a site may have for its availability to be computed.
  static let mostComponents = 128
  /// The most sets of failures that are tried for a sample.
  static let mostSampledSets = 6_000
  /// A share of the time that is too small to affect any printed result.
  static let negligible = 1e-10

  init(
    _ site: Simulation, _ kind: RequestKind, _ components: [Address],
    shouldContinue: @escaping Simulation.ContinueCheck
  ) {
    self.shouldContinue = shouldContinue
    self.kind = kind
    self.components = components
    experiments = Experiments(site, isSettled: true, shouldContinue: shouldContinue)
    lengths = components.map { component in
      component.component == nil ? components.count { $0.host == component.host } : 1
    }
  }

  var site: Simulation { experiments.site }

  // MARK: Experiments

  /// Returns whether all requests are answered after these failures.
  mutating func allSucceed(_ failedSet: ComponentSet) throws(Problem) -> Bool {
    guard mayContinue() else { throw .interrupted }
    let copyCount = experiments.copyCount
    let outcome = try experiments.outcome(of: [kind], failures: plans(failedSet), stopsAtFailure: true)
    if experiments.copyCount > copyCount { work += outcome.work }
    return outcome.failed.isEmpty
  }

  /// Returns whether this set has been tried before.
  func isKnown(_ failedSet: ComponentSet) -> Bool { experiments.isKnown(kind, failures: plans(failedSet)) }

  private func plans(_ failedSet: ComponentSet) -> [InjectedFault.Plan] {
    let plain = withoutComponentsOfFailedHosts(failedSet)
    return components.indices.filter { plain.has($0) }.map { InjectedFault.Plan(.component(components[$0])) }
  }

  /// Returns whether to continue. It calls `shouldContinue` only after a certain number of simulation steps.
  private mutating func mayContinue() -> Bool {
    guard work >= 16_384 else { return true }
    work = 0
    return shouldContinue(progress ?? 0)
  }

  /// Returns the set without components whose host is in the set too.
  func withoutComponentsOfFailedHosts(_ failedSet: ComponentSet) -> ComponentSet {
    var plain: ComponentSet = 0
    forEachRelevantIndex(in: failedSet) { index in if failedSet.has(index) { plain.add(index) } }
    return plain
  }

  /// Calls the closure with the index of each host and component, except components of failed hosts.
  private func forEachRelevantIndex(in failedSet: ComponentSet, _ visit: (Int) -> Void) {
    var index = 0
    while index < components.count {
      visit(index)
      index += failedSet.has(index) ? lengths[index] : 1
    }
  }

  // MARK: Probabilities

  /// Returns the share of the time in which exactly this set has failed, ignoring components of failed hosts.
  func probability(of failedSet: ComponentSet, _ downtimeShares: [Double]) -> Double {
    var product = 1.0
    forEachRelevantIndex(in: failedSet) { index in
      product *= failedSet.has(index) ? downtimeShares[index] : 1 - downtimeShares[index]
    }
    return product
  }

  /// Returns the share of the time in which one of these sets has failed.
  func probability(of sets: [ComponentSet], _ downtimeShares: [Double]) -> Double {
    sets.reduce(0) { $0 + probability(of: $1, downtimeShares) }
  }

  /// Returns all sets of failures, except those that are negligible even together. Returns nil if there are
  /// more than `limit` sets.
  func likelySets(_ downtimeShares: [Double], limit: Int, tolerating negligible: Double) -> [ComponentSet]? {
    var search = LikelySetSearch(downtimeShares, lengths, limit: limit)
    while search.rest > negligible {
      search.lowerThreshold()
      guard search.found.count <= limit else { return nil }
    }
    return search.found
  }
}

/// Searches for the sets of failures that are more likely than a threshold, which is lowered step by step.
private struct LikelySetSearch {
  private let downtimeShares: [Double]
  private let lengths: [Int]
  private let limit: Int
  /// For each index, the probability of the most likely state of this component and all later ones.
  private let mostLikely: [Double]
  private var threshold = 1e-3
  private(set) var found: [ComponentSet] = []
  /// The share of the time that all other sets have together.
  private(set) var rest = 1.0

  init(_ downtimeShares: [Double], _ lengths: [Int], limit: Int) {
    self.downtimeShares = downtimeShares
    self.lengths = lengths
    self.limit = limit
    var mostLikely = [1.0]
    for share in downtimeShares.reversed() {
      mostLikely.append((mostLikely.last ?? 1) * max(share, 1 - share))
    }
    self.mostLikely = mostLikely.reversed()
  }

  /// Lowers the threshold to a tenth and repeats the search.
  mutating func lowerThreshold() {
    threshold /= 10
    (found, rest) = ([], 0)
    visit(0, 0, 1)
  }

  private mutating func visit(_ index: Int, _ failedSet: ComponentSet, _ share: Double) {
    if share * mostLikely[index] < threshold || found.count > limit {
      rest += share
    } else if index == downtimeShares.count {
      found.append(failedSet)
    } else {
      visit(index + 1, failedSet, share * (1 - downtimeShares[index]))
      if downtimeShares[index] > 0 {
        visit(index + lengths[index], failedSet | 1 << ComponentSet(index), share * downtimeShares[index])
      }
    }
  }
}

extension ComponentSet {
  fileprivate func has(_ index: Int) -> Bool { self >> ComponentSet(index) & 1 == 1 }
  fileprivate mutating func add(_ index: Int) { self |= 1 << ComponentSet(index) }
}
