import Foundation
import Inspector
import Testing

@testable import Shell

/// Each audit rule reports its findings and only those, and its fix removes them.
@Suite struct AuditTests {
  /// A site on which a rule has a finding: a design, and commands that change it.
  struct Place: Sendable, CustomTestStringConvertible {
    let rule: String
    let design: String
    let commands: String

    var testDescription: String { rule }
  }

  static let speaking = [
    Place(rule: "clear-text", design: "textbook", commands: ""),
    Place(rule: "certificate-expired", design: "secured", commands: "break lb-1.certificate"),
    Place(rule: "certificate-runs-out", design: "secured", commands: "set lb-1 validity 10d"),
    Place(rule: "clear-text-inside", design: "active-active", commands: ""),
    Place(rule: "tls-ends-at-balancer", design: "textbook", commands: "add tls"),
    Place(rule: "clear-text-database", design: "textbook", commands: ""),
    Place(rule: "database-open", design: "textbook", commands: ""),
    Place(rule: "application-open", design: "textbook", commands: ""),
    Place(rule: "web-server-open", design: "textbook", commands: ""),
    Place(rule: "agent-open", design: "textbook", commands: "add monitor pull"),
    Place(rule: "no-firewall", design: "textbook", commands: ""),
    Place(
      rule: "rule-cuts", design: "secured",
      commands: "remove server-1.firewall; add firewall server-1 allow 22 from internet"),
    Place(rule: "no-monitor", design: "textbook", commands: ""),
    Place(rule: "no-checks", design: "secured", commands: "set lb-1 check off"),
    Place(rule: "shallow-check", design: "secured", commands: "set lb-1 check tcp"),
    Place(rule: "no-redispatch", design: "textbook", commands: ""),
    Place(rule: "process-not-watched", design: "balancer-pair", commands: ""),
    Place(
      rule: "two-primaries", design: "textbook",
      commands: "break server-1--server-2; set database failover auto; wait 1m"),
    Place(
      rule: "diverged", design: "textbook", commands: "break server-1; promote server-2; repair server-1"),
    Place(rule: "deaf-replica", design: "textbook", commands: "break server-1--server-2"),
    Place(rule: "no-replica", design: "scaled-up", commands: ""),
    Place(rule: "writes-refused", design: "textbook", commands: "set database writes local"),
    Place(rule: "failover-without-fencing", design: "textbook", commands: "set database failover auto"),
  ]

  private static func session(_ place: Place) -> Tutor {
    var session = Tutor.design(place.design)
    if !place.commands.isEmpty { session.do(place.commands) }
    return session
  }

  private static func findings(_ session: Tutor, of rule: String) -> [Finding] {
    session.scene.simulation.audit().filter { $0.id == rule }
  }

  @Test func `each rule has a site with a finding`() {
    #expect(AuditTests.speaking.map(\.rule).sorted() == AuditRule.all.map(\.id).sorted())
  }

  @Test(arguments: speaking) func `each rule finds its problem there, and nothing on the fixed design`(
    _ place: Place
  ) {
    #expect(!AuditTests.findings(AuditTests.session(place), of: place.rule).isEmpty)
    #expect(AuditTests.findings(Tutor.design("secured"), of: place.rule) == [])
  }

  @Test(arguments: speaking) func `each fix removes its finding`(_ place: Place) {
    let session = AuditTests.session(place)
    for finding in AuditTests.findings(session, of: place.rule) {
      var cured = session
      for line in finding.fix { cured.do(line) }
      #expect(
        !AuditTests.findings(cured, of: place.rule).contains { $0.component == finding.component },
        "\(finding.component): \(finding.fix)")
    }
  }

  @Test(arguments: speaking) func `each piece of evidence can be run`(_ place: Place) {
    let session = AuditTests.session(place)
    for finding in AuditTests.findings(session, of: place.rule) {
      var copy = session
      let before = copy.scene
      for line in finding.evidence.commands { copy.do(line) }
      // The typed commands must not change the site.
      expectSame(copy.scene, before, finding.id)
      #expect(!finding.evidence.commands.isEmpty && !finding.evidence.saw.isEmpty)
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
      let port = finding.evidence.saw.split(separator: ":").last.flatMap { Double($0) }
      return last["ports"]?.elements.contains {
        $0["port"]?.number == port && $0["state"] == .string("filtered")
      } == true
    case "certificate-expired", "no-checks", "no-redispatch", "writes-refused":
      return last["failed"]?.number ?? 0 > 0
    case "process-not-watched":
      return last["failed"]?.number ?? 0 > 0
        || last["value"]?.elements.contains(.string(finding.component)) == true
    case "shallow-check":
      let server = finding.evidence.saw.prefix { $0 != "." }
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

  private static let byDesign = designs.map { Place(rule: "", design: $0.name, commands: "") }

  @Test(
    arguments: speaking + byDesign + [
      Place(rule: "", design: "balancer-pair", commands: "add tls"),
      Place(
        rule: "", design: "balancer-pair", commands: "add tls; break lb-1.certificate; break lb-2.certificate"
      ),
      Place(
        rule: "", design: "balancer-pair",
        commands: "set lb-1 check off; set lb-2 check off; set lb-2 redispatch on"),
      Place(rule: "", design: "scaled-up", commands: "set lb-1 check tcp; set lb-2 check tcp"),
    ]) func `the evidence shows the finding`(_ place: Place)
  {
    let session = AuditTests.session(place)
    for finding in session.scene.simulation.audit() {
      for line in finding.evidence.commands {
        var copy = session
        let reply = copy.do(line).json
        let last = reply["replies"]?.elements.last ?? reply
        guard line == finding.evidence.commands.last else { continue }
        #expect(AuditTests.shows(finding, last), "\(finding.id) \(finding.component): \(line)")
        // The numbers in the evidence are the actual numbers.
        if let failed = last["failed"]?.number, finding.evidence.saw.contains(" failed") {
          #expect(finding.evidence.saw.contains("\(Int(failed)) of "), "\(finding.evidence.saw)")
        }
      }
    }
  }

  /// Returns a site that a user might build. It may have one or two faults.
  private static func randomSite(_ seed: Int) -> Tutor {
    var site = RandomSite(seed: seed)
    if seed % 3 > 0 { site.breakSomething() }
    if seed % 3 > 1 { site.breakSomething() }
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
    for finding in session.scene.simulation.audit() {
      guard let line = finding.evidence.commands.last else { continue }
      let comment: Comment = "seed \(seed), \(finding.id) \(finding.component): \(line)"
      #expect(AuditTests.shows(finding, AuditTests.last(line, session)), comment)
      var cured = session
      for line in finding.fix { cured.do(line) }
      cured.do("wait 1m")
      // Repairs that the fix has already made are left out.
      guard let replayed = AuditTests.replayed(line, on: cured) else { continue }
      #expect(!AuditTests.shows(finding, replayed), comment)
    }
  }

  /// Runs the evidence again on the fixed site, without repairs that the fix has already made.
  private static func replayed(_ line: String, on cured: Tutor) -> JSON? {
    let isRun = line.hasPrefix("whatif ")
    let steps = (isRun ? String(line.dropFirst(7)) : line).components(separatedBy: "; ")
    let left = steps.filter { step in
      guard step.hasPrefix("repair ") else { return true }
      var copy = cured
      return copy.obey(step).isOK
    }
    return last((isRun ? "whatif " : "") + left.joined(separator: "; "), cured)
  }

  @Test(arguments: 1...12) func `a fault does not hide audit findings`(seed: Int) {
    var site = RandomSite(seed: seed)
    let before = site.session.scene.simulation.audit().map(\.id)
    site.breakSomething()
    let after = site.session.scene.simulation.audit().map(\.id)
    #expect(Set(before).isSubset(of: after), "seed \(seed)")
  }

  /// Returns the kinds that each component stops, by name. The empty name has the kinds that fail already.
  private static func stopped(_ session: Tutor) -> [String: [String]] {
    var copy = session
    let reply = copy.do("spof").json
    var stopped = ["": (reply["failing_already"]?.elements ?? []).compactMap { $0.string }]
    for spof in reply["spofs"]?.elements ?? [] {
      stopped[spof["component"]?.string ?? ""] = (spof["kinds"]?.elements ?? []).compactMap { $0.string }
    }
    return stopped
  }

  @Test(arguments: 1...14)
  func `on random sites, applying all fixes leaves no finding and adds no SPOF`(seed: Int) {
    var session = RandomSite(seed: seed).session
    let before = AuditTests.stopped(session)
    let wasTorn = !AuditTests.findings(session, of: "failover-without-fencing").isEmpty
    for _ in 0..<6 {
      for finding in session.scene.simulation.audit() {
        for line in finding.fix { _ = session.obey(line) }
      }
    }
    session.do("wait 1m")
    #expect(
      session.scene.simulation.audit().map { "\($0.id) \($0.component)" } == [], "seed \(seed)")
    for (component, kinds) in AuditTests.stopped(session) {
      // A new firewall or certificate is another component that can fail.
      if component.hasSuffix(".firewall") || component.hasSuffix(".certificate") { continue }
      // With fencing, a cut link leads to refused writes instead of a second primary.
      if component.contains("--"), wasTorn { continue }
      let host = String(component.prefix { $0 != "." })
      let known = [component, host, ""].flatMap { before[$0] ?? [] }
      #expect(Set(kinds).subtracting(known).isEmpty, "seed \(seed): \(component)")
    }
  }

  @Test(arguments: designs) func `applying all fixes leaves no finding`(_ design: Document) {
    var session = Tutor.design(design.name)
    for _ in 0..<4 {
      for finding in session.scene.simulation.audit() { for line in finding.fix { _ = session.obey(line) } }
    }
    #expect(session.scene.simulation.audit().map { "\($0.id) \($0.component)" } == [])
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
    #expect(Tutor.design("secured").scene.simulation.audit() == [])
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
