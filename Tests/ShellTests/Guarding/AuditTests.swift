import Foundation
import Inspector
import Testing

@testable import Shell

/// Each audit rule reports its findings and only those, and its fix removes them.
@Suite struct AuditTests {
  /// A site on which a rule has a finding: a design, and commands that change it.
  struct AuditCase: Sendable, CustomTestStringConvertible {
    let rule: String
    let design: String
    let commands: String

    var testDescription: String { rule }
  }

  static let auditCases = [
    AuditCase(rule: "clear-text", design: "textbook", commands: ""),
    AuditCase(rule: "certificate-expired", design: "secured", commands: "break lb-1.certificate"),
    AuditCase(rule: "certificate-runs-out", design: "secured", commands: "set lb-1 validity 10d"),
    AuditCase(rule: "clear-text-inside", design: "active-active", commands: ""),
    AuditCase(rule: "tls-ends-at-balancer", design: "textbook", commands: "add tls"),
    AuditCase(rule: "clear-text-database", design: "textbook", commands: ""),
    AuditCase(rule: "database-open", design: "textbook", commands: ""),
    AuditCase(rule: "application-open", design: "textbook", commands: ""),
    AuditCase(rule: "web-server-open", design: "textbook", commands: ""),
    AuditCase(rule: "agent-open", design: "textbook", commands: "add monitor pull"),
    AuditCase(rule: "no-firewall", design: "textbook", commands: ""),
    AuditCase(
      rule: "rule-cuts", design: "secured",
      commands: "remove server-1.firewall; add firewall server-1 allow 22 from internet"),
    AuditCase(rule: "no-monitor", design: "textbook", commands: ""),
    AuditCase(rule: "no-checks", design: "secured", commands: "set lb-1 check off"),
    AuditCase(rule: "shallow-check", design: "secured", commands: "set lb-1 check tcp"),
    AuditCase(rule: "no-redispatch", design: "textbook", commands: ""),
    AuditCase(rule: "process-not-watched", design: "balancer-pair", commands: "set lb-1 track off"),
    AuditCase(
      rule: "two-primaries", design: "textbook",
      commands: "break server-1--server-2; set database failover auto; wait 1m"),
    AuditCase(
      rule: "diverged", design: "textbook",
      commands: "set database lag 2s; send 4 write; break server-1; promote server-2; repair server-1"),
    AuditCase(rule: "deaf-replica", design: "textbook", commands: "break server-1--server-2"),
    AuditCase(rule: "no-replica", design: "scaled-up", commands: ""),
    AuditCase(rule: "writes-refused", design: "textbook", commands: "set database writes local"),
    AuditCase(rule: "failover-without-fencing", design: "textbook", commands: "set database failover auto"),
  ]

  private static func session(_ auditCase: AuditCase) -> Tutor {
    var session = Tutor.design(auditCase.design)
    if !auditCase.commands.isEmpty { session.do(auditCase.commands) }
    return session
  }

  private static func findings(_ session: Tutor, of rule: String) -> [Finding] {
    session.loadedSite.simulation.audit().filter { $0.id == rule }
  }

  @Test func `each rule has a site with a finding`() {
    #expect(AuditTests.auditCases.map(\.rule).sorted() == AuditRule.all.map(\.id).sorted())
  }

  @Test(arguments: auditCases)
  func `each rule finds its problem on its site, and nothing on the secured design`(
    _ auditCase: AuditCase
  ) {
    #expect(!AuditTests.findings(AuditTests.session(auditCase), of: auditCase.rule).isEmpty)
    #expect(AuditTests.findings(Tutor.design("secured"), of: auditCase.rule) == [])
  }

  @Test(arguments: auditCases) func `each fix removes its finding`(_ auditCase: AuditCase) {
    let session = AuditTests.session(auditCase)
    for finding in AuditTests.findings(session, of: auditCase.rule) {
      var fixedSite = session
      for line in finding.fix { fixedSite.do(line) }
      #expect(
        !AuditTests.findings(fixedSite, of: auditCase.rule).contains { $0.component == finding.component },
        "\(finding.component): \(finding.fix)")
    }
  }

  @Test(arguments: auditCases) func `each piece of evidence can be run`(_ auditCase: AuditCase) {
    let session = AuditTests.session(auditCase)
    for finding in AuditTests.findings(session, of: auditCase.rule) {
      var copy = session
      let before = copy.loadedSite
      for line in finding.evidence.commands { copy.do(line) }
      // The typed commands must not change the site.
      expectSame(copy.loadedSite, before, finding.id)
      #expect(!finding.evidence.commands.isEmpty && !finding.evidence.observation.isEmpty)
    }
  }

  /// Returns whether the setting has its wrong value, for findings that no run can show: those of an unused
  /// balancer or of a standby.
  private static func isSet(_ finding: Finding, _ settings: JSON) -> Bool? {
    switch finding.id {
    case "no-checks": settings["check"] == .string("off")
    case "shallow-check": settings["check"] == .string("tcp") || settings["check-path"] == .string("nginx")
    case "no-redispatch": settings["redispatch"] == .flag(false)
    case "process-not-watched": settings["track"] == .flag(false)
    case "writes-refused": settings["writes"] == .string("local")
    case "failover-without-fencing": settings["fencing"] == .flag(false)
    case "clear-text": settings["validity"] == nil
    case "clear-text-database": settings["tls"] == .flag(false)
    case "certificate-expired", "certificate-runs-out": settings["validity"] != nil
    default: nil
    }
  }

  /// Returns whether the output of the last command shows the finding.
  private static func shows(_ finding: Finding, _ last: JSON) -> Bool {
    let line = finding.evidence.commands.last ?? ""
    if !line.contains("break"), let isSet = last["settings"].flatMap({ isSet(finding, $0) }) { return isSet }
    switch finding.id {
    case "clear-text", "clear-text-inside", "tls-ends-at-balancer": return last["readable"] == .flag(true)
    case "clear-text-database": return last["readable"] == .flag(true)
    case "database-open", "application-open", "web-server-open", "agent-open":
      return last["open"]?.elements.isEmpty == false
    case "no-firewall":
      return last["ports"]?.elements.allSatisfy { $0["state"] != .string("filtered") } == true
    case "rule-cuts":
      // The output shows the effect on operators and advertisements.
      if let agents = last["agents"]?.elements {
        return agents.contains {
          $0["missed"] == .flag(true) && finding.component == "\($0["host"]?.string ?? "").firewall"
        }
      }
      if let holders = last["value"]?.elements { return holders.count > 1 }
      let port = finding.evidence.observation.split(separator: ":").last.flatMap { Double($0) }
      return last["ports"]?.elements.contains {
        $0["port"]?.number == port && $0["state"] == .string("filtered")
      } == true
    case "certificate-expired", "no-checks", "no-redispatch", "writes-refused":
      return last["failed"]?.number ?? 0 > 0
    case "process-not-watched":
      return last["failed"]?.number ?? 0 > 0
        || last["value"]?.elements.contains(.string(finding.component)) == true
    case "shallow-check":
      let server = finding.evidence.observation.prefix { $0 != "." }
      return last["servers"]?.elements.contains {
        $0["name"] == .string(String(server)) && $0["state"] == .string("UP")
      } == true
    case "no-monitor": return last["told"]?.elements.contains(.string(finding.component)) == false
    case "two-primaries", "failover-without-fencing":
      return last["nodes"]?.elements.count { $0["role"] == .string("primary") } ?? 0 > 1
    case "diverged": return last["nodes"]?.elements.contains { $0["role"] == .string("diverged") } == true
    case "deaf-replica":
      return last["nodes"]?.elements.contains {
        $0["name"] == .string(finding.component) && $0["connected"] == .flag(false)
      } == true
    case "no-replica": return last["nodes"]?.elements.count == 1
    default: return false
    }
  }

  private static let designCases = designs.map { AuditCase(rule: "", design: $0.name, commands: "") }

  @Test(
    arguments: auditCases + designCases + [
      AuditCase(rule: "", design: "balancer-pair", commands: "add tls"),
      AuditCase(
        rule: "", design: "balancer-pair", commands: "add tls; break lb-1.certificate; break lb-2.certificate"
      ),
      AuditCase(
        rule: "", design: "balancer-pair",
        commands: "set lb-1 check off; set lb-2 check off; set lb-2 redispatch on"),
      AuditCase(rule: "", design: "scaled-up", commands: "set lb-1 check tcp; set lb-2 check tcp"),
    ]) func `the evidence shows the finding`(_ auditCase: AuditCase)
  {
    let session = AuditTests.session(auditCase)
    for finding in session.loadedSite.simulation.audit() {
      for line in finding.evidence.commands {
        var copy = session
        let reply = copy.do(line).json
        let last = reply["replies"]?.elements.last ?? reply
        guard line == finding.evidence.commands.last else { continue }
        #expect(AuditTests.shows(finding, last), "\(finding.id) \(finding.component): \(line)")
        // The numbers in the evidence must be those of the run.
        if let failed = last["failed"]?.number, finding.evidence.observation.contains(" failed") {
          #expect(
            finding.evidence.observation.contains("\(Int(failed)) of "), "\(finding.evidence.observation)")
        }
      }
    }
  }

  /// Returns a site that a user might build. It may have one or two faults.
  private static func randomSite(_ seed: Int) -> Tutor {
    var site = RandomSite(seed: seed)
    if seed % 3 > 0 { site.breakRandomTarget() }
    if seed % 3 > 1 { site.breakRandomTarget() }
    return site.session
  }

  private static func last(_ line: String, _ session: Tutor) -> JSON {
    var copy = session
    let reply = copy.do(line).json
    return reply["replies"]?.elements.last ?? reply
  }

  @Test(arguments: 1...18)
  func `on random sites, the evidence shows the finding until it is fixed`(seed: Int) {
    let session = AuditTests.randomSite(seed)
    for finding in session.loadedSite.simulation.audit() {
      guard let line = finding.evidence.commands.last else { continue }
      let comment: Comment = "seed \(seed), \(finding.id) \(finding.component): \(line)"
      #expect(AuditTests.shows(finding, AuditTests.last(line, session)), comment)
      var fixedSite = session
      for line in finding.fix { fixedSite.do(line) }
      fixedSite.do("wait 1m")
      // Repairs that the fix has already made are left out.
      guard let replay = AuditTests.replay(line, on: fixedSite) else { continue }
      #expect(!AuditTests.shows(finding, replay), comment)
    }
  }

  /// Runs the evidence again on the fixed site, without repairs that the fix has already made.
  private static func replay(_ line: String, on fixedSite: Tutor) -> JSON? {
    let isWhatIf = line.hasPrefix("whatif ")
    let steps = (isWhatIf ? String(line.dropFirst(7)) : line).components(separatedBy: "; ")
    let left = steps.filter { step in
      guard step.hasPrefix("repair ") else { return true }
      var copy = fixedSite
      return copy.obey(step).isOK
    }
    return last((isWhatIf ? "whatif " : "") + left.joined(separator: "; "), fixedSite)
  }

  @Test(arguments: 1...12) func `a fault does not hide audit findings`(seed: Int) {
    var site = RandomSite(seed: seed)
    let before = site.session.loadedSite.simulation.audit().map(\.id)
    site.breakRandomTarget()
    let after = site.session.loadedSite.simulation.audit().map(\.id)
    #expect(Set(before).isSubset(of: after), "seed \(seed)")
  }

  /// Returns the kinds that each component stops, by name. The empty name has the kinds that fail already.
  private static func stoppedKinds(_ session: Tutor) -> [String: [String]] {
    var copy = session
    let reply = copy.do("spof").json
    var stoppedKinds = ["": (reply["failing_already"]?.elements ?? []).compactMap { $0.string }]
    for spof in reply["spofs"]?.elements ?? [] {
      stoppedKinds[spof["component"]?.string ?? ""] = (spof["kinds"]?.elements ?? []).compactMap { $0.string }
    }
    return stoppedKinds
  }

  @Test(arguments: 1...14)
  func `on random sites, applying all fixes leaves no finding and adds no SPOF`(seed: Int) {
    var session = RandomSite(seed: seed).session
    let before = AuditTests.stoppedKinds(session)
    let couldSplit = !AuditTests.findings(session, of: "failover-without-fencing").isEmpty
    for _ in 0..<6 {
      for finding in session.loadedSite.simulation.audit() {
        for line in finding.fix { _ = session.obey(line) }
      }
    }
    session.do("wait 1m")
    #expect(
      session.loadedSite.simulation.audit().map { "\($0.id) \($0.component)" } == [], "seed \(seed)")
    for (component, kinds) in AuditTests.stoppedKinds(session) {
      // A new firewall or certificate is another component that can fail.
      if component.hasSuffix(".firewall") || component.hasSuffix(".certificate") { continue }
      // With fencing, a cut link leads to refused writes instead of a second primary.
      if component.contains("--"), couldSplit { continue }
      let host = String(component.prefix { $0 != "." })
      let known = [component, host, ""].flatMap { before[$0] ?? [] }
      #expect(Set(kinds).subtracting(known).isEmpty, "seed \(seed): \(component)")
    }
  }

  @Test(arguments: designs) func `applying all fixes leaves no finding`(_ design: Document) {
    var session = Tutor.design(design.name)
    for _ in 0..<4 {
      for finding in session.loadedSite.simulation.audit() {
        for line in finding.fix { _ = session.obey(line) }
      }
    }
    #expect(session.loadedSite.simulation.audit().map { "\($0.id) \($0.component)" } == [])
    #expect(session.do("send 12 mix").number("failed") == 0)
  }

  @Test func `the worst finding comes first, and JSON has all of them`() {
    var session = Tutor.design("textbook")
    let findings = session.do("audit").json["findings"]?.elements ?? []
    let severities = findings.compactMap { $0["severity"]?.string }
    #expect(severities == severities.sorted { rank($0) < rank($1) })
    let first = findings.first
    #expect(first?["id"] == .string("clear-text"))
    #expect(first?["component"] == .string("lb-1"))
    #expect(first?["cwe"] == .integer(319))
    #expect(first?["fix"] == .string("add tls lb-1"))
    #expect(first?["evidence"]?["commands"] == .array([.string("attack sniff internet--lb-1")]))
    #expect(Tutor.design("secured").loadedSite.simulation.audit() == [])
  }

  private func rank(_ severity: String) -> Int { ["high", "medium", "low"].firstIndex(of: severity) ?? 3 }

  @Test func `a port that a rule opens is found, and closed by new rules`() {
    var session = Tutor.design("secured")
    session.do("add firewall server-1 allow 3306 from internet")
    let found = AuditTests.findings(session, of: "database-open")
    #expect(found.map(\.fix) == [["remove server-1.firewall", "add firewall server-1"]])
  }

  @Test func `a rule that blocks traffic is found`() {
    var session = Tutor.design("secured")
    session.do("add firewall server-1 deny server-2")
    let found = AuditTests.findings(session, of: "rule-cuts")
    #expect(found.map(\.component) == ["server-1.firewall"])
    #expect(found.map(\.fix) == [["remove server-1.firewall", "add firewall server-1"]])
  }
}
