import Inspector
import Testing

@testable import Shell

/// Which traffic firewalls allow, and which traffic a wrong rule blocks, as recorded on the real site.
@Suite struct FirewallTests {
  private static func statuses(_ session: inout Tutor, _ line: String) -> [String: Int] {
    session.do(line).counts("statuses")
  }

  @Test(arguments: designs) func `the usual rules do not change any design's results`(_ design: Document) {
    var protectedSite = Tutor.design(design.name)
    protectedSite.do("add firewall")
    var open = Tutor.design(design.name)
    for line in ["send 8 static", "send 8 read", "send 8 write", "wait 1m", "send 40 mix rate 20/s"] {
      #expect(protectedSite.do(line).json["requests"] == open.do(line).json["requests"], "\(line)")
    }
    #expect(protectedSite.do("show database").json["nodes"] == open.do("show database").json["nodes"])
    #expect(protectedSite.do("show servers").json["servers"] == open.do("show servers").json["servers"])
  }

  @Test(arguments: ["add server", "add server with mysql", "add replica"])
  func `database settings can be changed before an added component behind a firewall runs`(addition: String) {
    var session = Tutor.design("textbook", ["add firewall"])
    for line in [addition, "set database fallback on", "set database failover auto", "wait 10s"] {
      #expect(session.do(line).failure == nil, "\(line)")
    }
    #expect(session.do("send 24 mix").number("failed") == 0)
  }

  @Test func `a server that allows only port 22 is silent and DOWN, and all writes fail`() {
    var session = Tutor.design("textbook")
    session.do("add firewall server-1 allow 22 from internet")
    #expect(FirewallTests.statuses(&session, "send 2 static") == ["200": 1, "503": 1])
    let reply = session.do("wait 30s")
    #expect(reply.json["events"]?.elements.map { $0["what"]?.string } == ["is DOWN after 3 failed checks"])
    let writes = session.do("send 4 write")
    #expect(writes.counts("statuses") == ["500": 4])
    #expect(writes.json["latency_ms"]?["p50"]?.number.map { $0 > 1_000 && $0 < 1_020 } == true)
  }

  @Test func `established replication continues behind a wrong rule until it must connect again`() {
    var session = Tutor.design("textbook")
    session.do("add firewall server-1 allow 80 from balancers")
    func replica() -> [JSON?] {
      let node = session.do("show database").json["nodes"]?.elements.last
      return [node?["connected"], node?["seconds_behind"]]
    }
    #expect(replica() == [.flag(true), .integer(0)])
    session.do("wait 1m")
    #expect(replica() == [.flag(true), .integer(0)])
    session.do("break server-1.mysql; repair server-1.mysql; wait 2m")
    #expect(replica() == [.flag(false), .null])
    session.do("add firewall server-1")
    #expect(replica() == [.flag(true), .integer(0)])
  }

  /// Rules that match no traffic, because no program listens on their ports and no host has their addresses.
  private static let unusedRules =
    (1...20).map { "allow \(20_000 + $0) from internet" } + (1...20).map { "allow 80 from 172.16.\($0).0/24" }
    + (1...20).map { "deny 172.17.\($0).0/24" }

  @Test(arguments: [
    "allow 80 from internet", "allow 80 from balancers", "allow 80 from lb-1 allow 3306 from applications",
    "allow 80 from 203.0.113.0/24", "allow 80 from 203.0.113.99/28", "allow 80 from 0.0.0.0/0",
    "allow 80 from internet deny lb-1", "allow 80 from internet deny balancers",
    "allow 80 from internet deny 203.0.113.0/24", "allow 80 from internet deny 203.0.113.10",
    "allow 80 from 203.0.112.0/24 allow 3306 from 10.0.0.0/8", "deny internet allow 80 from internet",
  ])
  func `a rule has the same effect among many rules as alone`(rules: String) {
    var smallSite = Tutor.design("textbook", ["add firewall server-1 \(rules)"])
    var largeSite = Tutor.design(
      "textbook", ["add firewall server-1 \(rules) \(FirewallTests.unusedRules.joined(separator: " "))"])
    for line in [
      "attack scan server-1", "attack scan server-1 from lb-1", "attack scan server-1 from server-2",
      "send 4 static", "send 4 write", "wait 30s", "send 4 mix",
    ] {
      let (one, other) = (smallSite.do(line).json, largeSite.do(line).json)
      for member in ["ports", "requests", "events"] { #expect(one[member] == other[member], "\(line)") }
    }
  }

  @Test func `writes from the other server fail if the database port is blocked for it`() {
    var session = Tutor.design("textbook")
    session.do("add firewall server-1 allow 80 from balancers")
    let reply = session.do("send 4 write")
    #expect(reply.counts("statuses") == ["200": 2, "500": 2])
    #expect(reply.counts("by_server") == ["server-1": 2, "server-2": 2])
  }

  @Test func `balancers that drop each other's advertisements both hold the address`() {
    var session = Tutor.design("balancer-pair")
    session.do("add firewall lb-2 allow 80 from internet; wait 10s")
    #expect(session.do("show topology").text.contains("the address is held by lb-1 and lb-2"))
    session.do("add firewall lb-2; wait 10s")
    #expect(!session.do("show topology").text.contains("the address is held by lb-1 and"))
  }

  @Test func `a balancer that blocks the internet is silent, and its users give up`() {
    var session = Tutor.design("textbook")
    session.do("add firewall lb-1 allow 22 from internet")
    let reply = session.do("send 2 static")
    #expect(reply.counts("statuses") == ["timeout": 2])
    #expect(reply.json["latency_ms"]?["max"] == .thousandths(6_000_000))
  }

  @Test(arguments: [
    ("203.0.113.10", ["200": 2]), ("203.0.113.0/24", ["200": 2]), ("203.0.113.11", ["200": 1, "503": 1]),
    ("10.0.0.0/8", ["200": 1, "503": 1]),
  ])
  func `a rule can name a balancer by its address`(source: String, statuses: [String: Int]) {
    var session = Tutor.design("textbook")
    session.do("add firewall server-1 allow 80 from \(source)")
    #expect(FirewallTests.statuses(&session, "send 2 static") == statuses)
  }

  @Test(arguments: [("10.0.0.2", ["200": 4]), ("10.0.0.3", ["200": 2, "500": 2])])
  func `a rule can name a server by its address`(source: String, statuses: [String: Int]) {
    var session = Tutor.design("textbook")
    session.do("add firewall server-1 allow 80 from balancers allow 3306 from \(source)")
    #expect(FirewallTests.statuses(&session, "send 4 write") == statuses)
  }

  @Test func `one address can be blocked, and others are answered`() {
    var session = Tutor.design("textbook")
    session.do("add firewall lb-1 deny 198.51.100.7")
    #expect(FirewallTests.statuses(&session, "send 4 from 198.51.100.7") == ["timeout": 4])
    #expect(FirewallTests.statuses(&session, "send 4 from 198.51.100.8") == ["200": 4])
    session.do("add firewall lb-1 deny 198.51.100.0/24")
    #expect(FirewallTests.statuses(&session, "send 4 from 198.51.100.8") == ["timeout": 4])
  }

  @Test func `a rule for a network allows its addresses`() {
    var session = Tutor.design("textbook")
    session.do("add firewall lb-1 allow 80 from 192.0.0.0/8")
    #expect(FirewallTests.statuses(&session, "send 2 from 192.1.2.3") == ["200": 2])
    #expect(FirewallTests.statuses(&session, "send 2 from 193.1.2.3") == ["timeout": 2])
  }

  @Test func `a failed firewall blocks everything until it is repaired`() {
    var session = Tutor.design("secured")
    session.do("break lb-1.firewall")
    #expect(FirewallTests.statuses(&session, "send 2") == ["timeout": 2])
    session.do("repair lb-1.firewall; wait 10s")
    #expect(FirewallTests.statuses(&session, "send 2") == ["200": 2])
    session.do("break lb-1.firewall; wait 1m; remove lb-1.firewall; wait 10s")
    #expect(FirewallTests.statuses(&session, "send 2") == ["200": 2])
  }

  @Test func `a failed health check succeeds again when the rule is fixed`() {
    var session = Tutor.design("textbook")
    session.do("add firewall server-1 allow 22 from internet; wait 30s")
    #expect(FirewallTests.statuses(&session, "send 4 static") == ["200": 4])
    session.do("add firewall server-1; wait 10s")
    #expect(session.do("send 4 static").counts("by_server") == ["server-1": 2, "server-2": 2])
  }

  @Test func `rules that name a host are removed with it`() {
    var session = Tutor("add server s1", "add server s2", "add server s3 with nginx,files")
    session.do("add firewall s1 allow 80 from s3 allow 3306 from s2")
    session.do("remove s3")
    #expect(
      session.loadedSite.simulation.topology.host(named: "s1")?.firewall?.rules == ["allow 3306 from s2"])
  }

  @Test func `requests to a failed firewall get no answer, and this is reported`() {
    var session = Tutor.design("secured")
    #expect(
      session.do("break server-1.firewall").text.hasPrefix(
        "server-1.firewall crashed: it drops every packet, so connections get no answer."))
    let shown = session.do("show server-1").text
    #expect(
      shown.contains("server-1.firewall crashed: it drops every packet, so connections get no answer, since"))
    let states = session.do("attack scan server-1 from lb-1").json["ports"]?.elements.map { $0["state"] }
    #expect(states?.allSatisfy { $0 == .string("filtered") } == true)
    #expect(
      session.do("break lb-1.monitor").text.hasPrefix("lb-1.monitor crashed: no numbers come from it"))
  }
}
