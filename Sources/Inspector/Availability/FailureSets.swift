import Blueprint
import Simulator

/// A set of components, with one bit for each component.
typealias ComponentSet = UInt128

/// Finds out during which sets of failures requests of one kind fail. Each set is tried on a copy.
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
  static let mostSampled = 6_000
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
      component.part == nil ? components.count { $0.host == component.host } : 1
    }
  }

  var site: Simulation { experiments.site }

  // MARK: Experiments

  /// Returns whether all requests are answered after these failures.
  mutating func answers(_ down: ComponentSet) throws(Problem) -> Bool {
    guard mayGoOn() else { throw .interrupted }
    let copies = experiments.copies
    let outcome = try experiments.outcome(of: [kind], losing: plans(down), stopsAtFailure: true)
    if experiments.copies > copies { work += outcome.work }
    return outcome.failed.isEmpty
  }

  /// Whether this set has been tried before.
  func isKnown(_ down: ComponentSet) -> Bool { experiments.isKnown(kind, losing: plans(down)) }

  private func plans(_ down: ComponentSet) -> [InjectedFault.Plan] {
    let plain = withoutComponentsOfFailedHosts(down)
    return components.indices.filter { plain.has($0) }.map { InjectedFault.Plan(.part(components[$0])) }
  }

  /// Returns whether to continue. It calls `shouldContinue` only after a certain number of simulation steps.
  private mutating func mayGoOn() -> Bool {
    guard work >= 16_384 else { return true }
    work = 0
    return shouldContinue(progress ?? 0)
  }

  /// Returns the set without components whose host is in the set too.
  func withoutComponentsOfFailedHosts(_ down: ComponentSet) -> ComponentSet {
    var plain: ComponentSet = 0
    forEachThatMatters(in: down) { place in if down.has(place) { plain.add(place) } }
    return plain
  }

  /// Calls the closure with the index of each target, except components of failed hosts.
  private func forEachThatMatters(in down: ComponentSet, _ visit: (Int) -> Void) {
    var place = 0
    while place < components.count {
      visit(place)
      place += down.has(place) ? lengths[place] : 1
    }
  }

  // MARK: Probabilities

  /// Returns the share of the time in which exactly this set has failed, ignoring components of failed hosts.
  func probability(of down: ComponentSet, _ broken: [Double]) -> Double {
    var product = 1.0
    forEachThatMatters(in: down) { place in product *= down.has(place) ? broken[place] : 1 - broken[place] }
    return product
  }

  /// Returns the share of the time in which one of these sets has failed.
  func probability(of sets: [ComponentSet], _ broken: [Double]) -> Double {
    sets.reduce(0) { $0 + probability(of: $1, broken) }
  }

  /// Returns all sets of failures, except those that are negligible even together. Returns nil if there are
  /// more than `most`.
  func likely(_ broken: [Double], most: Int, but negligible: Double) -> [ComponentSet]? {
    var search = LikelySetSearch(broken, lengths, most: most)
    while search.rest > negligible {
      search.lowerThreshold()
      guard search.found.count <= most else { return nil }
    }
    return search.found
  }
}

/// Searches for the sets of failures that are more likely than a threshold, which is lowered step by step.
private struct LikelySetSearch {
  private let broken: [Double]
  private let lengths: [Int]
  private let most: Int
  /// For each index, the probability of the most likely state of this component and all later ones.
  private let mostLikely: [Double]
  private var threshold = 1e-3
  private(set) var found: [ComponentSet] = []
  /// The share of the time that all other sets have together.
  private(set) var rest = 1.0

  init(_ broken: [Double], _ lengths: [Int], most: Int) {
    self.broken = broken
    self.lengths = lengths
    self.most = most
    var mostLikely = [1.0]
    for share in broken.reversed() { mostLikely.append((mostLikely.last ?? 1) * max(share, 1 - share)) }
    self.mostLikely = mostLikely.reversed()
  }

  mutating func lowerThreshold() {
    threshold /= 10
    (found, rest) = ([], 0)
    visit(0, 0, 1)
  }

  private mutating func visit(_ place: Int, _ down: ComponentSet, _ share: Double) {
    if share * mostLikely[place] < threshold || found.count > most {
      rest += share
    } else if place == broken.count {
      found.append(down)
    } else {
      visit(place + 1, down, share * (1 - broken[place]))
      if broken[place] > 0 {
        visit(place + lengths[place], down | 1 << ComponentSet(place), share * broken[place])
      }
    }
  }
}

extension ComponentSet {
  fileprivate func has(_ place: Int) -> Bool { self >> ComponentSet(place) & 1 == 1 }
  fileprivate mutating func add(_ place: Int) { self |= 1 << ComponentSet(place) }
}
