import Facts
import Inspector
import Testing

@testable import Shell

/// Facts in a session. The default site is the design `textbook`.
@Suite struct FactTests {
  private func value(_ fact: String, on design: String = "textbook", after commands: [String] = []) -> String
  {
    var session = Tutor.design(design, commands)
    let reply = session.obey("show \(fact)")
    return reply.json["value"]?.text ?? reply.failure?.message ?? ""
  }

  @Test(arguments: [
    ("run(send 7).by_server[server-1]", "4"),
    ("run(send 10 write).by_database == {server-1.mysql: 10}", "true"),
    ("run(send 10 write).by_server == {server-1: 5, server-2: 5}", "true"),
    (
      "run(set server-1 weight 3; send 8).sequence == [server-1, server-1, server-1, server-2, server-1, server-1, server-1, server-2]",
      "true"
    ),
    ("run(send 40).share(server-1) == 50%", "true"),
    ("run(break server-1.mysql; send 4 static).answered", "4"),
    ("run(send 2 write).requests[1].database", "\"server-1.mysql\""),
    ("run(set database writes local; send 10 write).failed", "5"),
    ("run(set database lag 2s; send 1 write; send 4 read).freshness == [old, new, old, new]", "true"),
    ("run(break server-1.mysql; wait 1m; repair server-1.mysql).role(server-1.mysql) == primary", "true"),
    ("run(set database failover auto; break server-1--server-2; wait 30s).primaries.count", "2"),
    ("run(break server-1.nginx; wait 30s).state(server-1) == DOWN", "true"),
    ("path(static)", "[\"lb-1.haproxy\",\"server-1.nginx\",\"server-1.files\"]"),
    ("spofs(write) == {lb-1, server-1.mysql, server-1}", "true"),
    ("spofs(write) == {lb-1, server-1.mysql}", "true"),
    ("spofs(write) == {lb-1}", "false"),
    ("lb-1 in spofs(read) and internet--lb-1 in spofs(read)", "true"),
    ("spofs(read).links", "[\"internet--lb-1\"]"),
    ("survives(break(start.balancers.first), read)", "false"),
    ("stops(break(primary))", "[\"write\"]"),
    ("redundant(databases)", "[\"static\",\"read\"]"),
    ("detection(break(server-1 crash)) == 5s ± 1s", "true"),
    ("detection(break(server-1 crash)) in {5s ± 1s}", "true"),
    ("detection(break(server-1 crash)) == 5s", "false"),
    ("detection(break(server-1 crash)) != 5s", "false"),
    ("detection(break(server-1 crash)) != 2s", "true"),
    ("detection(break(server-1 crash)) <= 6s and detection(break(server-1 crash)) >= 4s", "true"),
    ("detection(break(server-1 crash)) <= 5.99s", "false"),
    ("detection(break(server-1 crash)) > 5.99s", "false"),
    ("not detection(break(server-1 crash)) <= 5.99s", "false"),
    ("not detection(break(server-1 crash)) <= 3.99s", "true"),
    ("not (detection(break(server-1 crash)) <= 5.99s or 1 == 2)", "false"),
    ("detection(break(server-1 crash)) < 7s", "true"), ("detection(break(server-1 crash)) =~ 5s", "false"),
    ("detection(break(server-1 crash)) < detection(break(server-1 power))", "true"),
    ("detection(break(server-1 crash)) == detection(break(server-2 crash))", "true"),
    ("detection(break(server-1 crash)) + 1s <= 6.5s", "false"),
    ("detection(break(server-1 crash)) / 2 <= 3s", "true"),
    ("detection(break(server-1 crash)) / 2 < 2.5s", "false"),
    ("3s / detection(break(server-1 crash)) <= 0.75", "true"),
    ("3s / detection(break(server-1 crash)) < 0.6", "false"),
    ("-detection(break(server-1 crash)) >= -6s", "true"),
    ("detection(break(server-1 power)) <= 12s", "true"),
    ("detection(break(server-1 power)) <= 11.99s", "false"),
    ("run(break server-1; wait 1m).detection(break(server-1.app))", "0.000"),
    ("run(break server-1 crash; wait 1m).detection(break(server-1 crash))", "0.000"),
    (
      "run(break server-1 crash).detection(break(server-1 crash))",
      "server-1 is failing already, and will be marked DOWN anyway"
    ),
    (
      "run(break server-1.nginx; wait 1s).detection(break(server-1 power))",
      "server-1 is failing already, and will be marked DOWN anyway"
    ),
    ("run(break server-1.mysql).detection(break(server-1 crash)) == 5s ± 1s", "true"),
    ("detection(break(lb-1))", "lb-1 is not a server"),
    ("10 / (5 ± 1) == 2.3", "true"), ("10 / (5 ± 1) == 2.5", "false"),
    ("run(show detection(break(server-1 crash))).reply.range.least < 4002", "true"),
    ("run(set lb-1 check off).detection(break(server-1)) == never", "true"),
    ("run(set lb-1 check tcp).detection(break(server-1.app hang)) == never", "true"),
    ("capacity(read) == 2*run(remove server-2).capacity(read)", "true"),
    ("150/s ± 5 % == 155/s", "true"), ("150/s ± 5 % == 160/s", "false"), ("100 =~ 104", "true"),
    ("argmax(hosts, doubled(it).availability_of_hosts(read))", "[\"lb-1\"]"),
    ("removable(answers(static)).count > 3", "true"),
    ("refused(algorithm uri) or refused(algorithm nonsense)", "true"),
    ("run(send 300 rate 100/s).qps(server-1.nginx)", "50"),
    ("1/0", "the fact divides by zero"),
    ("state(server-9)", "there is no “server-9”"),
    ("run(sned 4).answered", "sned 4: unknown command “sned”"),
    ("run(audit).reply.findings[0].id", "\"clear-text\""),
    ("run(audit).reply.findings[0].id == clear-text", "true"),
    ("run(audit).reply.findings.count > findings.count", "true"),
    ("run(send 4).latency_ms.p99 < 20", "true"),
    ("run(send 4).latency_ms.p99 < fast", "a text cannot be more or less"),
    ("run(send 4).requests[0].path", "\"/\""), ("run(availability).availability.read > 99%", "true"),
    ("run(show servers).reply.servers[0].state == UP", "true"),
    ("run(spof).spofs.first.component == lb-1", "true"),
    ("run(spof).spofs[0].kinds == {static, read, write}", "true"),
    ("state(run(spof).spofs[0].component)", "\"works\""), ("not run(audit).ok", "false"),
    ("run(send 4).ok and 3 < 4", "true"),
    ("run(send 4).verb < 3", "the reply says send, which is not a number"),
    ("not run(audit).verb", "the reply says audit, which is not true or false"),
    ("run(send 4).packets", "the reply has no “packets”"), ("run(send 4).time_ms + 1 > 30", "true"),
    ("run(send 10).lost", "the reply to the last command has no lost"),
    ("run(send 4).reply.by_server.count", "2"), ("run(send 4).reply.statuses.count", "1"),
    ("run(spof).spofs > 3", "the reply says a list of 6, which is not a number"),
    ("run(send 4).reply.latency_ms > 3", "the reply says an object, which is not a number"),
    ("run(send 4).reply.requests[0].status == refused", "false"),
    ("run(break lb-1 crash; send 4).reply.requests[0].status == refused", "true"),
    ("clear-text in findings", "true"), ("findings == {clear-text}", "false"),
    ("run(add monitor; break server-1.monitor; wait 1m).alerts_of(server-1) == {silent}", "true"),
    ("capacity(static) > 3/s", "true"), ("max_rate(3 < 4) > 1000000/s", "true"),
  ])
  func `a fact has the value that a run shows`(fact: String, expected: String) {
    #expect(value(fact) == expected)
  }

  /// A set can be typed in the form in which it is printed.
  @Test(arguments: [
    "findings", "spofs(read)", "run(add monitor; break server-1; wait 1m).told", "open_ports(internet)",
    "kinds",
    "run(add monitor; break server-1; wait 1m).alerts_of(server-1)", "hosts", "path(write)",
    "run(send 3).statuses", "run(send 3).sequence", "run(send 3).by_server", "readable_links",
  ])
  func `a shown value can be typed`(fact: String) throws {
    var session = Tutor.design("textbook")
    let shown = try Fact(fact).evaluated(in: session.factContext()).value.text
    #expect(shown.count > 2)
    #expect(session.obey("assert \(fact) == \(shown)").isOK, "\(shown)")
  }

  /// The range of the detection time must include every moment at which the host can fail.
  @Test(arguments: ["crash", "power", "hang"], ["tcp", "http"])
  func `no fault is noticed sooner or later than the range`(fault: String, check: String) {
    var session = Tutor.design("textbook", ["set lb-1 check \(check)"])
    let shown = session.do("show detection(break(server-1 \(fault)))").json
    let observation = shown["witness"]?["saw"]?.string ?? ""
    guard let middle = shown["value"]?.number else {
      #expect("\(fault) \(check)" == "hang tcp" && observation == "server-1 is not marked DOWN")
      return
    }
    #expect(shown["range"]?["least"]?.number.map { $0 < middle } == true)
    #expect((shown["range"]?["most"]?.number ?? 0) + (shown["range"]?["least"]?.number ?? 0) == 2 * middle)
    let (began, ends) = (
      shown["time_ms"]?.number ?? 0, observation.split(separator: " ").compactMap { Double($0) }
    )
    #expect(ends.count == 2 && abs((ends.first ?? 0) + (ends.last ?? 0) - middle / 500) < 0.01)
    for step in 0..<40 {
      let moment = 37 + step * 53
      let line = "whatif wait \(moment)ms; break server-1 \(fault); wait until server-1 down"
      let end = session.do(line).json["replies"]?.elements.last?["time_ms"]?.number
      let took = ((end ?? 0) - began - Double(moment)) / 1_000
      #expect(took > (ends.first ?? 0) - 0.001 && took < (ends.last ?? 0) + 0.001, "\(line)")
    }
  }

  @Test func `a comparison that depends on the moment says so, with the worst case`() {
    var session = Tutor.design("textbook")
    let evidence = session.obey("assert detection(break(server-1 crash)) <= 5s").json["witness"]
    #expect(
      evidence?["saw"]?.string == "server-1 is DOWN after 4 to 6 s; it is true at only some of these moments")
    let whole = session.obey("assert detection(break(server-1 crash)) <= 6s").json["witness"]
    #expect(whole?["saw"]?.string == "server-1 is DOWN after 4 to 6 s")
    let reply = session.obey(evidence?["commands"]?.elements.first?.string ?? "")
    #expect(reply.text.contains("server-1 is DOWN"))
  }

  @Test(arguments: [
    ("spofs(write) == {lb-1, server-1}", "only the first has server-1.mysql; only the second has server-1"),
    ("spofs(read) == {}", "only the first has lb-1.haproxy"),
    ("hosts == {lb-1, server-1}", "only the first has server-2"),
    ("{lb-1, server-1.app} in hosts", "only the first has server-1.app"),
    ("hosts == {lb-1, server-1, server-2}", ""), ("spofs(write) == {lb-1, server-1.mysql}", ""),
  ])
  func `the difference of two sets is reported`(fact: String, expected: String) {
    var session = Tutor.design("textbook")
    let reply = session.obey("assert \(fact)")
    #expect(reply.isOK == expected.isEmpty)
    let observation = reply.json["witness"]?["saw"]?.string ?? ""
    #expect(
      observation.contains("only the") == !expected.isEmpty && observation.hasPrefix(expected),
      "\(observation)")
  }

  @Test func `uncounted values are reported`() {
    var session = Tutor.design("textbook")
    for fact in ["count(spofs(read))", "spofs(read).count"] {
      let reply = session.do("show \(fact)")
      #expect(reply.json["value"] == .integer(1))
      #expect(
        reply.json["witness"]?["saw"]?.string?.hasSuffix("a host and its component count once: lb-1") == true)
    }
    #expect(session.do("show hosts.count").json["witness"]?["saw"]?.string == "it is 3")
  }

  @Test func `a false claim has nothing that can be removed`() {
    var session = Tutor.design("textbook")
    let reply = session.do("show removable(spofs(read) == {})")
    #expect(reply.json["value"] == .array([]))
    #expect(
      reply.json["witness"]?["saw"]?.string == "spofs(read) == {} is false on the present site")
    let rate = session.do("show max_rate(spofs(read) == {})").json["witness"]?["saw"]?.string ?? ""
    #expect(rate.hasSuffix("it is false even at 1/s"))
  }

  @Test func `a false assertion fails, with the run that shows it`() {
    var session = Tutor.design("textbook")
    let held = session.obey("assert survives(break(server-1.app), read)")
    #expect(held.isOK)
    let failed = session.obey("assert survives(break(lb-1), read)")
    #expect(failed.failure?.code == "refuted")
    #expect(failed.json["value"] == .flag(false))
    #expect(
      failed.json["witness"]?.text
        == #"{"commands":["whatif break lb-1; wait 30s; send 10 read"],"saw":"10 of 10 reads got no answer"}"#
    )
    #expect(session.obey("assert 3").failure?.code == "fact")
  }

  @Test func `the commands of evidence can be typed again and show the same`() {
    var session = Tutor.design("active-active")
    for fact in [
      "spofs(write)", "stops(break(primary))", "run(send 7).answered == 7", "start.primary == primary",
    ] {
      let commands = session.do("show \(fact)").json["witness"]?["commands"]?.elements ?? []
      #expect(!commands.isEmpty)
      for command in commands { session.do(command.string ?? "") }
    }
  }

  /// Every member of a reply in `--json` can be used in a fact.
  @Test(arguments: Command.all.map(\.name)) func `every member of a reply can be used in a fact`(name: String)
    throws
  {
    let command = try #require(Command.all.first { $0.name == name })
    var session = TypedSession(designs: designs, lessons: lessons, files: Files(["site.tripod": "send 4\n"]))
    session.access.savedSites = SavedSites([
      UnfinishedSite(steps: [UnfinishedSite.RecordedStep("set server-1 weight 3")])
    ])
    for line in Tutor.commands(in: command.example) {
      for member in FactTests.names(in: session.obey(line).json)
      where member.allSatisfy({ $0.isLetter || $0 == "_" }) {
        #expect(throws: Never.self, "\(line): \(member)") { try Fact("run(\(line)).reply.\(member)") }
      }
    }
  }

  private static func names(in json: JSON) -> [String] {
    switch json {
    case .array(let elements): elements.flatMap { names(in: $0) }
    case .object(let members): members.flatMap { [$0.name] + names(in: $0.value) }
    default: []
    }
  }

  @Test func `the hint for a missing member names a reply that has it`() {
    var session = Tutor.design("textbook")
    for field in ["lost", "latency", "first_alert", "share(server-1)", "status"] {
      let failure = session.obey("show run(break server-1.app).\(field)").failure
      let hint = failure?.hint ?? ""
      #expect(session.obey("show \(hint)").isOK, "\(field): \(hint)")
    }
  }

  @Test func `evaluating a fact changes nothing`() {
    var session = Tutor.design("textbook")
    let before = session.loadedSite
    session.do("show spofs(write)")
    session.do("show run(break lb-1; wait 1m; send 10).failed")
    session.do("spof pairs")
    session.do("availability hosts")
    expectSame(session.loadedSite, before)
  }

  @Test func `events are remembered, but not those of whatif`() {
    var session = Tutor.design("textbook")
    session.do("whatif break lb-1; send 1")
    #expect(session.do("show seen(request.failed)").json["value"] == .flag(false))
    session.do("break lb-1; send 1")
    #expect(session.do("show seen(request.failed)").json["value"] == .flag(true))
  }

  @Test(arguments: [
    ("run(wait 1m).told == {}", "run(send 4; wait 1m).alerts == 0"),
    ("server-1 in told", "run(break server-2; wait 2m).told ∩ {server-1, server-2} == {server-2}"),
    ("run(send 10 read).first_alert == never", "run(break server-2; send 600 rate 10/s).first_alert > now"),
  ])
  func `facts about a run count only its own alerts`(_ first: String, _ second: String) {
    var session = Tutor.design("secured", ["break server-1", "wait 2m"])
    for fact in [first, second] {
      #expect(session.do("show \(fact)").json["value"] == .flag(true), "\(fact)")
    }
  }

  @Test func `lost connections of a run are known after a wait too`() {
    var session = Tutor.design("balancer-pair", ["hold a b"])
    #expect(session.do("show run(break lb-1; wait 10s).lost_connections").number("value") == 2)
    #expect(session.do("show run(wait 10s).lost_connections").number("value") == 0)
  }

  @Test(arguments: [
    "detection(break(server-1 crash))", "detection(break(server-1 power))",
    "run(set database lag 2s).first_all_fresh",
  ])
  func `evidence waits as people write it`(_ fact: String) {
    var session = Tutor.design("textbook", ["wait 12345us"])
    let commands =
      session.do("show \(fact)").json["witness"]?["commands"]?.elements.compactMap { $0.string } ?? []
    #expect(!commands.isEmpty)
    for command in commands { #expect(!command.contains("ns;"), "\(command)") }
  }
}
