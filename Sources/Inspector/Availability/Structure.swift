import Blueprint
import Simulator

/// A set of components, a bit each.
typealias Places = UInt128

/// Which sets of failures a site outlives, found out by breaking them, and remembered as the smallest that stop it and
/// the largest that do not.
///
/// It counts on a further failure never making things better, with one exception that is real: what fails further in
/// front can hide what fails behind it. A host without power, or an application that crashed, gets no more requests,
/// where a bad release alone answers each with an error. So a set holds a host or parts of it, never both; of the parts
/// of a host each may hide those behind it, as haproxy, nginx, app, files and mysql stand; and what may hide others is
/// decided before them.
struct Structure {
  let simulation: Simulation
  let kind: RequestKind
  let components: [Address]
  /// Of each component's place, the place of its host.
  private let hostOf: [Int]
  /// Of a host's place, its parts; a bit a component.
  private let partsOf: [Places]
  /// Smallest sets of failures after which such requests fail, and largest after which they do not.
  private var cuts: [Found] = []
  private var outlived: [Found] = []
  private var known: [Places: Bool] = [:]
  private(set) var experiments = 0

  /// So many components; a larger site is only drawn from, and that up to the other number.
  static let mostComponents = 40
  static let mostDrawn = 128
  /// So many experiments to compute with, and again so many to draw with.
  private static let mostExperiments = 6_000

  /// A set that was tried, and the places that are hidden while it is down.
  private struct Found {
    let down: Places
    let hidden: Places
  }

  var isExhausted: Bool { experiments > Structure.mostExperiments }

  /// What has been found out stays known.
  mutating func renewExperiments() { experiments = 0 }

  init(_ simulation: Simulation, _ kind: RequestKind, _ components: [Address]) {
    self.simulation = simulation
    self.kind = kind
    self.components = components
    var places: [String: Int] = [:]
    for (place, component) in components.enumerated() where component.part == nil {
      places[component.host] = place
    }
    hostOf = components.indices.map { places[components[$0].host] ?? $0 }
    var partsOf = [Places](repeating: 0, count: components.count)
    for (place, host) in hostOf.enumerated() where place != host { partsOf[host] |= 1 << Places(place) }
    self.partsOf = partsOf
  }

  var all: Places { components.count >= Structure.mostDrawn ? .max : (1 << Places(components.count)) - 1 }

  /// Without the parts of hosts that are down themselves.
  private func plain(_ down: Places) -> Places {
    components.indices.reduce(down) { down >> Places($1) & 1 == 1 ? $0 & ~partsOf[$1] : $0 }
  }

  /// Breaks those, and sends.
  mutating func experiment(_ any: Places, _ goOn: Simulation.GoOn) throws(Problem) -> Bool {
    let down = plain(any)
    if let known = known[down] { return known }
    experiments += 1
    guard experiments <= Structure.mostExperiments, goOn(0) else { throw .interrupted }
    let plans = components.indices.filter { down >> Places($0) & 1 == 1 }.map {
      Breakage.Plan(.part(components[$0]))
    }
    let trial = plans.isEmpty ? Trial(simulation) : try Trial(breaking: plans, on: simulation, goOn: goOn)
    let works = try trial.ask(kind, stopsAtFailure: true, goOn: goOn).failed == 0
    known[down] = works
    return works
  }

  /// Whether such requests are answered with those down; what is learned by it is remembered.
  mutating func works(_ down: Places, _ goOn: Simulation.GoOn) throws(Problem) -> Bool {
    if isCut(down) { return false }
    if isOutlived(down) { return true }
    if try experiment(down, goOn) {
      outlived.append(found(try grown(down, goOn)))
      return true
    }
    cuts.append(found(try shrunk(down, goOn)))
    return false
  }

  private func found(_ down: Places) -> Found { Found(down: down, hidden: hidden(by: down)) }

  /// The parts that stand behind one of those on its host.
  private func hidden(by down: Places) -> Places {
    var hidden: Places = 0
    for parts in partsOf where parts & down != 0 {
      let front = parts & down
      hidden |= parts & ~(front ^ (front - 1))
    }
    return hidden
  }

  /// Whether a smaller set is known to stop them, of which nothing has come to be hidden.
  private func isCut(_ down: Places) -> Bool {
    let hidden = hidden(by: down)
    return cuts.contains { $0.down & ~down == 0 && $0.down & ~$0.hidden & hidden == 0 }
  }

  /// Whether a larger set is known to be outlived, of which nothing was hidden that is so no longer.
  private func isOutlived(_ down: Places) -> Bool {
    let hidden = hidden(by: down)
    return outlived.contains { down & ~$0.down == 0 && down & $0.hidden & ~hidden == 0 }
  }

  /// Without what is not needed to stop them.
  private mutating func shrunk(_ down: Places, _ goOn: Simulation.GoOn) throws(Problem) -> Places {
    var cut = down
    for place in components.indices where cut >> Places(place) & 1 == 1 {
      let less = cut & ~(1 << Places(place))
      if isOutlived(less) { continue }
      if try !experiment(less, goOn) { cut = less }
    }
    return cut
  }

  /// With everything more that they outlive, and that hides none of it.
  private mutating func grown(_ down: Places, _ goOn: Simulation.GoOn) throws(Problem) -> Places {
    var set = down
    for place in components.indices where set >> Places(place) & 1 == 0 {
      let host: Places = 1 << Places(hostOf[place])
      guard set & (host | partsOf[place]) == 0 else { continue }
      let more = set | 1 << Places(place)
      if set & ~hidden(by: set) & hidden(by: more) != 0 || isCut(more) { continue }
      if try experiment(more, goOn) { set = more }
    }
    return set
  }
}

extension Structure {
  /// Takes one component after the other as whole and as broken, until it is decided whether requests are answered.
  mutating func decisions(_ broken: [Double], _ goOn: Simulation.GoOn) throws(Problem) -> Decisions {
    var decisions = Decisions()
    decisions.root = try decide(broken, down: 0, free: all, in: &decisions, goOn)
    return decisions
  }

  private mutating func decide(
    _ broken: [Double], down: Places, free: Places, in decisions: inout Decisions, _ goOn: Simulation.GoOn
  ) throws(Problem) -> Int {
    guard try works(down, goOn) else { return Decisions.fails }
    guard free != 0, try !outlivesAll(down, free, goOn) else { return Decisions.works }
    let place = decisive(down | free, free)
    let bit: Places = 1 << Places(place)
    let whole = try decide(broken, down: down, free: free & ~bit, in: &decisions, goOn)
    // What never fails need not be thought of.
    guard broken[place] > 0 else { return whole }
    let less = try decide(
      broken, down: down | bit, free: free & ~bit & ~partsOf[place], in: &decisions, goOn)
    return decisions.add(place, whole: whole, broken: less)
  }

  /// Whether they are answered whatever else of those may fail: with all of it down, and nothing hidden by that.
  private mutating func outlivesAll(_ down: Places, _ free: Places, _ goOn: Simulation.GoOn) throws(Problem)
    -> Bool
  {
    let isHostFree = components.indices.contains {
      hostOf[$0] == $0 && free >> Places($0) & 1 == 1 && partsOf[$0] != 0
    }
    let all = down | free
    guard !isHostFree, all & hidden(by: all) & ~hidden(by: down) == 0 else { return false }
    return try works(all, goOn)
  }

  /// One that could still decide, or what may hide it: its host, or a part in front of it.
  private func decisive(_ possible: Places, _ free: Places) -> Int {
    let cut = cuts.first { $0.down & ~possible == 0 && $0.down & free != 0 }
    let place = ((cut?.down ?? free) & free).trailingZeroBitCount
    let host = hostOf[place]
    if free >> Places(host) & 1 == 1 { return host }
    return (partsOf[host] & free | 1 << Places(place)).trailingZeroBitCount
  }
}

/// A tree of yes and no: which components are looked at, one after the other, until all is decided. It is found out once,
/// whatever the probabilities.
struct Decisions {
  static let fails = -2
  static let works = -1

  /// Each stands behind those that it leads to, which may be the two ends.
  private var all: [(place: Int, whole: Int, broken: Int)] = []
  fileprivate var root = works

  /// Two that lead to the same decide nothing.
  fileprivate mutating func add(_ place: Int, whole: Int, broken: Int) -> Int {
    guard whole != broken else { return whole }
    all.append((place, whole, broken))
    return all.count - 1
  }

  /// The probability that requests are answered.
  func probability(_ broken: [Double]) -> Double {
    var found = Array(repeating: 0.0, count: all.count)
    func known(_ end: Int) -> Double { end == Decisions.fails ? 0 : end == Decisions.works ? 1 : found[end] }
    for (i, decision) in all.enumerated() {
      let p = broken[decision.place]
      found[i] = (1 - p) * known(decision.whole) + p * known(decision.broken)
    }
    return known(root)
  }
}
