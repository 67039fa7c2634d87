import Blueprint
import Inspector
import Testing

@testable import Shell

/// What `spof` names stops requests when it is broken by hand, and nothing else does.
@Suite struct SpofTests {
  private static let kinds = ["static", "read", "write"]

  /// Names and kinds of what `spof` names: `lb-1 static,read,write`.
  private func named(_ session: inout Session) -> [String: [String]] {
    (session.do("spof").json["spofs"]?.elements ?? []).reduce(into: [:]) { named, spof in
      named[spof["component"]?.string ?? ""] = (spof["kinds"]?.elements ?? []).compactMap { $0.string }
    }
  }

  /// Every host, part and wire, and whatever else `break` takes there.
  private func targets(_ session: Session) -> [String] {
    var copy = session
    let components = copy.do("show topology").json["components"]?.elements ?? []
    let hosts = components.filter { $0["kind"] == .string("host") }.compactMap { $0["id"]?.string }
    let parts = hosts.flatMap { host in
      [host] + ComponentKind.allCases.map { "\(host).\($0.rawValue)" }
    }
    let links = hosts.indices.flatMap { i in hosts[(i + 1)...].map { "\(hosts[i])--\($0)" } }
    return (parts + links + hosts.map { "internet--\($0)" }).filter { target in
      var copy = session
      return copy.obey("break \(target)").isOK
    }
  }

  private func stopped(_ target: String, _ session: Session) -> [String] {
    var broken = session
    broken.do("break \(target)")
    broken.do("wait 60s")
    return SpofTests.kinds.filter { kind in
      var copy = broken
      return copy.do("send 24 \(kind)").number("failed") ?? 0 > 0
    }
  }

  /// A wire that nothing passes is not looked at: it must stop nothing that came through before.
  private func compare(_ session: Session, _ comment: String) {
    var session = session
    let named = named(&session)
    let already = (session.do("spof").json["failing_already"]?.elements ?? []).compactMap { $0.string }
    for target in targets(session) {
      let stopped = stopped(target, session)
      let isIdle = named[target] == nil && target.contains("--")
      let felt = isIdle ? stopped.filter { !already.contains($0) } : stopped
      #expect(named[target] ?? [] == felt, "\(comment): \(target)")
    }
  }

  @Test(arguments: designs.map(\.name)) func `spof agrees with breaking each part by hand`(design: String) {
    compare(Session.design(design), design)
  }

  @Test(arguments: 1...12) func `spof agrees with breaking by hand on random sites`(seed: Int) {
    var dice = Dice(UInt64(seed))
    var session = Session("new")
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
    let guards = [
      "add firewall", "add tls", "add tls to-servers", "add monitor pull", "add monitor server-1",
    ]
    for guarding in guards where dice.chance(30) { session.do(guarding) }
    session.do("wait 10s")
    compare(session, "seed \(seed)")
  }

  @Test(arguments: designs.map(\.name), ["spof", "spof by hang", "spof write by bad-release"])
  func `a cure takes the weakness away, whatever was asked`(design: String, question: String) {
    expectCured(Session.design(design), question)
  }

  @Test(arguments: ["textbook", "weighted-standby"]) func `a cure takes it away under load`(design: String) {
    let slow = ["server-1", "server-2"].map { "set \($0).app cost 100ms" }
    expectCured(Session.design(design, slow), "spof read at 60/s")
  }

  private func expectCured(_ session: Session, _ question: String) {
    var session = session
    let reply = session.do(question)
    var cured: [[String]: [String]] = [:]
    for spof in reply.json["spofs"]?.elements ?? [] {
      let cure = (spof["cure"]?.elements ?? []).compactMap { $0.string }
      if !cure.isEmpty { cured[cure, default: []].append(spof["component"]?.string ?? "") }
    }
    for (cure, names) in cured {
      var copy = session
      for command in cure + ["wait 10s"] { copy.do(command) }
      let left = (copy.do(question).json["spofs"]?.elements ?? []).compactMap { $0["component"]?.string }
      #expect(Set(left).isDisjoint(with: names), "\(cure)")
    }
    guard !cured.isEmpty else { return }
    let whole = reply.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(whole.contains("; wait 10s; \(question)"))
  }

  @Test func `what is found is cured on every design`() {
    for design in designs {
      var session = Session.design(design.name)
      let spofs = session.do("spof").json["spofs"]?.elements ?? []
      #expect(spofs.contains { $0["cure"] != .null }, "\(design.name)")
    }
  }

  @Test func `what protects a host can stop requests too`() {
    var session = Session.design("secured")
    let named = named(&session)
    #expect(named["lb-1.certificate"] == SpofTests.kinds)
    #expect(named["lb-1.firewall"] == SpofTests.kinds)
    #expect(named["server-1.firewall"] == ["write"])
    #expect(named["server-2.firewall"] == nil)
    #expect(named["lb-1.monitor"] == nil)
    #expect(session.do("show server-1.firewall in spofs(write)").json["value"] == .flag(true))
    #expect(session.do("show stops(lb-1.certificate)").json["value"]?.elements.count == 3)
  }

  @Test func `redundant on paper, a SPOF at peak`() {
    let slow = ["server-1", "server-2"].map { "set \($0).app cost 100ms" }
    var session = Session.design("textbook", slow)
    #expect(session.do("show server-2 in spofs(read) at 35/s").json["value"] == .flag(false))
    #expect(session.do("show server-2 in spofs(read) at 60/s").json["value"] == .flag(true))
  }

  @Test func `a hanging part is another matter than a dead one`() {
    var session = Session.design("textbook", ["set lb-1 check tcp"])
    #expect(session.do("show server-2.nginx in spofs(read)").json["value"] == .flag(false))
    #expect(session.do("show server-2.nginx in spofs(read) by hang").json["value"] == .flag(true))
  }

  @Test func `pairs are those of which neither alone is enough`() {
    var session = Session.design("textbook")
    let pairs = (session.do("spof read pairs").json["pairs"]?.elements ?? []).map { pair in
      (pair["components"]?.elements ?? []).compactMap { $0.string }
    }
    #expect(pairs.contains(["server-1", "server-2"]))
    #expect(pairs.contains(["server-1.nginx", "server-2.app"]))
    #expect(!pairs.contains { $0.contains("lb-1") })
    #expect(!pairs.contains(["server-1.nginx", "server-2.mysql"]))
  }
}
