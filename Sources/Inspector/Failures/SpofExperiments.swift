import Blueprint
import Simulator

/// A search under way: what is broken on copies, one after the other.
struct SpofExperiments {
  let search: SpofSearch
  let simulation: Simulation
  private(set) var tried = 0
  private(set) var unknown = 0
  /// How much has happened on the copies.
  private var work = 0

  init(search: SpofSearch, simulation: Simulation) {
    self.search = search
    self.simulation = simulation
  }

  static let drawn = 100

  mutating func each(_ candidates: [Breakable], _ goOn: Simulation.GoOn) throws(Problem) -> [Spof] {
    var spofs: [Spof] = []
    for target in candidates {
      if let spof = try spof(target, stopsAtFailure: false, goOn) { spofs.append(spof) }
    }
    return spofs
  }

  private mutating func spof(
    _ target: Breakable, only kinds: [RequestKind]? = nil, stopsAtFailure: Bool = true,
    _ goOn: Simulation.GoOn
  ) throws(Problem) -> Spof? {
    guard goOn(0) else { throw .interrupted }
    var search = search
    search.kinds = kinds ?? search.kinds
    let outcome = try search.outcome(of: [target], on: simulation, stopsAtFailure: stopsAtFailure, goOn: goOn)
    tried += 1
    work += outcome.work
    return outcome.failed.isEmpty ? nil : Spof(component: target.text, answers: outcome.failed)
  }

  // MARK: Large sites

  /// Some that are built alike, of which not all have been broken.
  private struct Group {
    let members: [Breakable]
    /// Which requests to send.
    let kinds: [RequestKind]
    /// What is said of those that are not broken; nil where nothing can be.
    let example: Spof?
  }

  mutating func alike(_ candidates: [Breakable], _ goOn: Simulation.GoOn) throws(Problem) -> [Spof] {
    var found: [String: Spof] = [:]
    var sound: [[Breakable]] = []
    var weak: [Group] = []
    for group in Likeness(simulation, weights: search.rate != nil).groups(of: candidates) {
      guard work < search.mostWork else {
        unknown += group.count
        continue
      }
      var spofs: [Spof] = []
      // The first and the last speak for the others.
      for target in Array(group.prefix(1)) + Array(group.dropFirst().suffix(search.isBrief ? 0 : 1)) {
        if let spof = try spof(target, goOn) { spofs.append(spof) }
      }
      for spof in spofs { found[spof.component] = spof }
      if search.isBrief { continue }
      let rest = Array(group.dropFirst().dropLast())
      if rest.isEmpty { continue }
      if spofs.isEmpty {
        sound.append(rest)
      } else {
        let kinds = search.kinds.filter { kind in spofs.contains { $0.kinds.contains(kind) } }
        weak.append(Group(members: rest, kinds: kinds, example: spofs.count == 2 ? spofs[0] : nil))
      }
    }
    for (target, place) in draw(from: sound) {
      guard let spof = try spof(target, goOn) else { continue }
      found[spof.component] = spof
      // Its group is not what it seemed.
      weak.append(Group(members: sound[place], kinds: search.kinds, example: nil))
      sound[place] = []
    }
    for place in weak.indices.sorted(by: { (weak[$0].members.count, $0) < (weak[$1].members.count, $1) }) {
      try confirm(weak[place], in: &found, goOn)
    }
    return candidates.compactMap { found[$0.text] }
  }

  /// Breaks each member, as long as it takes no longer than can be waited for.
  private mutating func confirm(_ group: Group, in found: inout [String: Spof], _ goOn: Simulation.GoOn)
    throws(Problem)
  {
    for target in group.members where found[target.text] == nil {
      if work < search.mostWork {
        found[target.text] = try spof(target, only: group.kinds, goOn)
      } else if let example = group.example {
        found[target.text] = Spof(component: target.text, answers: example.answers, like: example.component)
      } else {
        unknown += 1
      }
    }
  }

  /// A hundred of them, with the place of their group.
  private func draw(from groups: [[Breakable]]) -> [(target: Breakable, group: Int)] {
    let all = groups.indices.flatMap { place in groups[place].map { (target: $0, group: place) } }
    guard all.count > SpofExperiments.drawn else { return all }
    var sampling = Sampling(simulation)
    var places: Set<Int> = []
    while places.count < SpofExperiments.drawn {
      places.insert(Int(sampling.next() >> 33) % all.count)
    }
    return places.sorted().map { all[$0] }
  }
}
