import Blueprint
import Simulator

/// What a remedy would do to a site beside what it is for.
///
/// It is done on a copy, where nothing new may be found by an audit; what the audit finds and can cure is cured along
/// with it. Nor may requests of any kind fail by it. What stops some alone that did not before is said.
struct Harm {
  let site: Simulation
  private let search: SpofSearch
  private let goOn: Simulation.GoOn
  private let audit: Audit
  private lazy var found: [Audit.Found] = audit.found
  /// What is known of the site as it is, by question.
  private var stopped: [String: Bool] = [:]
  /// What each question finds there.
  private var reports: [String: SpofReport?] = [:]

  /// A cure with what goes with it, and the site after it.
  struct Done {
    let cure: Cure
    let site: Simulation
    /// Whether nothing is brought, or fewer parts stop something all the same.
    let leavesFewer: Bool
  }

  init(_ site: Simulation, _ search: SpofSearch = SpofSearch(), goOn: @escaping Simulation.GoOn) {
    self.site = site
    self.search = search
    self.goOn = goOn
    audit = Audit(site)
  }

  /// With what cures the findings that it brings; nil where it brings something that nothing here cures.
  mutating func without(_ cure: Cure) -> Done? {
    var whole = cure
    if isAudited {
      guard let completed = audit.completed(cure.steps, besides: found) else { return nil }
      whole = Cure(completed.steps, because: (cure.because + completed.because).unique)
    }
    whole = whole.trimmed(for: site.topology)
    guard !whole.steps.isEmpty, let copy = whole.applied(to: site), let brought = brought(by: copy) else {
      return nil
    }
    return Done(
      cure: Cure(whole.steps, because: whole.because, brings: brought.components), site: copy,
      leavesFewer: brought.leavesFewer)
  }

  /// An audit of a large site looks at each host many times.
  private var isAudited: Bool { site.topology.hosts.count <= 4 * Audit.mostTried }

  // MARK: Single points of failure

  /// What stops something after it, and did not before, and whether fewer do in all; nil where requests fail by it.
  private mutating func brought(by cured: Simulation) -> (components: [String], leavesFewer: Bool)? {
    var brought: [String] = []
    var leavesFewer = true
    for question in questions {
      guard let now = try? question.report(on: cured, goOn: goOn) else { return nil }
      for answered in now.failing where !stops([], answered.kind, question) { return nil }
      var new: [String] = []
      for spof in now.spofs {
        for kind in spof.kinds where isNew(spof.component, kind, question) { new.append(spof.component) }
      }
      if !new.isEmpty { leavesFewer = leavesFewer && now.count < (report(question)?.count ?? 0) }
      brought += new
    }
    return (brought.unique, leavesFewer)
  }

  private mutating func report(_ question: SpofSearch) -> SpofReport? {
    if let known = reports[question.command] { return known }
    let report = try? question.report(on: site, goOn: goOn)
    reports[question.command] = .some(report)
    return report
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

  /// Whether something stops requests that did not stop them before, and whose host did not: a firewall before the only
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
}

extension SpofReport {
  /// Of how many kinds of request how many parts are one.
  fileprivate var count: Int { spofs.reduce(0) { $0 + $1.kinds.count } }
}
