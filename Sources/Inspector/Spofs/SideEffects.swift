import Blueprint
import Simulator

/// A fix that was tried on a copy, including the steps that avoid side effects.
public struct CompletedFix: Equatable, Sendable {
  public let fix: Fix
  /// The titles of the audit rules that would be broken if only a part of the fix were applied.
  public let reasons: [String]
  /// The targets that are SPOFs after the fix but were not before it.
  public let newSpofs: [String]
  /// Whether the fix adds no SPOFs, or removes more than it adds.
  let leavesFewerSpofs: Bool
}

/// The side effects of fixes on one site.
///
/// An audit after the fix must have no new findings. Steps that fix such findings become a part of the fix.
/// Requests of every kind must still succeed. New SPOFs are reported.
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

  /// Returns the fix, extended by the steps that fix the audit findings it causes. Returns nil if no steps
  /// fix them, or if requests fail.
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
    guard !whole.steps.isEmpty, let effect = spofs(causedBy: whole, &experiments) else { return nil }
    return CompletedFix(
      fix: whole, reasons: reasons, newSpofs: effect.new, leavesFewerSpofs: effect.leavesFewer)
  }

  /// Whether the site is small enough for an audit, which examines each host many times.
  private var isAudited: Bool { topology.hosts.count <= 4 * Audit.mostHostsForFixTrials }

  // MARK: SPOFs

  /// Returns the SPOFs that the fix adds, and whether it adds none or removes more than it adds. Returns nil
  /// if requests fail after the fix.
  private func spofs(causedBy fix: Fix, _ experiments: inout Experiments) -> (
    new: [String], leavesFewer: Bool
  )? {
    var caused: [String] = []
    var leavesFewer = true
    for spofSearch in spofSearches {
      guard let after = try? spofSearch.report(in: &experiments, after: fix) else { return nil }
      for failing in after.failing where !fails(failing.kind, failures: [], spofSearch, &experiments) {
        return nil
      }
      var new: [String] = []
      for spof in after.spofs {
        for kind in spof.kinds where isNew(spof.component, kind, spofSearch, &experiments) {
          new.append(spof.component)
        }
      }
      if !new.isEmpty {
        let before = try? spofSearch.report(in: &experiments)
        leavesFewer = leavesFewer && after.count < (before?.count ?? 0)
      }
      caused += new
    }
    return (caused.unique, leavesFewer)
  }

  /// The usual search and, if the user chose a fault, a search with that fault. Both cover all kinds of
  /// request. Under load, only the usual search is made, because sending at a rate for every target and fix
  /// takes minutes.
  private var spofSearches: [SpofSearch] {
    var fullSearch = search
    fullSearch.kinds = RequestKind.allCases
    fullSearch.isBrief = true
    var usualSearch = SpofSearch()
    usualSearch.isBrief = true
    return search.fault == nil || search.rate != nil ? [usualSearch] : [fullSearch, usualSearch]
  }

  /// Returns whether neither the target nor its host was a SPOF before. For example, a firewall on the only
  /// balancer is another component that can fail, but the failure of the host had the same effect before.
  private func isNew(
    _ component: String, _ kind: RequestKind, _ spofSearch: SpofSearch, _ experiments: inout Experiments
  ) -> Bool {
    guard let target = FaultTarget(named: component) else { return true }
    var before = [target]
    if case .component(let address) = target, address.component != nil {
      before.append(.component(Address(address.host)))
    }
    for other in before where topology.has(component: other.text) {
      if fails(kind, failures: [other], spofSearch, &experiments) { return false }
    }
    return true
  }

  /// Returns whether requests of this kind fail without the fix, after the targets have failed.
  private func fails(
    _ kind: RequestKind, failures targets: [FaultTarget], _ spofSearch: SpofSearch,
    _ experiments: inout Experiments
  ) -> Bool {
    let outcome = try? experiments.outcome(
      of: [kind], rate: spofSearch.rate, failures: spofSearch.plans(targets), stopsAtFailure: true)
    return outcome.map { !$0.failed.isEmpty } ?? false
  }
}

extension SpofReport {
  /// The number of SPOFs, counted separately for each kind of request.
  fileprivate var count: Int { spofs.reduce(0) { $0 + $1.kinds.count } }
}
