import Blueprint
import Simulator

/// What cures single points of failure.
public struct Cures: Sendable {
  /// For each one the first cure that takes it away and brings nothing else, or, where none does, the first that brings
  /// less than it takes away; nil where there is none.
  public var each: [Cure?] = []
  /// All of them at once, where they go together.
  public var together: Cure?
  /// What has those answered again that fail even while nothing more does; nil where nothing is known.
  public var already: Cure?
  /// Whether anybody looked for them.
  public private(set) var areSought = false

  public init() {}

  fileprivate init(_ curing: inout Curing, for spofs: [Spof]) {
    each = spofs.map { curing.cure(for: $0) }
    together = curing.together
    already = curing.cureOfFailing
    areSought = true
  }
}

extension SpofSearch {
  /// So many that are unlike each other are searched for on a large site, and four times as many on a small one; for the
  /// rest only what has cured another is tried.
  static let mostSearched = 8

  public func cures(
    for spofs: [Spof], in report: SpofReport, on simulation: Simulation,
    goOn: @escaping Simulation.GoOn = { _ in true }
  ) -> Cures {
    var curing = Curing(search: self, report: report, site: simulation, goOn: goOn)
    return Cures(&curing, for: spofs)
  }
}

/// A search for cures under way. Each is done on a copy, where it must take the weakness away and do no harm.
///
/// For a site of many hosts that are alike they are looked for on one of a few of them, and then tried on the whole one.
struct Curing {
  private let search: SpofSearch
  private let report: SpofReport
  private let goOn: Simulation.GoOn
  private let whole: Simulation
  /// Where they are looked for: the whole site, or a smaller one that is built like it.
  private let site: Simulation
  private let likeness: Likeness?
  private let cures: [Cure]
  /// The sites after them; nil where one cannot be done.
  private var copies: [Int: Simulation?] = [:]
  private var harm: Harm
  /// With all that goes with them; nil for those that do harm.
  private var harmless: [Int: Harm.Done?] = [:]
  private var helpful: [Help] = []
  private var searches = 0
  /// What was found for those that were looked at, by what they are and stop.
  private var known: [String: Cure?] = [:]

  /// A cure, by its place, and what it was found for.
  private struct Help {
    let place: Int
    let target: Breakable
  }

  init(search: SpofSearch, report: SpofReport, site: Simulation, goOn: @escaping Simulation.GoOn) {
    self.search = search
    self.report = report
    self.goOn = goOn
    whole = site
    // Few of them do not carry what all of them do.
    let likeness = search.rate == nil ? Likeness(site, weights: false) : nil
    let example = likeness?.example(of: site)
    self.likeness = example == nil ? nil : likeness
    self.site = example ?? site
    cures = self.site.cures
    harm = Harm(self.site, search, goOn: goOn)
  }

  mutating func cure(for spof: Spof) -> Cure? {
    guard let target = Breakable(named: spof.component) else { return nil }
    let example = likeness?.example(of: target) ?? target
    let key = "\(example.text) \(spof.kinds.map { $0.rawValue }.joined(separator: " "))"
    if let known = known[key] { return known }
    let cure = cure(for: example, of: spof.kinds, standingFor: target)
    known[key] = .some(cure)
    return cure
  }

  private mutating func cure(for target: Breakable, of kinds: [RequestKind], standingFor real: Breakable)
    -> Cure?
  {
    var priced: (place: Int, cure: Cure)?
    for place in places() where goOn(0) {
      // Most cures fail at the first question, alone as with all that goes with them.
      guard let copy = copy(place),
        trial(of: [target], on: copy)?.settled(for: nil).answers(kinds, goOn) == true,
        let done = harmless(place), isBest(done) || priced == nil && done.leavesFewer,
        isWhole(after: [target], of: kinds, on: done.site),
        isConfirmed(done.cure, for: [[real]], of: kinds)
      else { continue }
      if isBest(done) {
        helpful.append(Help(place: place, target: real))
        return done.cure
      }
      priced = (place, done.cure)
    }
    if let priced { helpful.append(Help(place: priced.place, target: real)) }
    return priced?.cure
  }

  /// Whether nobody need look for a better one. Of a repair nobody asks what it brings back; and what a new host is for
  /// others does not matter to those who suffer from load.
  private func isBest(_ done: Harm.Done) -> Bool {
    done.cure.brings.isEmpty || search.rate != nil || done.leavesFewer && done.cure.isMending
  }

  /// Which cures to try, and in which order.
  private mutating func places() -> [Int] {
    searches += 1
    let proven = helpfulPlaces
    if searches > 4 * SpofSearch.mostSearched { return search.rate == nil ? proven : [] }
    guard SpofSearch.isLarge(site.topology) else { return Array(cures.indices) }
    let others = cures.indices.filter { !proven.contains($0) }
    return searches > SpofSearch.mostSearched ? proven : proven + others
  }

  private var helpfulPlaces: [Int] { helpful.map { $0.place }.unique }

  private mutating func copy(_ place: Int) -> Simulation? {
    if let known = copies[place] { return known }
    let copy = cures[place].applied(to: site)
    copies[place] = .some(copy)
    return copy
  }

  private mutating func harmless(_ place: Int) -> Harm.Done? {
    if let known = harmless[place] { return known }
    let done = harm.without(cures[place])
    harmless[place] = .some(done)
    return done
  }

  /// Whether it also helps the whole site, where it was found on a smaller one.
  private func isConfirmed(_ cure: Cure, for losses: [[Breakable]], of kinds: [RequestKind]) -> Bool {
    guard likeness != nil else { return true }
    guard let cured = cure.applied(to: whole) else { return false }
    return losses.allSatisfy { isWhole(after: $0, of: kinds, on: cured) }
  }

  private func trial(of targets: [Breakable], on site: Simulation) -> Trial? {
    try? Trial(breaking: targets.map { Breakage.Plan($0, search.fault) }, on: site, goOn: goOn)
  }

  /// Whether requests are all answered, and the site has not fallen into two truths by it.
  private func isWhole(after targets: [Breakable], of kinds: [RequestKind], on site: Simulation) -> Bool {
    guard let trial = trial(of: targets, on: site) else { return false }
    let primaries = trial.simulation.databaseReports.filter { $0.role == .primary }
    guard primaries.count <= 1 else { return false }
    let others = search.kinds.filter { kind in
      !kinds.contains(kind) && !report.failing.contains { $0.kind == kind }
    }
    // What fails one by one fails under load, and is known sooner.
    return trial.settled(for: nil).answers(kinds + others, goOn)
      && (search.rate == nil || trial.answers(kinds + others, rate: search.rate, goOn))
  }

  /// The first with which all is answered again that fails already.
  var cureOfFailing: Cure? {
    mutating get {
      let kinds = report.failing.map { $0.kind }
      guard !kinds.isEmpty else { return nil }
      let restoring = site.restoring.count
      for place in cures.indices where goOn(0) {
        guard let copy = copy(place), isWhole(after: [], of: kinds, on: copy) else { continue }
        // Of what was meant to be so, or where there is nothing yet, what else is wanted is another matter.
        if place < restoring || site.topology.backends.isEmpty {
          let cure = cures[place].trimmed(for: site.topology)
          if isConfirmed(cure, for: [[]], of: kinds) { return cure }
        }
        guard let done = harmless(place), isWhole(after: [], of: kinds, on: done.site),
          isConfirmed(done.cure, for: [[]], of: kinds)
        else { continue }
        return done.cure
      }
      return nil
    }
  }

  // MARK: All at once

  /// What was found, in one line, if it goes together; under load that is not tried.
  var together: Cure? {
    mutating get {
      let places = helpfulPlaces
      guard places.count > 1, search.rate == nil else { return nil }
      let all = Cure(places.compactMap { harmless($0)?.cure })
      guard let done = harm.without(all) else { return nil }
      let kinds = search.kinds.filter { kind in !report.failing.contains { $0.kind == kind } }
      let targets = helpful.map { $0.target }
      let examples = targets.map { likeness?.example(of: $0) ?? $0 }
      guard examples.allSatisfy({ isWhole(after: [$0], of: kinds, on: done.site) }) else { return nil }
      return isConfirmed(done.cure, for: targets.map { [$0] }, of: kinds) ? done.cure : nil
    }
  }
}

extension Trial {
  /// Whether all requests of those kinds are answered.
  fileprivate func answers(_ kinds: [RequestKind], rate: Int64? = nil, _ goOn: Simulation.GoOn) -> Bool {
    kinds.allSatisfy { kind in
      (try? ask(kind, rate: rate, stopsAtFailure: true, goOn: goOn))?.failed == 0
    }
  }
}
