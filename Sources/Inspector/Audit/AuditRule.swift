import Blueprint
import Simulator

/// A kind of weakness that an audit looks for. To add a rule, add an element to one of the lists of rules.
public struct AuditRule: Sendable {
  public let id: String
  public let title: String
  public let severity: Finding.Severity
  public let cwe: Int?
  /// The state of the site that the rule examines.
  let basis: AuditBasis
  /// The id of a rule whose findings can turn into findings of this rule if their fix is only partly applied.
  let originRule: String?
  let find: @Sendable (Simulation) -> [Flaw]

  /// A component or link that breaks the rule.
  struct Flaw {
    let component: String
    /// The evidence of the flaw, and its fix. Both need experiments, so they are computed only on demand.
    let evidence: () -> Evidence
    let fix: () -> [FixStep]

    init(_ component: String, _ evidence: @autoclosure @escaping () -> Evidence, fix: FixStep...) {
      self.init(component, evidence(), fixes: fix)
    }

    init(
      _ component: String, _ evidence: @autoclosure @escaping () -> Evidence,
      fixes: @autoclosure @escaping () -> [FixStep]
    ) {
      self.component = component
      self.evidence = evidence
      self.fix = fixes
    }
  }

  init(
    _ id: String, _ severity: Finding.Severity, cwe: Int? = nil, on basis: AuditBasis = .repairedSite,
    originRule: String? = nil, _ title: String, find: @escaping @Sendable (Simulation) -> [Flaw]
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.cwe = cwe
    self.basis = basis
    self.originRule = originRule
    self.find = find
  }

  public static let all: [AuditRule] = encryption + access + monitoring + balancing + database
}

/// The state of a site that a rule examines.
///
/// Most rules examine the repaired site. A failed balancer hides wrong settings, and a failed server hides
/// open ports.
enum AuditBasis: Sendable {
  /// The site in its present state, with its faults.
  case presentSite
  /// The site with every fault repaired except expired certificates.
  case repairedExceptCertificates
  /// The site with every fault repaired.
  case repairedSite
}

extension Simulation {
  func hosts(where isIncluded: (Host) -> Bool) -> [Host] { topology.hosts.filter(isIncluded) }

  var balancerHosts: [Host] { hosts { $0.isBalancer } }
}
