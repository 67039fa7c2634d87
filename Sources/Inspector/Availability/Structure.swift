import Blueprint
import Simulator

/// A set of components, a bit each.
typealias Places = UInt128

/// Which sets of failures a site outlives, found out by breaking them, and remembered as the smallest that stop it and
/// the largest that do not.
///
/// It counts on a further failure never making things better, with one exception that is real: a host without power can
/// be better than a part of it without life. A check or a partner notices the one, and not always the other. So a set
/// holds a host or parts of it, never both, and hosts are decided before their parts.
struct Structure {
  let simulation: Simulation
  let kind: RequestKind
  let components: [Address]
  /// Of each component's place, the place of its host.
  private let hostOf: [Int]
  /// Of a host's place, its parts; a bit a component.
  private let partsOf: [Places]
  /// Smallest sets of failures after which such requests fail, and largest after which they do not.
  private(set) var cuts: [Places] = []
  private var outlived: [Places] = []
  private var known: [Places: Bool] = [:]
  private(set) var experiments = 0

  /// So many components; a larger site is only drawn from, and that up to the other number.
  static let mostComponents = 40
  static let mostDrawn = 128
  /// So many experiments to compute with, and again so many to draw with.
  private static let mostExperiments = 6_000

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
    if cuts.contains(where: { $0 & ~down == 0 }) { return false }
    if outlived.contains(where: { down & ~$0 == 0 }) { return true }
    if try experiment(down, goOn) {
      outlived.append(try grown(down, goOn))
      return true
    }
    cuts.append(try shrunk(down, goOn))
    return false
  }

  /// Without what is not needed to stop them.
  private mutating func shrunk(_ down: Places, _ goOn: Simulation.GoOn) throws(Problem) -> Places {
    var cut = down
    for place in components.indices where cut >> Places(place) & 1 == 1 {
      let less = cut & ~(1 << Places(place))
      if outlived.contains(where: { less & ~$0 == 0 }) { continue }
      if try !experiment(less, goOn) { cut = less }
    }
    return cut
  }

  /// With everything more that they outlive.
  private mutating func grown(_ down: Places, _ goOn: Simulation.GoOn) throws(Problem) -> Places {
    var set = down
    for place in components.indices where set >> Places(place) & 1 == 0 {
      let host: Places = 1 << Places(hostOf[place])
      guard set & (host | partsOf[place]) == 0 else { continue }
      let more = set | 1 << Places(place)
      if cuts.contains(where: { $0 & ~more == 0 }) { continue }
      if try experiment(more, goOn) { set = more }
    }
    return set
  }
}

extension Structure {
  /// The probability that such requests are answered, by taking one component after the other as broken and as whole.
  mutating func probability(_ broken: [Double], _ goOn: Simulation.GoOn) throws(Problem) -> Double {
    try probability(broken, down: 0, free: all, goOn)
  }

  private mutating func probability(_ broken: [Double], down: Places, free: Places, _ goOn: Simulation.GoOn)
    throws(Problem) -> Double
  {
    guard try works(down, goOn) else { return 0 }
    let host = components.indices.first { hostOf[$0] == $0 && free >> Places($0) & 1 == 1 }
    // As long as a host is undecided, its own failure may be better than that of its parts.
    if host == nil, try works(down | free, goOn) { return 1 }
    guard let place = decisive(down | free, free) ?? host else { return 1 }
    let bit: Places = 1 << Places(place)
    let p = broken[place]
    let whole = try probability(broken, down: down, free: free & ~bit, goOn)
    guard p > 0 else { return whole }
    let less = try probability(broken, down: down | bit, free: free & ~bit & ~partsOf[place], goOn)
    return (1 - p) * whole + p * less
  }

  /// One that could still decide, or, as long as that is open, its host.
  private func decisive(_ possible: Places, _ free: Places) -> Int? {
    guard let cut = cuts.first(where: { $0 & ~possible == 0 }) else { return nil }
    let place = (cut & free).trailingZeroBitCount
    return free >> Places(hostOf[place]) & 1 == 1 ? hostOf[place] : place
  }
}
