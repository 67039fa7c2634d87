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

  /// Every host, part and wire.
  private func targets(_ session: Session) -> [String] {
    let hosts = session.scene.simulation.topology.hosts
    let parts = hosts.flatMap { host in [host.name] + host.parts.map { "\(host.name).\($0.rawValue)" } }
    let links = hosts.indices.flatMap { i in hosts[(i + 1)...].map { "\(hosts[i].name)--\($0.name)" } }
    return parts + links + hosts.map { "internet--\($0.name)" }
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
    session.do("wait 10s")
    compare(session, "seed \(seed)")
  }

  @Test func `a cure takes the weakness away`() {
    var session = Session.design("textbook")
    let spofs = session.do("spof").json["spofs"]?.elements ?? []
    for spof in spofs {
      guard let cure = spof["cure"]?.elements, !cure.isEmpty else { continue }
      var copy = session
      for command in cure { copy.do(command.string ?? "") }
      copy.do("wait 10s")
      let name = spof["component"]?.string ?? ""
      let kinds = (spof["kinds"]?.elements ?? []).compactMap { $0.string }
      #expect(stopped(name, copy).filter(kinds.contains).isEmpty, "\(name)")
    }
    #expect(spofs.contains { $0["cure"] != .null })
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
