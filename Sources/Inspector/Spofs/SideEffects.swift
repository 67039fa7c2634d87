import Blueprint
import Simulator

/// A fix that was tried on a copy, with everything that must go with it.
public struct CompletedFix: Equatable, Sendable {
  public let fix: Fix
  /// What an audit would find if only a part of the fix were done, as the titles of its rules.
  public let reasons: [String]
  /// The targets that are SPOFs after the fix, and were not before.
  public let newSpofs: [String]
  /// Whether there are no new SPOFs, or fewer SPOFs in all nevertheless.
  let leavesFewerSpofs: Bool
}

/// The side effects of fixes on one site.
///
/// An audit of the fixed site must find nothing new. What it finds and can fix becomes a part of the fix. Nor may
/// requests of any kind fail after the fix. New SPOFs are reported.
struct SideEffects {
  private let search: SpofSearch
  private let audit: Audit
  private let topology: Topology
  private lazy var findings: [AuditMatch] = audit.matches

  init(of search: SpofSearch = SpofSearch(), on site: Simulation) {
    self.search = search
    audit = Audit(site)
    topology = site.topology
  }

  /// Adds what fixes the audit findings that the fix causes. Returns nil if nothing fixes them, or if requests fail.
  mutating func complete(_ fix: Fix, reasons: [String] = [], _ experiments: inout Experiments)
    -> CompletedFix?
  {
    var (steps, reasons) = (fix.steps, reasons)
    if isAudited {
      guard let completed = audit.completed(steps, besides: findings) else { return nil }
      steps = completed.steps
      reasons = (reasons + completed.reasons).unique
    }
    let whole = Fix(steps).trimmed(for: topology)
    guard !whole.steps.isEmpty, let effect = spofs(broughtBy: whole, &experiments) else { return nil }
    return CompletedFix(
      fix: whole, reasons: reasons, newSpofs: effect.new, leavesFewerSpofs: effect.leavesFewer)
  }

  /// Whether the site is small enough. An audit looks at each host many times.
  private var isAudited: Bool { topology.hosts.count <= 4 * Audit.mostTried }

  // MARK: SPOFs

  /// Returns the SPOFs that are new after the fix, and whether there are fewer in all. Returns nil if requests fail.
  private func spofs(broughtBy fix: Fix, _ experiments: inout Experiments) -> (
    new: [String], leavesFewer: Bool
  )? {
    var brought: [String] = []
    var leavesFewer = true
    for question in questions {
      guard let after = try? question.report(in: &experiments, after: fix) else { return nil }
      for failing in after.failing where !fails(failing.kind, losing: [], question, &experiments) {
        return nil
      }
      var new: [String] = []
      for spof in after.spofs {
        for kind in spof.kinds where isNew(spof.component, kind, question, &experiments) {
          new.append(spof.component)
        }
      }
      if !new.isEmpty {
        let before = try? question.report(in: &experiments)
        leavesFewer = leavesFewer && after.count < (before?.count ?? 0)
      }
      brought += new
    }
    return (brought.unique, leavesFewer)
  }

  /// The search that was asked for, for every kind of request, and the usual one. Under load only the usual one, since
  /// sending a load for every target and every fix takes minutes.
  private var questions: [SpofSearch] {
    var asked = search
    asked.kinds = RequestKind.allCases
    asked.isBrief = true
    var usual = SpofSearch()
    usual.isBrief = true
    return search.fault == nil || search.rate != nil ? [usual] : [asked, usual]
  }

  /// Whether the failure of a target did not make requests of this kind fail before, and that of its host did not
  /// either. A firewall before the only balancer is one more component that can fail, but the host could fail already.
  private func isNew(
    _ component: String, _ kind: RequestKind, _ question: SpofSearch, _ experiments: inout Experiments
  ) -> Bool {
    guard let target = Breakable(named: component) else { return true }
    var before = [target]
    if case .part(let address) = target, address.part != nil { before.append(.part(Address(address.host))) }
    for other in before where topology.has(component: other.text) {
      if fails(kind, losing: [other], question, &experiments) { return false }
    }
    return true
  }

  /// Whether requests of this kind fail on the site as it is, after the targets have failed.
  private func fails(
    _ kind: RequestKind, losing targets: [Breakable], _ question: SpofSearch, _ experiments: inout Experiments
  ) -> Bool {
    let outcome = try? experiments.outcome(
      of: [kind], rate: question.rate, losing: question.plans(targets), stopsAtFailure: true)
    return outcome.map { !$0.failed.isEmpty } ?? false
  }
}

extension SpofReport {
  /// How many pairs of a target and a kind of request are reported.
  fileprivate var count: Int { spofs.reduce(0) { $0 + $1.kinds.count } }
}
