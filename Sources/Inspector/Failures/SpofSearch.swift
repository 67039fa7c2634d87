import Blueprint
import Simulator

/// A part whose loss alone stops some kind of request.
public struct Spof: Sendable {
  /// A host, a part or a link.
  public let component: String
  /// What was sent after it had failed, for each kind that did not come through whole.
  public let answers: [Trial.Answered]

  public var kinds: [RequestKind] { answers.map { $0.kind } }
  public var isLink: Bool { Breakable.ends(of: component) != nil }

  public var evidence: Evidence {
    Evidence(
      answers.flatMap { $0.evidence.commands }, saw: answers.map { $0.saw }.joined(separator: ", "))
  }
}

/// What a search found.
public struct SpofReport: Sendable {
  public let spofs: [Spof]
  /// Kinds of request that are not all answered even while nothing more fails.
  public let failing: [Trial.Answered]
  /// How many hosts, parts and links there are to fail, and how many were broken on a copy.
  public let candidates: Int
  public let tried: Int
}

/// Looks for what alone can stop requests: breaks it on a copy, gives every recovery its time, and sends.
///
/// On a site of more than a hundred parts those that are built alike are tried by an example or two; then each one that
/// would be named is tried itself, and so are a hundred of the others.
public struct SpofSearch: Sendable {
  public var kinds = RequestKind.allCases
  /// Requests a second, in millionths; nil for one after the other.
  public var rate: Int64?
  public var fault: Fault?

  public init() {}

  static let mostTriedEach = 100
  static let drawn = 100
  /// So many that would be named are tried each.
  static let mostConfirmed = 200

  public func report(on simulation: Simulation, goOn: Simulation.GoOn = { _ in true }) throws(Problem)
    -> SpofReport
  {
    var search = Searching(search: self, simulation: simulation)
    let candidates = simulation.topology.candidates(by: fault)
    let failing = try search.failing(goOn)
    let parts = simulation.topology.hosts.reduce(0) { $0 + $1.parts.count }
    let spofs =
      parts <= SpofSearch.mostTriedEach
      ? try search.each(candidates, goOn) : try search.alike(candidates, goOn)
    return SpofReport(spofs: spofs, failing: failing, candidates: candidates.count, tried: search.tried)
  }

  /// What comes of breaking that one.
  func answers(after targets: [Breakable], on simulation: Simulation, goOn: Simulation.GoOn) throws(Problem)
    -> [Trial.Answered]
  {
    let trial = try Trial(breaking: targets.map { Breakage.Plan($0, fault) }, on: simulation, goOn: goOn)
    var failed: [Trial.Answered] = []
    for kind in kinds {
      let answered = try trial.ask(kind, rate: rate, goOn: goOn)
      if answered.failed > 0 { failed.append(answered) }
    }
    return failed
  }
}

/// A search under way.
private struct Searching {
  let search: SpofSearch
  let simulation: Simulation
  private(set) var tried = 0

  init(search: SpofSearch, simulation: Simulation) {
    self.search = search
    self.simulation = simulation
  }

  func failing(_ goOn: Simulation.GoOn) throws(Problem) -> [Trial.Answered] {
    var failing: [Trial.Answered] = []
    for kind in search.kinds {
      let answered = try Trial(simulation).ask(kind, rate: search.rate, goOn: goOn)
      if answered.failed > 0 { failing.append(answered) }
    }
    return failing
  }

  mutating func spof(_ target: Breakable, _ goOn: Simulation.GoOn) throws(Problem) -> Spof? {
    tried += 1
    guard goOn(0) else { throw .interrupted }
    let answers = try search.answers(after: [target], on: simulation, goOn: goOn)
    return answers.isEmpty ? nil : Spof(component: target.text, answers: answers)
  }

  mutating func each(_ candidates: [Breakable], _ goOn: Simulation.GoOn) throws(Problem) -> [Spof] {
    var spofs: [Spof] = []
    for target in candidates {
      if let spof = try spof(target, goOn) { spofs.append(spof) }
    }
    return spofs
  }

  // MARK: Large sites

  mutating func alike(_ candidates: [Breakable], _ goOn: Simulation.GoOn) throws(Problem) -> [Spof] {
    let likeness = Likeness(simulation, weights: search.rate != nil)
    var found: [String: Spof] = [:]
    var others: [Breakable] = []
    for group in likeness.groups(of: candidates) {
      let spofs = try spofs(among: group, goOn)
      for spof in spofs { found[spof.component] = spof }
      if spofs.isEmpty { others += group }
    }
    for target in draw(from: others) {
      if let spof = try spof(target, goOn) { found[spof.component] = spof }
    }
    return candidates.compactMap { found[$0.text] }
  }

  /// The first and the last of a group speak for it; where one of them fails, each is tried.
  private mutating func spofs(among group: [Breakable], _ goOn: Simulation.GoOn) throws(Problem) -> [Spof] {
    guard let first = group.first, let last = group.last else { return [] }
    let example = try spof(first, goOn)
    guard group.count > 1 else { return example.map { [$0] } ?? [] }
    let second = try spof(last, goOn)
    guard example != nil || second != nil else { return [] }
    var spofs = example.map { [$0] } ?? []
    for target in group.dropFirst().dropLast() {
      if tried < SpofSearch.mostConfirmed {
        if let spof = try spof(target, goOn) { spofs.append(spof) }
      } else if let example {
        // Too many to try each: it is built like the example.
        spofs.append(Spof(component: target.text, answers: example.answers))
      }
    }
    return spofs + (second.map { [$0] } ?? [])
  }

  /// A hundred of them, spread by a generator of its own, so that the same site draws the same.
  private func draw(from others: [Breakable]) -> [Breakable] {
    guard others.count > SpofSearch.drawn else { return others }
    var state = simulation.topology.site.seed &* 0x9E37_79B9_7F4A_7C15 | 1
    var places: Set<Int> = []
    while places.count < SpofSearch.drawn {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      places.insert(Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % others.count)
    }
    return places.sorted().map { others[$0] }
  }
}
