import Blueprint
import Simulator

/// An audit of one site, in its present state and with its faults repaired.
struct Audit {
  private let site: Simulation
  private let repairedSite: SiteView
  private let repairedExceptCertificates: SiteView

  /// A site, and the commands that lead to it from the audited site.
  private struct SiteView {
    let site: Simulation
    let commands: [String]
  }

  init(_ simulation: Simulation) {
    site = simulation.configured
    repairedSite = Audit.repairedSite(site) { _ in true }
    let hasExpired = site.faults.contains { $0.fault == .expired }
    repairedExceptCertificates = hasExpired ? Audit.repairedSite(site) { $0.fault != .expired } : repairedSite
  }

  /// Returns the site after the chosen faults are repaired and it has settled. If that is impossible, returns
  /// the site unchanged.
  private static func repairedSite(_ site: Simulation, where isRepaired: (InjectedFault) -> Bool) -> SiteView
  {
    let repairs = site.faults.filter(isRepaired).map { $0.target }.unique.map { FixStep.repair($0) }
    let steps = repairs + [.wait(site.topology.settlingTime)]
    guard !repairs.isEmpty, let copy = try? site.after(steps) else {
      return SiteView(site: site, commands: [])
    }
    return SiteView(site: copy, commands: steps.map { $0.text })
  }

  private func view(for basis: AuditBasis) -> SiteView {
    switch basis {
    case .presentSite: SiteView(site: site, commands: [])
    case .repairedExceptCertificates: repairedExceptCertificates
    case .repairedSite: repairedSite
    }
  }

  func matches(of rule: AuditRule) -> [AuditMatch] {
    let view = view(for: rule.basis)
    return rule.find(view.site).map { AuditMatch(rule: rule, flaw: $0, commands: view.commands) }
  }

  var matches: [AuditMatch] { AuditRule.all.flatMap { matches(of: $0) } }

  // MARK: Fixes

  /// The most hosts of a site on which the fix of each finding is tried. On a larger site, the fix that the
  /// rule suggests is reported untested.
  static let mostHostsForFixTrials = 20

  /// Returns the fix of each match, including the steps that prevent further findings. If `shouldContinue`
  /// stops the work, the remaining fixes are empty.
  func completedFixes(of matches: [AuditMatch], _ shouldContinue: () -> Bool) -> [[FixStep]] {
    var known: [(fix: [FixStep], completed: [FixStep])] = []
    return matches.map { match in
      guard shouldContinue() else { return [] }
      let fix = match.flaw.fix()
      if let same = known.first(where: { $0.fix == fix }) { return same.completed }
      known.append((fix, completed(fix, besides: matches)?.steps ?? fix))
      return known[known.count - 1].completed
    }
  }

  /// Returns the steps, extended to fix every finding that they would cause, and the titles of those
  /// findings. Returns nil if new findings remain after `mostRounds` rounds.
  func completed(_ steps: [FixStep], besides existing: [AuditMatch]) -> (steps: [FixStep], reasons: [String])?
  {
    var (all, reasons) = (steps, [String]())
    for _ in 0..<Audit.mostRounds {
      guard let fixed = try? site.after(all) else { return nil }
      let new = Audit(fixed).matches.filter { isNew($0, besides: existing) }
      guard !new.isEmpty else { return (all, reasons) }
      all = (all + new.flatMap { $0.flaw.fix() }).unique
      reasons = (reasons + new.map { $0.rule.title }).unique
    }
    return nil
  }

  /// The most times that steps are added because of new findings.
  private static let mostRounds = 4

  /// Returns whether the finding is new. A finding on a new host is not new if another host already had the
  /// same flaw.
  private func isNew(_ match: AuditMatch, besides existing: [AuditMatch]) -> Bool {
    let ids = existing.map { $0.rule.id }
    if let first = match.rule.originRule, ids.contains(first) { return false }
    let isOnNewHost = site.topology.isOnNewHost(match.flaw.component)
    return isOnNewHost ? !ids.contains(match.rule.id) : !existing.contains { $0.isSame(as: match) }
  }
}

/// A flaw, and the rule that found it.
struct AuditMatch {
  let rule: AuditRule
  let flaw: AuditRule.Flaw
  /// The commands that lead to the site on which the flaw was found.
  fileprivate let commands: [String]

  /// Returns whether the two matches count as one finding.
  func isSame(as other: AuditMatch) -> Bool {
    let ends = [flaw.component, other.flaw.component].map { FaultTarget.ends(of: $0) }
    return rule.id == other.rule.id
      && (flaw.component == other.flaw.component || ends.allSatisfy { $0 != nil })
  }

  func finding(fix: [FixStep]) -> Finding {
    Finding(
      id: rule.id, title: rule.title, severity: rule.severity, cwe: rule.cwe, component: flaw.component,
      evidence: flaw.evidence().after(commands), fix: fix.map { $0.text })
  }
}

extension Topology {
  /// Returns whether the component, or an end of the link, belongs to a host that does not exist in this
  /// topology.
  fileprivate func isOnNewHost(_ component: String) -> Bool {
    let ends = FaultTarget.ends(of: component).map { [$0.0, $0.1] } ?? [component]
    return ends.contains { end in
      let name = end.split(separator: ".").first.map(String.init) ?? end
      return ![FaultTarget.internet, "database"].contains(name) && host(named: name) == nil
    }
  }
}

extension Simulation {
  /// Returns the weaknesses of the site, the most severe first. If `shouldContinue` stops the audit early,
  /// some are missing.
  public func audit(shouldContinue: ContinueCheck = { _ in true }) -> [Finding] {
    let audit = Audit(self)
    // The audit of a small site is so short that `shouldContinue` is not called.
    let isLong = topology.hosts.count > 5
    func mayContinue(_ share: Double) -> Bool { !isLong || shouldContinue(share) }
    var matches: [AuditMatch] = []
    for (i, rule) in AuditRule.all.enumerated()
    where mayContinue(Double(i) / Double(AuditRule.all.count) / 2) {
      matches += audit.matches(of: rule)
    }
    let fixes =
      topology.hosts.count <= Audit.mostHostsForFixTrials
      ? audit.completedFixes(of: matches) { mayContinue(0.5) } : matches.map { $0.flaw.fix() }
    let findings = zip(matches, fixes).compactMap { match, fix in
      mayContinue(0.75) ? match.finding(fix: fix) : nil
    }
    return Finding.Severity.allCases.flatMap { severity in findings.filter { $0.severity == severity } }
  }
}
