import Blueprint
import Simulator

/// What cures single points of failure.
public struct Cures: Sendable {
  /// For each one the first cure that takes it away and brings nothing else; nil where none does.
  public var each: [Cure?] = []
  /// All of them at once, where they go together.
  public var together: Cure?

  public init() {}
}

extension SpofSearch {
  /// So many are searched for on a large site; for the rest only what has cured another is tried.
  static let mostSearched = 8

  public func cures(
    for spofs: [Spof], in report: SpofReport, on simulation: Simulation,
    goOn: @escaping Simulation.GoOn = { _ in true }
  ) -> Cures {
    var curing = Curing(search: self, report: report, site: simulation, goOn: goOn)
    var cures = Cures()
    cures.each = spofs.map { curing.cure(for: $0) }
    cures.together = curing.together
    return cures
  }
}

/// A search for cures under way. Each is done on a copy, where it must take the weakness away and bring no other one:
/// nothing new may stop requests of any kind, and nothing new be found by an audit.
struct Curing {
  let search: SpofSearch
  let report: SpofReport
  let site: Simulation
  let goOn: Simulation.GoOn
  private let cures: [Cure]
  /// The sites after them; nil where one cannot be done.
  private var copies: [Int: Simulation?] = [:]
  /// With all that goes with them; nil for those that do harm.
  private var harmless: [Int: Cured?] = [:]
  private var helpful: [(place: Int, target: Breakable)] = []
  private var searches = 0
  /// What is known of the site as it was, by question.
  private var stopped: [String: Bool] = [:]
  private lazy var found: [Audit.Found] = Audit(site).found

  private struct Cured {
    let cure: Cure
    let site: Simulation
  }

  init(
    search: SpofSearch, report: SpofReport, site: Simulation, goOn: @escaping Simulation.GoOn
  ) {
    self.search = search
    self.report = report
    self.site = site
    self.goOn = goOn
    cures = site.topology.cures
  }

  mutating func cure(for spof: Spof) -> Cure? {
    guard let target = Breakable(named: spof.component) else { return nil }
    if !spof.isWhole { searches += 1 }
    let known = helpful.map { $0.place }.reduce(into: [Int]()) { if !$0.contains($1) { $0.append($1) } }
    let rest = searches > SpofSearch.mostSearched ? [] : cures.indices.filter { !known.contains($0) }
    let places = spof.isWhole ? Array(cures.indices) : known + rest
    for place in places where goOn(0) {
      guard let copy = copy(place), isWhole(after: target, of: spof.kinds, on: copy),
        let cured = harmless(place),
        cured.cure == cures[place] || isWhole(after: target, of: spof.kinds, on: cured.site)
      else { continue }
      helpful.append((place, target))
      return cured.cure
    }
    return nil
  }

  private mutating func copy(_ place: Int) -> Simulation? {
    if let known = copies[place] { return known }
    let copy = cures[place].applied(to: site)
    copies[place] = .some(copy)
    return copy
  }

  /// Whether those requests are all answered, and the site has not fallen into two truths by it; those that it stops
  /// now first, because most cures fail there.
  private func isWhole(after target: Breakable, of kinds: [RequestKind], on site: Simulation) -> Bool {
    guard
      let trial = try? Trial(breaking: [Breakage.Plan(target, search.fault)], on: site, goOn: goOn)
    else { return false }
    let primaries = trial.simulation.databaseReports.filter { $0.role == "primary" }
    let others = search.kinds.filter { kind in
      !kinds.contains(kind) && !report.failing.contains { $0.kind == kind }
    }
    let settled = trial.settled(for: search.rate)
    return primaries.count <= 1
      && (kinds + others).allSatisfy {
        (try? settled.ask($0, rate: search.rate, stopsAtFailure: true, goOn: goOn))?.failed == 0
      }
  }

  // MARK: Harm

  private mutating func harmless(_ place: Int) -> Cured? {
    if let known = harmless[place] { return known }
    let found = checked(cures[place])
    harmless[place] = .some(found)
    return found
  }

  /// With what cures the findings that it brings; nil where it brings something that nothing here cures.
  private mutating func checked(_ cure: Cure) -> Cured? {
    let whole = Cure(isAudited ? Audit(site).completed(cure.steps, besides: found) : cure.steps)
      .trimmed(for: site.topology)
    guard let copy = whole.applied(to: site), !bringsFindings(copy), !bringsSpofs(copy) else { return nil }
    return Cured(cure: whole, site: copy)
  }

  /// An audit of a large site looks at each host many times.
  private var isAudited: Bool { site.topology.hosts.count <= 4 * Audit.mostTried }

  private mutating func bringsFindings(_ cured: Simulation) -> Bool {
    isAudited && Audit(site).hasNew(Audit(cured).found, besides: found)
  }

  private mutating func bringsSpofs(_ cured: Simulation) -> Bool {
    for question in questions {
      guard let now = try? question.report(on: cured, goOn: goOn) else { return true }
      for answered in now.failing where !stops([], answered.kind, question) { return true }
      for spof in now.spofs {
        for kind in spof.kinds where isNew(spof.component, kind, question) { return true }
      }
    }
    return false
  }

  /// What was asked, of every kind; and where that was something special, what is usual. Of a load only what it does to
  /// what was asked is tried: to send it again for every part and every cure takes minutes.
  private var questions: [SpofSearch] {
    var asked = search
    asked.kinds = RequestKind.allCases
    asked.isBrief = true
    var usual = SpofSearch()
    usual.isBrief = true
    return search.fault == nil || search.rate != nil ? [usual] : [asked, usual]
  }

  /// Whether something stops requests that did not stop them before, and whose host did not. A firewall before the only
  /// balancer is one more thing that can die there, but the host could die already.
  private mutating func isNew(_ component: String, _ kind: RequestKind, _ question: SpofSearch) -> Bool {
    guard let target = Breakable(named: component) else { return true }
    var before = [target]
    if case .part(let address) = target, address.part != nil { before.append(.part(Address(address.host))) }
    for other in before where site.topology.has(component: other.text) {
      if stops([other], kind, question) { return false }
    }
    return true
  }

  /// Whether that stops requests of the kind on the site as it is.
  private mutating func stops(_ targets: [Breakable], _ kind: RequestKind, _ question: SpofSearch) -> Bool {
    let key = "\(targets.map { $0.text }.joined()) \(kind.rawValue) \(question.command)"
    if let known = stopped[key] { return known }
    var one = question
    one.kinds = [kind]
    let outcome = try? one.outcome(of: targets, on: site, stopsAtFailure: true, goOn: goOn)
    let stops = outcome.map { !$0.failed.isEmpty } ?? false
    stopped[key] = stops
    return stops
  }

  // MARK: All at once

  /// What was found, in one line, if it goes together; under load that is not tried.
  var together: Cure? {
    mutating get {
      let places = helpful.map { $0.place }.reduce(into: [Int]()) { if !$0.contains($1) { $0.append($1) } }
      guard places.count > 1, search.rate == nil else { return nil }
      var steps: [Remedy] = []
      for place in places {
        guard let cured = harmless(place) else { continue }
        for step in cured.cure.steps where !steps.contains(step) { steps.append(step) }
      }
      guard let cured = checked(Cure(steps)) else { return nil }
      let kinds = search.kinds.filter { kind in !report.failing.contains { $0.kind == kind } }
      for (_, target) in helpful where !isWhole(after: target, of: kinds, on: cured.site) {
        return nil
      }
      return cured.cure
    }
  }
}
