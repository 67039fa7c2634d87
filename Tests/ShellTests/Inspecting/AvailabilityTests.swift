import Testing

@testable import Inspector
@testable import Shell

@Suite struct AvailabilityTests {
  private static let ninetyNinePercent = ["set site mtbf-host 99h", "set site mttr-host 1h"]

  private func share(_ design: String, _ command: String, _ commands: [String] = ninetyNinePercent) -> Double
  {
    var session = Tutor.design(design, commands)
    return session.do(command).json["availability"]?["read"]?.billionths ?? 0
  }

  @Test func `splitting the tiers lowers the availability of hosts`() {
    #expect(abs(share("textbook", "availability hosts") - 0.989901) < 1e-9)
    #expect(abs(share("scaled-up", "availability hosts") - 0.9999 * 0.970299) < 1e-9)
  }

  @Test(arguments: ["textbook", "active-active", "scaled-up"])
  func `a random simulation agrees with the computed availability`(design: String) {
    var session = Tutor.design(design, AvailabilityTests.ninetyNinePercent)
    let json = session.do("availability hosts").json
    for kind in ["static", "read", "write"] {
      let computed = json["availability"]?[kind]?.billionths ?? 0
      let simulated = json["drawn"]?[kind]?.billionths ?? 0
      let error = json["standard_error"]?[kind]?.billionths ?? 0
      #expect(error > 0)
      #expect(abs(computed - simulated) < 4 * error)
    }
  }

  /// Rare failures are in the sample too, and no sample contradicts the computed share by chance.
  @Test(arguments: designs.map(\.name)) func `no random simulation is a false alarm`(design: String) {
    let session = Tutor.design(design)
    for (seeds, question) in [(1...50, "availability read hosts"), (1...1, "availability read")] {
      for seed in seeds {
        var copy = session
        let reply = copy.do("whatif set site seed \(seed); \(question)")
        let text = reply.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains("A drawing with seed \(seed) agrees."))
        let json = reply.json["replies"]?.elements.last
        func share(_ name: String) -> Double { json?[name]?["read"]?.billionths ?? 0 }
        #expect(abs(share("availability") - share("drawn")) < 5 * share("standard_error"), "\(seed)")
      }
    }
  }

  /// A bad release makes requests fail only while the application that uses it runs.
  @Test func `a failure that hides another is counted`() {
    var session = Tutor.design("active-active")
    let costs = session.do("availability read").json["costs"]?["read"]
    let one = costs?["server-1.files"]?.billionths ?? 0
    let other = costs?["server-2.files"]?.billionths ?? 0
    #expect(one > 2e-4)
    #expect(abs(one - other) < 1e-6)
  }

  /// An application that reaches no database makes reads fail only while it runs, on any host.
  @Test func `a failure that hides a failure of another host is counted`() {
    var session = Tutor.design(
      "textbook", ["add server server-3 with nginx,app,files", "set database fallback off"])
    let json = session.do("availability read").json
    func share(_ name: String) -> Double { json[name]?["read"]?.billionths ?? 0 }
    #expect(abs(share("availability") - share("drawn")) < 4 * share("standard_error"))
    #expect(json["exact"] == .flag(true))
    #expect(json["agrees"]?["read"] == .flag(true))
    expectSpofsCost(&session, "read", json)
  }

  /// Checks that every SPOF reduces availability, if requests of this kind are answered at all.
  private func expectSpofsCost(_ session: inout Tutor, _ kind: String, _ json: JSON, _ comment: String = "") {
    guard session.do("show answers(\(kind))").json["value"] == .flag(true) else { return }
    let spofs = session.do("spof \(kind)").json["spofs"]?.elements ?? []
    for name in spofs.compactMap({ $0["component"]?.string }) where !name.contains("--") {
      #expect((json["costs"]?[kind]?[name]?.billionths ?? 0) > 0, "\(comment) \(name)")
    }
  }

  @Test(arguments: 1...8) func `random simulations agree on random sites`(seed: Int) {
    var dice = Dice(UInt64(seed))
    var session = Tutor("new")
    for number in 1...(1 + dice.roll(3)) {
      let components = dice.pick(["", " with nginx,files", " with app,files,mysql", " with nginx,app,files"])
      session.do("add server server-\(number)\(dice.chance(30) && number > 1 ? " backup" : "")\(components)")
    }
    if dice.chance(50) {
      session.do("add balancer lb-2")
      session.do("mode \(dice.pick(["active-passive", "active-active"])) balancers")
    }
    session.do("set lb-1 check \(dice.pick(["off", "tcp", "http"]))")
    session.do("set database reads \(dice.pick(["local", "primary", "any", "replica"]))")
    session.do("set database writes \(dice.pick(["local", "primary"]))")
    session.do("set database fallback \(dice.pick(["on", "off"]))")
    session.do("set database failover \(dice.pick(["manual", "auto"]))")
    if dice.chance(40) { session.do("set site mtbf-app 30h; set site mttr-app 2h; set site mtbf-mysql 50h") }
    session.do("wait 10s")
    let json = session.do("availability").json
    #expect(json["exact"] == .flag(true))
    for kind in ["static", "read", "write"] {
      #expect(json["agrees"]?[kind] == .flag(true), "seed \(seed) \(kind)")
      expectSpofsCost(&session, kind, json, "seed \(seed) \(kind)")
    }
  }

  @Test func `no agreement is reported if nothing was compared`() {
    let targetKinds = ["host", "haproxy", "nginx", "app", "files", "mysql"]
    var session = Tutor.design("textbook", targetKinds.map { "set site mttr-\($0) 0s" })
    let reply = session.do("availability read")
    #expect(reply.json["agrees"]?["read"] == .null)
    #expect(!reply.text.contains("agrees"))
    #expect(reply.json["availability"]?["read"]?.billionths == 1)
  }

  @Test func `an availability that cannot be computed is simulated, and this is reported`() {
    var session = Tutor.design("textbook", (3...12).map { "add server server-\($0)" })
    let worse = ["host", "nginx", "app", "files", "mysql"].map {
      "set site mtbf-\($0) 20h; set site mttr-\($0) 2h"
    }
    for line in worse { session.do(line) }
    let reply = session.do("availability read")
    #expect(reply.json["exact"] == .flag(false))
    #expect(reply.json["agrees"]?["read"] == .null)
    #expect(reply.json["availability"] == reply.json["drawn"])
    #expect(reply.text.contains("drawn, give or take"))
    #expect(!reply.text.contains("agrees"))
    let observation = session.do("show availability(read)").json["witness"]?["saw"]?.string ?? ""
    #expect(observation.contains("estimated by simulation, ±"))
  }

  @Test func `settings with which the site would recover by itself are offered`() {
    var session = Tutor.design("balancer-pair", ["set lb-1 track off", "set lb-2 track off"])
    let text = session.do("availability").text
    #expect(text.contains(" a year longer with set lb-1 track on; set lb-2 track on\n"))
    #expect(text.contains(" a year longer with set database failover auto;\n"))
    for gain in session.do("availability").json["settings"]?.elements ?? [] {
      var copy = session
      let kind = gain["kind"]?.string ?? ""
      let before = copy.do("availability \(kind)").json["availability"]?[kind]?.billionths ?? 0
      for command in gain["commands"]?.elements ?? [] { copy.do(command.string ?? "") }
      copy.do("wait 10s")
      let after = copy.do("availability \(kind)").json["availability"]?[kind]?.billionths ?? 0
      #expect(abs(after - before - (gain["gain"]?.billionths ?? 0)) < 3e-9)
    }
    let cured = session.do("set lb-1 track on; set lb-2 track on; set database failover auto; availability")
    #expect(cured.json["settings"] == .array([]))
  }

  @Test func `a gain is listed once`() {
    var session = Tutor.design("textbook", ["break lb-1"])
    let gains = session.do("availability read").json["settings"]?.elements ?? []
    #expect(gains.map { $0["commands"]?.text } == [#"["repair lb-1"]"#])
  }

  @Test func `a new fault is judged after it has been noticed`() {
    var session = Tutor.design("textbook", ["break server-1"])
    let atOnce = session.do("availability read")
    session.do("wait 60s")
    let later = session.do("availability read")
    #expect(atOnce.json["availability"]?["read"]?.billionths ?? 0 > 0.998)
    for member in ["availability", "downtime_minutes_per_year", "drawn", "settings", "seconds"] {
      #expect(atOnce.json[member] == later.json[member], "\(member)")
    }
    #expect(atOnce.text.contains("What is broken"))
    let best = atOnce.json["settings"]?.elements.first?["commands"]?.elements.compactMap { $0.string }
    #expect(best == ["repair server-1"])
  }

  @Test(arguments: ["textbook", "textbook; set lb-1 check tcp", "active-active"])
  func `each offered change has the stated gain, and losses of other kinds are reported`(site: String) {
    var session = Tutor(designs: designs)
    session.do("load \(site)")
    let reply = session.do("availability")
    for gain in (reply.json["settings"]?.elements ?? []) + (reply.json["seconds"]?.elements ?? []) {
      var copy = session
      for command in gain["commands"]?.elements ?? [] { copy.do(command.string ?? "") }
      let newAvailability = copy.do("wait 10s; availability").json["availability"]
      for kind in ["static", "read", "write"] {
        let oldAvailability = reply.json["availability"]?[kind]?.billionths ?? 0
        let change = (newAvailability?[kind]?.billionths ?? 0) - oldAvailability
        if kind == gain["kind"]?.string { #expect(abs(change - (gain["gain"]?.billionths ?? 0)) < 3e-8) }
        let loss = gain["losses"]?[kind]?.billionths ?? 0
        #expect(loss > 0 ? abs(change + loss) < 3e-8 : change > -3e-8, "\(site): \(gain)")
      }
    }
  }

  @Test(arguments: designs.map(\.name)) func `no offered change adds an audit finding`(design: String) {
    var session = Tutor.design(design)
    let reply = session.do("availability")
    let before = Set(session.findings)
    for gain in (reply.json["settings"]?.elements ?? []) + (reply.json["seconds"]?.elements ?? []) {
      var copy = session
      for command in gain["commands"]?.elements ?? [] { copy.do(command.string ?? "") }
      copy.do("wait 10s")
      #expect(Set(copy.findings).isSubset(of: before), "\(design): \(gain)")
    }
  }

  @Test func `a random simulation that disagrees is detected`() {
    let wrong = AvailabilitySample(allHealthy: 0.99, succeedsIfHealthy: true, failed: 100, count: 20_000)
    #expect(wrong.agrees(with: wrong.share))
    #expect(wrong.agrees(with: wrong.share + 4 * wrong.error))
    #expect(!wrong.agrees(with: wrong.share + 6 * wrong.error))
    #expect(!wrong.agrees(with: wrong.share - 7 * wrong.error))
    let sample = AvailabilitySample(allHealthy: 0.99, succeedsIfHealthy: true, failed: 3, count: 20_000)
    #expect(sample.agrees(with: 1 - 0.01 * 0.5 / 20_000))
    #expect(!sample.agrees(with: 1))
    #expect(AvailabilitySample(allHealthy: 1, succeedsIfHealthy: true, failed: 0, count: 0).agrees(with: 1))
  }

  @Test func `a comparison counts SPOFs as the facts do`() {
    for design in designs {
      var session = Tutor.design(design.name)
      let rows = session.do("compare \(design.name) textbook").json["rows"]?.elements ?? []
      for kind in ["static", "read", "write"] {
        let row = rows.first { $0["name"]?.string == "SPOFs, \(kind)" }
        let count = session.do("show spofs(\(kind)).count").json["value"]
        #expect(
          (row?["values"]?.elements.first?.elements.count).map { JSON.integer($0) } == count, "\(design.name)"
        )
      }
    }
  }

  @Test func `two designs are compared row by row`() {
    var session = Tutor.design("textbook")
    let rows = session.do("compare textbook textbook").json["rows"]?.elements ?? []
    #expect(rows.count >= 8)
    #expect(rows.allSatisfy { $0["differs"] == .flag(false) })
    let other = session.do("compare textbook secured").json["rows"]?.elements ?? []
    #expect(other.first { $0["name"]?.string == "findings" }?["differs"] == .flag(true))
  }
}

extension JSON {
  fileprivate var billionths: Double? {
    if case .billionths(let number) = self { Double(number) / 1e9 } else { nil }
  }
}

extension Tutor {
  /// The ids of the audit rules that are broken.
  fileprivate var findings: [String] {
    var copy = self
    return (copy.do("audit").json["findings"]?.elements ?? []).compactMap { $0["id"]?.string }
  }
}
