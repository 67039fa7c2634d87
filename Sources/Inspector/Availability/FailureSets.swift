import Blueprint
import Simulator

/// A set of components, one bit for each.
typealias ComponentSet = UInt128

/// Tells after which sets of failures requests of one kind fail. Each set is tried on a copy.
///
/// Nothing is concluded from one set for another, because a further failure can make things better. An application that
/// has crashed gets no more requests, but one that does not reach its database answers each with an error.
struct FailureSets {
  /// Asked during long work whether to go on.
  let goOn: Simulation.GoOn
  /// The share of the work that is done, if it is known. Then `goOn` is called with it.
  var progress: Double? {
    didSet {
      let goOn = goOn
      experiments.goOn = progress.map { share in { _ in goOn(share) } } ?? goOn
    }
  }
  /// Each host is followed by its own components.
  let components: [Address]
  private let kind: RequestKind
  private var experiments: Experiments
  /// How far it is from each place to the next one that is not on the same host. It is 1 for the components of a host.
  private let lengths: [Int]
  /// How many simulation steps were taken since `goOn` was asked.
  private var work = 0

  /// The most components of a site whose availability is computed.
  static let mostComponents = 128
  /// The most sets that are tried for a sample.
  static let mostSampled = 6_000
  /// A share of the time that is too small to be seen in any result.
  static let negligible = 1e-10

  init(_ site: Simulation, _ kind: RequestKind, _ components: [Address], goOn: @escaping Simulation.GoOn) {
    self.goOn = goOn
    self.kind = kind
    self.components = components
    experiments = Experiments(site, isSettled: true, goOn: goOn)
    lengths = components.map { component in
      component.part == nil ? components.count { $0.host == component.host } : 1
    }
  }

  var site: Simulation { experiments.site }

  // MARK: Experiments

  /// Whether all requests are answered after these failures.
  mutating func answers(_ down: ComponentSet) throws(Problem) -> Bool {
    guard mayGoOn() else { throw .interrupted }
    let copies = experiments.copies
    let outcome = try experiments.outcome(of: [kind], losing: plans(down), stopsAtFailure: true)
    if experiments.copies > copies { work += outcome.work }
    return outcome.failed.isEmpty
  }

  /// Whether this set was tried before.
  func isKnown(_ down: ComponentSet) -> Bool { experiments.isKnown(kind, losing: plans(down)) }

  private func plans(_ down: ComponentSet) -> [Breakage.Plan] {
    let plain = withoutComponentsOfFailedHosts(down)
    return components.indices.filter { plain.has($0) }.map { Breakage.Plan(.part(components[$0])) }
  }

  /// Asks whether to go on once as much has happened as in any other work between two questions.
  private mutating func mayGoOn() -> Bool {
    guard work >= 16_384 else { return true }
    work = 0
    return goOn(progress ?? 0)
  }

  /// Removes components from the set whose host is in it as well.
  func withoutComponentsOfFailedHosts(_ down: ComponentSet) -> ComponentSet {
    var plain: ComponentSet = 0
    forEachThatMatters(in: down) { place in if down.has(place) { plain.add(place) } }
    return plain
  }

  /// Visits all places except components of failed hosts.
  private func forEachThatMatters(in down: ComponentSet, _ visit: (Int) -> Void) {
    var place = 0
    while place < components.count {
      visit(place)
      place += down.has(place) ? lengths[place] : 1
    }
  }

  // MARK: Probabilities

  /// The share of the time in which exactly this set has failed, apart from components of failed hosts.
  func probability(of down: ComponentSet, _ broken: [Double]) -> Double {
    var product = 1.0
    forEachThatMatters(in: down) { place in product *= down.has(place) ? broken[place] : 1 - broken[place] }
    return product
  }

  /// The share of the time in which one of these sets has failed.
  func probability(of sets: [ComponentSet], _ broken: [Double]) -> Double {
    sets.reduce(0) { $0 + probability(of: $1, broken) }
  }

  /// Returns all sets except some that are too rare even together to be seen in a result, or nil if there are more than
  /// the most.
  func likely(_ broken: [Double], most: Int, but negligible: Double) -> [ComponentSet]? {
    var search = LikelySetSearch(broken, lengths, most: most)
    while search.rest > negligible {
      search.lowerThreshold()
      guard search.found.count <= most else { return nil }
    }
    return search.found
  }
}

/// Searches for the sets that have failed for more than a share of the time. That threshold is lowered step by step.
private struct LikelySetSearch {
  private let broken: [Double]
  private let lengths: [Int]
  private let most: Int
  /// For each place, the probability of the most likely set of the components from there on.
  private let mostLikely: [Double]
  private var threshold = 1e-3
  private(set) var found: [ComponentSet] = []
  /// The share of the time of all other sets together.
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
