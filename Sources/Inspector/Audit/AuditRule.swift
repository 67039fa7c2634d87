import Blueprint
import Simulator

/// A weakness that an audit looks for. To add a rule, add an element to one of the lists.
public struct AuditRule: Sendable {
  public let id: String
  public let title: String
  public let severity: Finding.Severity
  public let cwe: Int?
  /// The state of the site in which the rule looks for flaws.
  let basis: AuditBasis
  /// The rule whose finding becomes one of this rule after a first part of the fix.
  let remainsOf: String?
  let find: @Sendable (Simulation) -> [Flaw]

  /// A component that breaks the rule.
  struct Flaw {
    let component: String
    /// How to see the flaw, and what fixes it. Both need experiments, so they are computed only when they are needed.
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
    _ id: String, _ severity: Finding.Severity, cwe: Int? = nil, on basis: AuditBasis = .repaired,
    remainsOf: String? = nil, _ title: String, find: @escaping @Sendable (Simulation) -> [Flaw]
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.cwe = cwe
    self.basis = basis
    self.remainsOf = remainsOf
    self.find = find
  }

  public static let all: [AuditRule] = encryption + access + monitoring + balancing + database
}

/// The state of a site in which a rule looks for flaws.
///
/// Most rules look at the repaired site: a balancer that has failed hides wrong settings, and a server that has failed
/// hides open ports.
enum AuditBasis: Sendable {
  /// The site with its present faults.
  case asItIs
  /// The site with every fault repaired except expired certificates.
  case repairedExceptCertificates
  /// The site with every fault repaired.
  case repaired
}

extension Simulation {
  /// Returns the hosts that satisfy a condition.
  func hosts(where isIncluded: (Host) -> Bool) -> [Host] { topology.hosts.filter(isIncluded) }

  var balancerHosts: [Host] { hosts { $0.isBalancer } }
}
