import Blueprint
import Simulator

/// A set of components, a bit each.
typealias Places = UInt128

/// Which sets of failures stop such requests: each is broken on a copy, and what came of it is remembered.
///
/// Nothing is concluded from one set for another. A further failure can make things better: an application that crashed
/// gets no more requests, where one that does not reach its database answers each with an error.
struct BrokenSets {
  let simulation: Simulation
  let kind: RequestKind
  /// Hosts, each before its parts.
  let components: [Address]
  /// Of each place, how far it is to the next that does not stand on it.
  private let lengths: [Int]
  private var known: [Places: Bool] = [:]
  /// How many more may be tried.
  private(set) var left = 0

  /// What has happened since it was asked whether to go on.
  private var work = 0

  /// A larger site is not tried.
  static let mostComponents = 128
  /// So many sets are tried to draw with.
  static let mostDrawn = 6_000
  /// A share of the time that no answer shows.
  static let negligible = 1e-10

  init(_ simulation: Simulation, _ kind: RequestKind, _ components: [Address]) {
    self.simulation = simulation
    self.kind = kind
    self.components = components
    lengths = components.map { component in
      component.part == nil ? components.count { $0.host == component.host } : 1
    }
  }

  /// So many that are not known yet.
  mutating func allow(_ count: Int) { left = count }

  /// Breaks those, and sends.
  mutating func works(_ any: Places, _ goOn: Simulation.GoOn) throws(Problem) -> Bool {
    let down = plain(any)
    if let known = known[down] { return known }
    guard left > 0, mayGoOn(goOn) else { throw .interrupted }
    left -= 1
    let plans = components.indices.filter { down.has($0) }.map { Breakage.Plan(.part(components[$0])) }
    let trial = plans.isEmpty ? Trial(simulation) : try Trial(breaking: plans, on: simulation, goOn: goOn)
    let answered = try trial.ask(kind, stopsAtFailure: true, goOn: goOn)
    work += trial.simulation.workDone - simulation.workDone + answered.work
    known[down] = answered.failed == 0
    return answered.failed == 0
  }

  /// Asked as often as in any other work, by how much has happened.
  private mutating func mayGoOn(_ goOn: Simulation.GoOn) -> Bool {
    guard work >= 16_384 else { return true }
    work = 0
    return goOn(0)
  }

  /// Without the parts of hosts that are down themselves.
  private func plain(_ down: Places) -> Places {
    var plain: Places = 0
    eachThatCounts(in: down) { place in if down.has(place) { plain.add(place) } }
    return plain
  }

  /// All but the parts of hosts that are down.
  private func eachThatCounts(in down: Places, _ visit: (Int) -> Void) {
    var place = 0
    while place < components.count {
      visit(place)
      place += down.has(place) ? lengths[place] : 1
    }
  }

  // MARK: Chances

  /// The share of the time in which exactly those are down, parts of hosts that are down aside.
  func probability(of down: Places, _ broken: [Double]) -> Double {
    var product = 1.0
    eachThatCounts(in: down) { place in product *= down.has(place) ? broken[place] : 1 - broken[place] }
    return product
  }

  /// The share of the time in which it is one of them.
  func probability(of sets: [Places], _ broken: [Double]) -> Double {
    sets.reduce(0) { $0 + probability(of: $1, broken) }
  }

  /// All sets but some that together are too rare to be seen in an answer; nil where there are more than that.
  func likely(_ broken: [Double], most: Int, but negligible: Double) -> [Places]? {
    var search = LikelySets(broken, lengths, most: most)
    while search.rest > negligible {
      search.goLower()
      guard search.found.count <= most else { return nil }
    }
    return search.found
  }
}

/// Looks for the sets that are down more often than a share of the time, which is lowered step by step.
private struct LikelySets {
  private let broken: [Double]
  private let lengths: [Int]
  private let most: Int
  /// Of each place, the share of the likeliest way on from there.
  private let likeliest: [Double]
  private var least = 1e-3
  private(set) var found: [Places] = []
  /// What all others come to.
  private(set) var rest = 1.0

  init(_ broken: [Double], _ lengths: [Int], most: Int) {
    self.broken = broken
    self.lengths = lengths
    self.most = most
    var likeliest = [1.0]
    for share in broken.reversed() { likeliest.append((likeliest.last ?? 1) * max(share, 1 - share)) }
    self.likeliest = likeliest.reversed()
  }

  mutating func goLower() {
    least /= 10
    (found, rest) = ([], 0)
    visit(0, 0, 1)
  }

  private mutating func visit(_ place: Int, _ down: Places, _ share: Double) {
    if share * likeliest[place] < least || found.count > most {
      rest += share
    } else if place == broken.count {
      found.append(down)
    } else {
      visit(place + 1, down, share * (1 - broken[place]))
      if broken[place] > 0 { visit(place + lengths[place], down | 1 << Places(place), share * broken[place]) }
    }
  }
}

extension Places {
  fileprivate func has(_ place: Int) -> Bool { self >> Places(place) & 1 == 1 }
  fileprivate mutating func add(_ place: Int) { self |= 1 << Places(place) }
}
