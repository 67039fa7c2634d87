import Blueprint
import Foundation
import Inspector
import Testing

@testable import Shell

/// A target that `spof` reports stops requests when it is broken by hand, and no other target does.
@Suite struct SpofTests {
  private static let kinds = ["static", "read", "write"]

  /// Returns the SPOFs that `spof` reports, with the kinds that each stops: `lb-1 static,read,write`.
  private func reportedSpofs(_ session: inout Tutor) -> [String: [String]] {
    (session.do("spof").json["spofs"]?.elements ?? []).reduce(into: [:]) { reportedSpofs, spof in
      reportedSpofs[spof["component"]?.string ?? ""] = (spof["kinds"]?.elements ?? []).compactMap {
        $0.string
      }
    }
  }

  /// Returns every host, component and link that `break` accepts.
  private func targets(_ session: Tutor) -> [String] {
    var copy = session
    let components = copy.do("show topology").json["components"]?.elements ?? []
    let hosts = components.filter { $0["kind"] == .string("host") }.compactMap { $0["id"]?.string }
    let targets = hosts.flatMap { host in
      [host] + ComponentKind.allCases.map { "\(host).\($0.rawValue)" }
    }
    let links = hosts.indices.flatMap { i in hosts[(i + 1)...].map { "\(hosts[i])--\($0)" } }
    return (targets + links + hosts.map { "internet--\($0)" }).filter { target in
      var copy = session
      return copy.obey("break \(target)").isOK
    }
  }

  private func stoppedKinds(_ target: String?, _ session: Tutor) -> [String] {
    var broken = session
    if let target { broken.do("break \(target)") }
    broken.do("wait 60s")
    return SpofTests.kinds.filter { kind in
      var copy = broken
      return copy.do("send 24 \(kind)").number("failed") ?? 0 > 0
    }
  }

  /// Checks which kinds `spof` reports as failing already. For all other kinds, it must report every target
  /// that stops them.
  private func compare(_ session: Tutor, _ comment: String) {
    var session = session
    let reportedSpofs = reportedSpofs(&session)
    let failingAlready = (session.do("spof").json["failing_already"]?.elements ?? []).compactMap { $0.string }
    #expect(failingAlready == stoppedKinds(nil, session), "\(comment): already")
    for target in targets(session) {
      let observed = stoppedKinds(target, session).filter { !failingAlready.contains($0) }
      #expect(reportedSpofs[target] ?? [] == observed, "\(comment): \(target)")
    }
  }

  @Test(arguments: designs.map(\.name)) func `spof agrees with breaking each component by hand`(
    design: String
  ) {
    compare(Tutor.design(design), design)
  }

  @Test(arguments: 1...12) func `spof agrees with breaking by hand on random sites`(seed: Int) {
    var dice = Dice(UInt64(seed))
    var session = Tutor("new")
    for number in 1...(1 + dice.roll(3)) {
      let parts = dice.pick(["", " with nginx,files", " with app,files,mysql", " with nginx,app,files"])
      session.do("add server server-\(number)\(dice.chance(30) && number > 1 ? " backup" : "")\(parts)")
    }
    if dice.chance(50) {
      session.do("add balancer lb-2")
      session.do("mode active-passive balancers")
    }
    session.do("set lb-1 check \(dice.pick(["off", "tcp", "http"]))")
    session.do("set database reads \(dice.pick(["local", "primary", "any"]))")
    session.do("set database fallback \(dice.pick(["on", "off"]))")
    session.do("set database failover \(dice.pick(["manual", "auto"]))")
    let protections = [
      "add firewall", "add tls", "add tls to-servers", "add monitor pull", "add monitor server-1",
    ]
    for protection in protections where dice.chance(30) { session.do(protection) }
    session.do("wait 10s")
    compare(session, "seed \(seed)")
  }

  @Test(arguments: designs.map(\.name), ["spof", "spof by hang", "spof write by bad-release"])
  func `a fix removes the SPOF, for every question`(design: String, question: String) {
    expectFixesWork(Tutor.design(design), question)
  }

  @Test(arguments: ["textbook", "weighted-standby"]) func `a fix removes the SPOF under load`(design: String)
  {
    let slowApplications = ["server-1", "server-2"].map { "set \($0).app cost 100ms" }
    expectFixesWork(Tutor.design(design, slowApplications), "spof read at 60/s")
  }

  private func expectFixesWork(_ session: Tutor, _ question: String) {
    var session = session
    let reply = session.do(question)
    var targetsByFix: [[String]: [String]] = [:]
    for spof in reply.json["spofs"]?.elements ?? [] {
      let fix = (spof["cure"]?.elements ?? []).compactMap { $0.string }
      if !fix.isEmpty { targetsByFix[fix, default: []].append(spof["component"]?.string ?? "") }
    }
    for (fix, names) in targetsByFix {
      var copy = session
      for command in fix + ["wait 10s"] { copy.do(command) }
      let left = (copy.do(question).json["spofs"]?.elements ?? []).compactMap { $0["component"]?.string }
      #expect(Set(left).isDisjoint(with: names), "\(fix)")
    }
    guard !targetsByFix.isEmpty else { return }
    let whole = reply.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(whole.contains("; wait 10s; \(question)"))
  }

  // MARK: Sites that fail already

  @Test func `a kind that fails already is reported with its run, without SPOFs`() {
    var session = Tutor.design("textbook", ["break server-1.mysql; wait 60s"])
    let reply = session.do("spof write")
    #expect(
      reply.lines.map(\.text) == [
        "  even with nothing more broken, 10 of 10 writes got 500", "  whatif wait 30s; send 10 write",
        "  mended by repair server-1.mysql", "  So what stops them alone cannot be told.",
      ])
    #expect(reply.json["spofs"] == .array([]))
    #expect(reply.json["failing_already"] == .array([.string("write")]))
    let run = reply.json["failing_evidence"]?.elements.first?["commands"]?.elements.first?.string ?? ""
    #expect(session.do(run).json["replies"]?.elements.last?["failed"] == .integer(10))
    #expect(reportedSpofs(&session)["lb-1"] == ["static", "read"])
    #expect(session.do("spof").text.contains("stop something else alone"))
    #expect(session.do("spof write pairs").json["pairs"] == .array([]))
  }

  @Test(arguments: [
    ("", "repair server-1.app", "break server-1.app; break server-2.app"),
    ("", "add firewall server-1", "add firewall server-1 allow 80 from lb-1; wait 30s"),
    ("", "set server-1 state ready", "set server-1 state maint; set server-2 state drain"),
    ("", "remove lb-1.firewall", "add firewall; add firewall lb-1 deny internet"),
    ("", "repair server-1.mysql", "break server-1.mysql; add firewall lb-1 allow 22 from operator"),
    ("at 450/s", "add server", "set server-1.app cost 20ms; set server-2.app cost 20ms"),
  ])
  func `a kind that fails already is repaired by the proposed fix`(
    _ load: String, _ first: String, _ change: String
  ) {
    var session = Tutor.design("textbook", [change])
    let spof = "spof read \(load)"
    let reply = session.do("spof \(load)")
    let fix = (reply.json["failing_cure"]?.elements ?? []).compactMap { $0.string }
    #expect(fix.contains(first))
    session.do((fix + ["wait 30s"]).joined(separator: "; "))
    #expect(session.do(spof).json["failing_already"] == .array([]))
  }

  @Test func `an empty site needs a server`() {
    var session = Tutor(designs: designs)
    session.do("new")
    #expect(session.do("spof").json["failing_cure"] == .array([.string("add server")]))
  }

  @Test func `a failure that a health check will notice is not permanent`() {
    var session = Tutor.design("textbook", ["break server-2"])
    #expect(session.do("spof read").json["failing_already"] == .array([]))
  }

  @Test func `breaking a site does not make a SPOF fact empty`() {
    var session = Tutor.design("textbook", ["break server-1.mysql; wait 60s"])
    let evaluated = session.do("show server-2 in spofs(write)").json
    #expect(evaluated["value"] == .flag(true))
    let observation = evaluated["witness"]?["saw"]?.string ?? ""
    #expect(observation.hasPrefix("they fail already: 10 of 10 writes got 500"))
  }

  @Test func `a comparison says which requests fail already`() {
    let files = Files(["empty.tripod": "new"])
    var session = TypedSession(designs: designs, files: files)
    let reply = session.do("compare textbook empty.tripod")
    #expect(reply.text.contains("SPOFs, read           1                 it fails already"))
    let row = reply.json["rows"]?.elements.first { $0["name"] == .string("SPOFs, read") }
    #expect(row?["values"]?.elements.last == .null)
  }

  // MARK: Fixes

  /// The weaknesses of a site: the kinds that each component stops, and the findings of an audit.
  private struct Inspection {
    var stoppedKinds: [String: [String]] = [:]
    var failing: [String] = []
    var findings: [(id: String, component: String)] = []

    var count: Int { stoppedKinds.values.reduce(0) { $0 + $1.count } }
  }

  private func inspection(_ session: Tutor) -> Inspection {
    var copy = session
    var result = Inspection()
    result.stoppedKinds = reportedSpofs(&copy)
    result.failing = (copy.do("spof").json["failing_already"]?.elements ?? []).compactMap { $0.string }
    result.findings = (copy.do("audit").json["findings"]?.elements ?? []).map {
      ($0["id"]?.string ?? "", $0["component"]?.string ?? "")
    }
    return result
  }

  private func host(_ component: String) -> String { String(component.prefix { $0 != "." }) }

  /// A proposed fix, and the new SPOFs that it announces.
  private struct ProposedFix: Equatable {
    let fix: [String]
    let newSpofs: [String]
  }

  /// Checks that a fix has no side effects that it does not announce. Only announced SPOFs may be new, and
  /// components of hosts that were SPOFs before. In total there must be fewer SPOFs, and an audit must have
  /// no new findings.
  private func expectHarmless(_ proposed: ProposedFix, _ session: Tutor, _ comment: String) {
    var fixedSite = session
    let fix = proposed.fix
    for command in fix + ["wait 10s"] { fixedSite.do(command) }
    let (before, after) = (inspection(session), inspection(fixedSite))
    if !proposed.newSpofs.isEmpty {
      #expect(Set(proposed.newSpofs).isSubset(of: after.stoppedKinds.keys), "\(comment): \(fix)")
      #expect(after.count < before.count, "\(comment): \(fix)")
    }
    for (component, kinds) in after.stoppedKinds where !proposed.newSpofs.contains(component) {
      let known =
        before.failing + (before.stoppedKinds[component] ?? []) + (before.stoppedKinds[host(component)] ?? [])
      #expect(Set(kinds).subtracting(known).isEmpty, "\(comment): \(fix) brings \(component)")
    }
    #expect(Set(after.failing).isSubset(of: before.failing), "\(comment): \(fix)")
    let ids = Set(before.findings.map(\.id))
    let new = after.findings.filter { !ids.contains($0.id) }
    #expect(new.isEmpty || new.map(\.id) == ["tls-ends-at-balancer"], "\(comment): \(fix) brings \(new)")
  }

  private func proposedFixes(_ reply: Reply) -> [ProposedFix] {
    (reply.json["spofs"]?.elements ?? []).map { spof in
      let proposed = [spof["cure"], spof["brings"]].map { ($0?.elements ?? []).compactMap { $0.string } }
      return ProposedFix(fix: proposed[0], newSpofs: proposed[1])
    }.filter { !$0.fix.isEmpty }.unique
  }

  @Test(arguments: designs.map(\.name), ["spof", "spof read", "spof by power", "spof by hang"])
  func `a fix adds no SPOF`(design: String, question: String) {
    var session = Tutor.design(design)
    for fix in proposedFixes(session.do(question)) { expectHarmless(fix, session, "\(design) \(question)") }
  }

  @Test(arguments: 1...8) func `a fix adds no SPOF on random sites`(seed: Int) {
    var session = RandomSite(seed: seed).session
    for fix in proposedFixes(session.do("spof")) { expectHarmless(fix, session, "seed \(seed)") }
  }

  @Test func `a fix includes the changes that it needs`() {
    var session = Tutor.design("secured")
    let proposedFixes = proposedFixes(session.do("spof"))
    let server = proposedFixes.map(\.fix).first { $0.contains("set database failover auto") } ?? []
    // A replica that was cut off does not fence the primary, so two servers are enough.
    #expect(
      Set(server) == [
        "set database failover auto", "set database fencing on", "set lb-1 check-path database",
      ])
    // A standby behind a failed firewall receives nothing. So it takes the address and blocks all traffic.
    let pair = proposedFixes.first { $0.fix.contains("mode active-passive balancers") }
    let steps = pair?.fix ?? []
    #expect(["add firewall lb-2", "add monitor lb-2"].allSatisfy { steps.contains($0) })
    #expect(pair?.newSpofs == ["lb-2.firewall"])
    #expect(session.do("spof").text.contains("its price: lb-2.firewall can stop something alone"))
  }

  @Test func `the cost of a fix is reported`() {
    var session = Tutor.design("scaled-up")
    let reply = session.do("spof read")
    let serverFix = proposedFixes(reply).first { $0.fix.contains("add server with nginx,files") }
    #expect(serverFix?.newSpofs == ["server-1.files"])
    #expect(reply.text.contains("its price: server-1.files can stop something alone"))
  }

  @Test func `the changes that a fix includes count as well`() {
    var session = Tutor.design("secured")
    let spofs = session.do("spof write").json["spofs"]?.elements ?? []
    let proposedFixes = ["server-1.mysql", "server-1.firewall", "server-1--server-2"].map { name in
      spofs.first { $0["component"] == .string(name) }?["cure"]
    }
    #expect(proposedFixes.unique.count == 1 && proposedFixes[0] != .null)
  }

  @Test func `an undecidable result is reported`() {
    var session = Tutor.design("textbook")
    #expect(session.do("spof by expired").text == "  Nothing here can fail so.")
    let text = session.do("spof read at 1000000/s").text
    #expect(text.hasSuffix("\n  So what stops them alone cannot be told."))
  }

  @Test func `the next turn does not affect a fix`() {
    for design in designs {
      var session = Tutor.design(design.name)
      let proposedFixes = (0..<3).map { _ in
        session.do("send 1")
        return (session.do("spof").json["spofs"]?.elements ?? []).map { spof in
          [spof["component"], spof["cure"]]
        }
      }
      #expect(proposedFixes.unique.count == 1, "\(design.name)")
    }
  }

  @Test func `a repair is proposed before a new host`() {
    var session = Tutor.design("textbook", ["break server-2.app; wait 60s"])
    let spofs = session.do("spof").json["spofs"]?.elements ?? []
    let server = spofs.first { $0["component"] == .string("server-1.nginx") }
    #expect(server?["cure"]?.elements.compactMap { $0.string } == ["repair server-2.app"])
    let best = session.do("availability").json["settings"]?.elements.first
    #expect(best?["commands"]?.elements.compactMap { $0.string } == ["repair server-2.app"])
  }

  @Test func `an overloaded site needs only a server`() {
    var session = Tutor.design("textbook")
    let all = proposedFixes(session.do("spof read at 800/s")).map(\.fix)
    #expect(all.contains(["add server"]))
  }

  @Test func `a SPOF that is not on the screen has a fix as well`() {
    let tiers = (1...12).map { "add server web-\($0) with nginx,files; add server app-\($0) with app,files" }
    var session = Tutor(designs: designs)
    for line in ["new"] + tiers + ["add server db-1 with mysql", "add replica", "set lb-1 check http"] {
      session.do(line)
    }
    let spofs = session.do("spof").json["spofs"]?.elements ?? []
    let place = spofs.firstIndex { $0["component"] == .string("db-1.mysql") } ?? 0
    #expect(place >= SpofTable.rowLimit)
    #expect(spofs[place]["cure"] != .null)
  }

  @Test func `a fault is repaired`() {
    var session = Tutor.design("textbook", ["break server-1; wait 30s"])
    let reply = session.do("spof read")
    let server = reply.json["spofs"]?.elements.first { $0["component"] == .string("server-2") }
    #expect(server?["cure"]?.elements.compactMap { $0.string } == ["repair server-1"])
    #expect(reply.text.contains("Nothing that was tried cures internet--lb-1."))
  }

  @Test func `no line of a fix ends within a command`() {
    for design in designs {
      for width in [60, 80, 120] {
        var session = Tutor.design(design.name)
        session.screen = Screen(width: width)
        let reply = session.do("spof")
        for proposed in proposedFixes(reply) {
          for command in proposed.fix where command.count < width / 3 {
            #expect(reply.text.contains(command), "\(design.name) \(width)")
          }
        }
      }
    }
  }

  @Test(arguments: designs.map(\.name)) func `the proposed line removes every SPOF that it should`(
    design: String
  ) {
    var session = Tutor.design(design)
    let reply = session.do("spof")
    let fixableTargets = (reply.json["spofs"]?.elements ?? []).filter { $0["cure"] != .null }.compactMap {
      $0["component"]?.string
    }
    let together = (reply.json["together"]?.elements ?? []).compactMap { $0.string }
    guard let fix = together.isEmpty ? proposedFixes(reply).first?.fix : together else {
      #expect(fixableTargets.isEmpty)
      return
    }
    #expect(!together.isEmpty || proposedFixes(reply).count == 1)
    let last = session.do("whatif \(fix.joined(separator: "; ")); wait 10s; spof").json["replies"]?.elements
      .last
    let left = (last?["spofs"]?.elements ?? []).compactMap { $0["component"]?.string }
    #expect(Set(left).isDisjoint(with: fixableTargets))
  }

  @Test func `the evidence for a given fault names the target`() {
    var session = Tutor.design("textbook")
    let powerEvidence = session.do("show spofs(read) by power").json["witness"]?["saw"]?.string
    #expect(powerEvidence == "SPOFs: lb-1; 10 of 10 reads got no answer")
    let hangEvidence = session.do("show spofs(read) by hang").json["witness"]?["saw"]?.string
    #expect(hangEvidence == "SPOFs: lb-1, lb-1.haproxy; 10 of 10 reads got no answer")
  }

  /// `spof` and `compare` count hosts, components and links. The fact has the links apart.
  @Test(arguments: designs.map(\.name)) func `all counts of SPOFs agree`(_ design: String) {
    var session = Tutor.design(design)
    let rows = session.do("compare \(design) \(design)").json["rows"]?.elements ?? []
    for kind in ["static", "read", "write"] {
      let names =
        session.do("spof \(kind)").json["spofs"]?.elements.compactMap { $0["component"]?.string } ?? []
      let row = rows.first { $0["name"]?.string == "SPOFs, \(kind)" }
      #expect(row?["values"]?.elements.first?.elements.compactMap { $0.string } == names)
      let fact = session.do("show spofs(\(kind))").json
      let links = session.do("show spofs(\(kind)).links").json["value"]?.elements.count
      #expect((fact["value"]?.elements.count ?? 0) + (links ?? 0) == names.count)
      for name in names { #expect(fact["witness"]?["saw"]?.string?.contains(name) == true) }
    }
  }

  @Test func `every finding has a fix on every design`() {
    for design in designs {
      var session = Tutor.design(design.name)
      let spofs = session.do("spof").json["spofs"]?.elements ?? []
      #expect(spofs.contains { $0["cure"] != .null }, "\(design.name)")
    }
  }

  @Test func `a protection of a host can be a SPOF too`() {
    var session = Tutor.design("secured")
    let reportedSpofs = reportedSpofs(&session)
    #expect(reportedSpofs["lb-1.certificate"] == SpofTests.kinds)
    #expect(reportedSpofs["lb-1.firewall"] == SpofTests.kinds)
    #expect(reportedSpofs["server-1.firewall"] == ["write"])
    #expect(reportedSpofs["server-2.firewall"] == nil)
    #expect(reportedSpofs["lb-1.monitor"] == nil)
    #expect(session.do("show server-1.firewall in spofs(write)").json["value"] == .flag(true))
    #expect(session.do("show stops(lb-1.certificate)").json["value"]?.elements.count == 3)
  }

  @Test func `a redundant server can be a SPOF at peak load`() {
    let slowApplications = ["server-1", "server-2"].map { "set \($0).app cost 100ms" }
    var session = Tutor.design("textbook", slowApplications)
    #expect(session.do("show server-2 in spofs(read) at 35/s").json["value"] == .flag(false))
    #expect(session.do("show server-2 in spofs(read) at 60/s").json["value"] == .flag(true))
  }

  @Test func `a component that hangs differs from one that crashed`() {
    var session = Tutor.design("textbook", ["set lb-1 check tcp"])
    #expect(session.do("show server-2.nginx in spofs(read)").json["value"] == .flag(false))
    #expect(session.do("show server-2.nginx in spofs(read) by hang").json["value"] == .flag(true))
  }

  @Test(arguments: ["10ms", "1s", "7s", "9s", "10s", "11s", "60s"])
  func `a component that hangs is found, however long nginx avoids it`(_ pause: String) {
    var session = Tutor.design("active-active", ["set web-1.nginx fail-timeout \(pause)"])
    func reportedSpofs(_ line: String) -> [String] {
      (session.do(line).json["spofs"]?.elements ?? []).compactMap { $0["component"]?.string }
    }
    let hanging = reportedSpofs("spof write by hang")
    let crashed = reportedSpofs("spof write")
    for component in ["server-1.app", "server-2.app"] {
      #expect(hanging.contains(component) && !crashed.contains(component))
      // The same requests show the failure by hand. They take most of an hour of virtual time.
      for (fault, fails) in [("hang", true), ("crash", false)] {
        var copy = session
        copy.do("break \(component) \(fault); wait 60s")
        #expect((copy.do("send 3000 write rate 1.37/s").number("failed") ?? 0 > 0) == fails)
      }
    }
  }

  /// Changes to a site with two applications behind one nginx, the fault, and whether users notice it.
  static let behindNginx = [
    // A few requests give one of the applications too little work.
    (
      "set server-1.app workers 1; set server-1.app cost 400ms; set server-2.app workers 1; "
        + "set server-2.app cost 400ms; set lb-1 timeout-server 10s; set web-1.nginx timeout-read 5s",
      "server-2", true
    ),
    // The balancer does not wait long enough for two silent applications in a row.
    ("add server app-9 with app,files; set lb-1 check tcp", "server-1", false),
    ("add server app-9 with app,files; set lb-1 check-path nginx", "server-1", false),
    ("add server app-9 with app,files; set web-1.nginx max-fails 5", "server-1 hang", false),
    // Between requests of users, health checks reach the same application several times in a row.
    ("set lb-1 check-path database", "server-1.mysql", false),
    ("set lb-1 check-path database", "server-2.mysql", false),
  ]

  @Test(arguments: behindNginx)
  func `a failure that shows only sometimes is found`(_ change: String, _ failure: String, _ survives: Bool) {
    var session = Tutor.design("active-active", [change])
    #expect(session.do("show survives(break(\(failure)), read)").json["value"] == .flag(survives))
    session.do("break \(failure); wait 60s")
    #expect((session.do("send 600 read rate 1.37/s").number("failed") == 0) == survives)
  }

  @Test func `health checks and failover together are a fix`() {
    var session = Tutor.design("textbook", ["set lb-1 check off"])
    let spofs = session.do("spof write").json["spofs"]?.elements ?? []
    let server = spofs.first { $0["component"] == .string("server-1") }
    #expect(
      server?["cure"]?.elements.compactMap { $0.string } == [
        "set lb-1 check http", "set database failover auto", "set database fencing on",
        "set lb-1 check-path database",
      ])
  }

  @Test func `pairs are targets that only stop requests together`() {
    var session = Tutor.design("textbook")
    let pairs = (session.do("spof read pairs").json["pairs"]?.elements ?? []).map { pair in
      (pair["components"]?.elements ?? []).compactMap { $0.string }
    }
    #expect(pairs.contains(["server-1", "server-2"]))
    #expect(pairs.contains(["server-1.nginx", "server-2.app"]))
    #expect(!pairs.contains { $0.contains("lb-1") })
    #expect(!pairs.contains(["server-1.nginx", "server-2.mysql"]))
  }
}
