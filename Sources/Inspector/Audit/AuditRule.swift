import Blueprint
import Simulator

/// One way in which a site can be wrong. A new one is one element of one of the lists.
public struct AuditRule: Sendable {
  public let id: String
  public let title: String
  public let severity: Finding.Severity
  public let cwe: Int?
  /// On what it looks: a dead balancer hides what is wrong with its settings, and a dead server what stands open there.
  let sees: Sight
  /// The rule of which it is what remains once that one was half cured.
  let remainsOf: String?
  let find: @Sendable (Simulation) -> [Flaw]

  enum Sight: Sendable {
    /// The site as it stands.
    case asItStands
    /// The site with all that is broken mended, but for certificates.
    case allButCertificates
    /// The site with all that is broken mended.
    case mended
  }

  /// A place where the rule is broken. What proves it and what cures it is found out once somebody wants to know.
  struct Flaw {
    let component: String
    let evidence: () -> Evidence
    let fix: () -> [Remedy]

    init(_ component: String, _ evidence: @autoclosure @escaping () -> Evidence, fix: Remedy...) {
      self.init(component, evidence(), fixes: fix)
    }

    init(
      _ component: String, _ evidence: @autoclosure @escaping () -> Evidence,
      fixes: @autoclosure @escaping () -> [Remedy]
    ) {
      self.component = component
      self.evidence = evidence
      self.fix = fixes
    }
  }

  init(
    _ id: String, _ severity: Finding.Severity, cwe: Int? = nil, sees: Sight = .mended,
    remainsOf: String? = nil, _ title: String, find: @escaping @Sendable (Simulation) -> [Flaw]
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.cwe = cwe
    self.sees = sees
    self.remainsOf = remainsOf
    self.find = find
  }

  public static let all: [AuditRule] = encrypting + admitting + watching + balancing + storing
}

extension Simulation {
  /// The hosts for which something holds.
  func hosts(where isSo: (Host) -> Bool) -> [Host] { topology.hosts.filter(isSo) }

  var balancerHosts: [Host] { hosts { $0.isBalancer } }

  /// The site after those failures and a while, and how one gets there on a copy; nil where it cannot be done.
  func after(_ failures: [Breakage.Plan], wait: Span = .zero) -> (site: Simulation, steps: [String])? {
    var copy = self
    for failure in failures where (try? copy.perform(.break(failure.target, failure.fault))) == nil {
      return nil
    }
    guard wait > .zero else { return (copy, failures.map { $0.command }) }
    guard (try? copy.perform(.wait(wait))) != nil else { return nil }
    return (copy, failures.map { $0.command } + ["wait \(wait.command)"])
  }

  /// The site where users reach that balancer: as it is, or with the others dead.
  func reaching(_ balancer: Host) -> (site: Simulation, steps: [String]) {
    if path(.static)?.balancer == balancer.name { return (self, []) }
    let others = balancerHosts.filter { $0.name != balancer.name }
    guard !others.isEmpty else { return (self, []) }
    return after(others.map { Breakage.Plan(.part(Address($0.name))) }, wait: .seconds(30)) ?? (self, [])
  }
}

extension Evidence {
  /// Commands of which some lead there: on a copy as soon as anything is done to the site.
  init(_ steps: [String], then commands: [String], saw: String) {
    self.init(
      steps.isEmpty ? commands : commands.map { "whatif \((steps + [$0]).joined(separator: "; "))" }, saw: saw
    )
  }
}
