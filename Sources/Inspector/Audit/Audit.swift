import Blueprint
import Simulator

/// An audit under way: the site as it stands, and as it would be if nothing were broken.
struct Audit {
  private let site: Simulation
  private let mended: View
  private let allButCertificates: View

  /// A site to look at, and how one gets there.
  private struct View {
    let site: Simulation
    let steps: [String]
  }

  /// A flaw, by the rule that found it.
  struct Found {
    let rule: AuditRule
    let flaw: AuditRule.Flaw
    fileprivate let steps: [String]

    /// One link stands for all on which the same is wrong.
    func isSame(as other: Found) -> Bool {
      let ends = [flaw.component, other.flaw.component].map { Breakable.ends(of: $0) }
      return rule.id == other.rule.id
        && (flaw.component == other.flaw.component || ends.allSatisfy { $0 != nil })
    }
  }

  init(_ simulation: Simulation) {
    site = simulation.wired
    mended = Audit.mended(site) { _ in true }
    let hasExpired = site.faults.contains { $0.fault == .expired }
    allButCertificates = hasExpired ? Audit.mended(site) { $0.fault != .expired } : mended
  }

  /// The site with what is broken repaired, once that has been noticed.
  private static func mended(_ site: Simulation, where isMended: (Breakage) -> Bool) -> View {
    let repairs = site.faults.filter(isMended).map { $0.target }.unique.map { Remedy.repair($0) }
    guard !repairs.isEmpty, var copy = site.after(repairs) else { return View(site: site, steps: []) }
    let wait = site.topology.settlingTime
    guard (try? copy.perform(.wait(wait))) != nil else { return View(site: site, steps: []) }
    return View(site: copy, steps: repairs.map { $0.text } + ["wait \(wait.command)"])
  }

  private func view(_ rule: AuditRule) -> View {
    switch rule.sees {
    case .asItStands: View(site: site, steps: [])
    case .allButCertificates: allButCertificates
    case .mended: mended
    }
  }

  func found(by rule: AuditRule) -> [Found] {
    let view = view(rule)
    return rule.find(view.site).map { Found(rule: rule, flaw: $0, steps: view.steps) }
  }

  var found: [Found] { AuditRule.all.flatMap { found(by: $0) } }

  // MARK: Cures

  /// On sites beyond that a cure is said as the rule knows it, and not tried.
  static let mostTried = 20

  /// In the order of what was found; several may have the same.
  func completedFixes(of found: [Found], _ goOn: () -> Bool) -> [[Remedy]] {
    var known: [(fix: [Remedy], completed: [Remedy])] = []
    return found.map { one in
      guard goOn() else { return [] }
      let fix = one.flaw.fix()
      if let same = known.first(where: { $0.fix == fix }) { return same.completed }
      known.append((fix, completed(fix, besides: found)?.steps ?? fix))
      return known[known.count - 1].completed
    }
  }

  /// Those remedies, and what cures that which they bring, with what that is; nil where that leads nowhere.
  func completed(_ remedies: [Remedy], besides before: [Found]) -> (steps: [Remedy], because: [String])? {
    var (all, because) = (remedies, [String]())
    for _ in 0..<Audit.mostRounds {
      guard let cured = site.after(all) else { return nil }
      let new = Audit(cured).found.filter { isNew($0, besides: before) }
      guard !new.isEmpty else { return (all, because) }
      all = (all + new.flatMap { $0.flaw.fix() }).unique
      because = (because + new.map { $0.rule.title }).unique
    }
    return nil
  }

  private static let mostRounds = 4

  /// Whether the site knew nothing like it. A host more may be as weak as those that there were.
  private func isNew(_ found: Found, besides before: [Found]) -> Bool {
    let ids = before.map { $0.rule.id }
    if let half = found.rule.remainsOf, ids.contains(half) { return false }
    let isOfNewHost = site.topology.isOfNewHost(found.flaw.component)
    return isOfNewHost ? !ids.contains(found.rule.id) : !before.contains { $0.isSame(as: found) }
  }
}

extension Topology {
  /// Whether a component is, or is at, a host that is not there.
  func isOfNewHost(_ component: String) -> Bool {
    let ends = Breakable.ends(of: component).map { [$0.0, $0.1] } ?? [component]
    return ends.contains { end in
      let name = end.split(separator: ".").first.map(String.init) ?? end
      return ![Breakable.internet, "database"].contains(name) && host(named: name) == nil
    }
  }
}

extension Audit.Found {
  /// With the run that proves it, and what cures it.
  func finding(fix: [Remedy]) -> Finding {
    Finding(
      id: rule.id, title: rule.title, severity: rule.severity, cwe: rule.cwe, component: flaw.component,
      evidence: flaw.evidence().led(by: steps), fix: fix.map { $0.text })
  }
}

extension Evidence {
  /// The same, where those steps have been taken on the copy first.
  fileprivate func led(by steps: [String]) -> Evidence {
    guard !steps.isEmpty else { return self }
    let whatif = "whatif "
    return Evidence(
      steps, then: commands.map { $0.hasPrefix(whatif) ? String($0.dropFirst(whatif.count)) : $0 }, saw: saw)
  }
}

extension Simulation {
  /// What is wrong, the worst first; only a part of it once it is not to go on.
  public func audit(goOn: GoOn = { _ in true }) -> [Finding] {
    let audit = Audit(self)
    // Of a few hosts all is known before anybody could want to stop.
    let isLong = topology.hosts.count > 5
    func goesOn(_ share: Double) -> Bool { !isLong || goOn(share) }
    var found: [Audit.Found] = []
    for (i, rule) in AuditRule.all.enumerated() where goesOn(Double(i) / Double(AuditRule.all.count) / 2) {
      found += audit.found(by: rule)
    }
    let fixes =
      topology.hosts.count <= Audit.mostTried
      ? audit.completedFixes(of: found) { goesOn(0.5) } : found.map { $0.flaw.fix() }
    let findings = zip(found, fixes).compactMap { one, fix in goesOn(0.75) ? one.finding(fix: fix) : nil }
    return Finding.Severity.allCases.flatMap { severity in findings.filter { $0.severity == severity } }
  }
}
