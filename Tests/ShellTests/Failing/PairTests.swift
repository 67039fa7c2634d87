import Testing

@testable import Shell

/// Two balancers with one address that moves, or with two addresses under one name.
@Suite struct PairTests {
  /// Returns the design `balancer-pair`, but without a watch on haproxy.
  private static func pair(_ commands: String...) -> Tutor {
    Tutor.design("balancer-pair", ["set lb-1 track off", "set lb-2 track off"] + commands)
  }

  /// Returns the balancer that receives the users' requests.
  private static func balancers(_ reply: Reply) -> [String] {
    (reply.json["requests"]?.elements ?? []).map { $0["balancer"]?.string ?? "-" }
  }

  // MARK: Takeover

  @Test(arguments: ["power", "cut"])
  func `the second balancer takes the address after three missed advertisements`(_ fault: String) {
    for phase in stride(from: 0, to: 2_000, by: 50) {
      var session = PairTests.pair("wait \(phase)ms", "break lb-1 \(fault)")
      let start = session.seconds
      let eventTime = session.do("wait 10s").eventTime(of: "lb-2 took the address") ?? 0
      #expect((2.999...3.61).contains(eventTime - start), "\(phase) ms")
      #expect(PairTests.balancers(session.do("send 2")) == ["lb-2", "lb-2"])
    }
  }

  @Test func `the first balancer takes the address back when it returns`() {
    for phase in stride(from: 0, to: 1_000, by: 50) {
      var session = PairTests.pair("break lb-1", "wait \(10_000 + phase)ms")
      session.do("repair lb-1")
      let start = session.seconds
      let reply = session.do("wait 10s")
      #expect(reply.events == ["lb-1 took the address", "lb-2 gave the address up"])
      #expect(
        (2.999...3.61).contains((reply.eventTime(of: "lb-1 took the address") ?? 0) - start), "\(phase) ms")
      #expect(PairTests.balancers(session.do("send 2")) == ["lb-1", "lb-1"])
    }
  }

  @Test func `failback delays no request, and only open connections are lost`() {
    var session = PairTests.pair("break lb-1", "wait 10s", "at 1s repair lb-1")
    let reply = session.do("send 400 read rate 50/s")
    #expect(
      reply.events == [
        "lb-1 has power again", "lb-1 took the address", "lb-2 gave the address up",
        "lb-2 lost an open connection",
      ])
    #expect(reply.counts("statuses") == ["200": 399, "refused": 1])
    #expect((reply.json["latency_ms"]?["max"]?.number ?? 0) < 20)
  }

  @Test func `a balancer that returns before its failure is detected keeps the address`() {
    var session = PairTests.pair("break lb-1 cut", "wait 2s", "repair lb-1")
    #expect(session.do("wait 10s").events == [])
    #expect(PairTests.balancers(session.do("send 1")) == ["lb-1"])
  }

  @Test func `users do not notice the failure of the standby`() {
    var session = PairTests.pair("at 1s break lb-2", "at 6s repair lb-2")
    let reply = session.do("send 600 read rate 50/s")
    #expect(reply.number("failed") == 0)
    #expect(reply.events == ["lb-2 has lost power", "lb-2 has power again"])
  }

  @Test func `with both failed there is no answer, and the first to return takes the address`() {
    var session = PairTests.pair("break lb-1", "break lb-2", "wait 10s")
    #expect(session.do("send 2").requestSummary == "-:timeout@6.0 -:timeout@6.0")
    session.do("repair lb-2")
    #expect(session.do("wait 10s").events.first == "lb-2 took the address")
    #expect(PairTests.balancers(session.do("send 2")) == ["lb-2", "lb-2"])
  }

  @Test func `without a mode no address moves`() {
    var session = Tutor.pairOfServers(["add balancer lb-2", "break lb-1"])
    #expect(session.do("wait 1m").events == [])
    #expect(session.do("send 1").requestSummary == "-:timeout@6.0")
  }

  // MARK: Cost of a takeover

  /// A user's packets are sent again after one second and after three seconds. The first one after the
  /// takeover succeeds.
  @Test func `a takeover delays most users by seconds, and a few get an error`() {
    var session = PairTests.pair("at 1s break lb-1")
    let reply = session.do("send 600 static rate 100/s")
    let late = reply.json["requests"]?.elements.filter { ($0["ms"]?.number ?? 0) > 900 } ?? []
    let failed = Int(reply.number("failed") ?? -1)
    #expect(reply.counts("statuses") == ["200": 600 - failed, "timeout": failed])
    #expect(((1...70) as ClosedRange<Int>).contains(failed))
    #expect(late.count > 300)
  }

  @Test func `connections that were open are lost`() {
    var session = PairTests.pair("hold a b c", "break lb-1")
    let reply = session.do("wait 10s")
    #expect(reply.events == ["lb-2 took the address", "lb-1 lost 3 open connections"])
    #expect(
      session.do("release a b c").json["requests"]?.elements.map { $0["status"]?.string } == [
        "refused", "refused", "refused",
      ])
  }

  @Test func `lost connections are counted by the reply during which they are lost`() {
    var session = PairTests.pair("hold a b", "break lb-1 cut")
    let reply = session.do("send 100 static rate 20/s")
    #expect(reply.number("lost_connections") == 2)
    #expect(session.do("send 2").number("lost_connections") == 0)
  }

  @Test func `failback loses the connections through the second balancer`() {
    var session = PairTests.pair("break lb-1", "wait 10s", "hold a", "repair lb-1", "wait 10s")
    #expect(session.do("release a").json["requests"]?.elements.map { $0["status"]?.string } == ["refused"])
  }

  // MARK: A failure of haproxy only

  @Test func `there is no takeover for a failed process that is not watched`() {
    var session = PairTests.pair("break lb-1.haproxy")
    #expect(session.do("wait 1m").events == [])
    #expect(session.do("send 2").requestSummary == "-:refused -:refused")
  }

  @Test func `the failure of a watched process is detected after two and a half seconds`() {
    for phase in stride(from: 0, to: 1_000, by: 100) {
      var session = PairTests.pair("set lb-1 track on", "wait \(phase)ms", "break lb-1.haproxy")
      let start = session.seconds
      let reply = session.do("wait 10s")
      #expect(reply.events == ["lb-1 gave the address up", "lb-2 took the address"])
      #expect((2.35...2.6).contains((reply.eventTime(of: "lb-2 took the address") ?? 0) - start))
      session.do("repair lb-1.haproxy")
      let repair = session.seconds
      let back = session.do("wait 10s").eventTime(of: "lb-1 took the address") ?? 0
      #expect((4.7...5.0).contains(back - repair))
    }
  }

  @Test func `users are refused until the failure of a watched process is detected`() {
    var session = PairTests.pair("set lb-1 track on", "at 1s break lb-1.haproxy")
    let statuses = session.do("send 100 static rate 10/s").counts("statuses")
    #expect(statuses == ["200": 75, "refused": 25])
  }

  // MARK: Both balancers have the address

  @Test func `balancers that cannot reach each other both take the address`() {
    var session = PairTests.pair("break lb-1--lb-2")
    #expect(session.do("wait 10s").events == ["lb-2 took the address"])
    #expect(session.loadedSite.simulation.addressHolders == ["lb-1", "lb-2"])
    #expect(session.do("send 20").number("failed") == 0)
    session.do("repair lb-1--lb-2")
    #expect(session.do("wait 10s").events == ["lb-2 gave the address up"])
    #expect(session.loadedSite.simulation.addressHolders == ["lb-1"])
    #expect(PairTests.balancers(session.do("send 1")) == ["lb-1"])
  }

  @Test func `the second balancer does not detect a cut between the internet and the first`() {
    var session = PairTests.pair("break internet--lb-1")
    #expect(session.do("wait 1m").events == [])
    #expect(session.do("send 1").requestSummary == "-:timeout@6.0")
  }

  @Test func `a balancer that is cut off takes the address, but users still reach the other`() {
    var session = PairTests.pair("hold a", "break lb-2 cut")
    #expect(
      session.do("wait 10s").events == [
        "lb-2 claims the address for itself: nobody hears it"
      ])
    #expect(session.do("show holder").json["value"] == .string("lb-1"))
    #expect(session.do("show").text.contains("has the address"))
    #expect(PairTests.balancers(session.do("send 4")) == ["lb-1", "lb-1", "lb-1", "lb-1"])
    #expect(session.do("release a").json["requests"]?.elements.map { $0["status"]?.number } == [200])
    session.do("repair lb-2")
    #expect(session.do("wait 10s").events.first == "lb-2 gave the address up")
    #expect(PairTests.balancers(session.do("send 1")) == ["lb-1"])
  }

  /// A failed firewall drops IP packets. ARP still announces the owner of an address.
  @Test func `a balancer behind a failed firewall takes the address and blocks all users`() {
    var session = PairTests.pair("add firewall", "wait 1m", "break lb-2.firewall")
    #expect(session.do("wait 10s").events.contains("lb-2 took the address"))
    #expect(session.do("show holders").json["value"]?.text == #"["lb-1","lb-2"]"#)
    #expect(session.do("send 1").requestSummary == "-:timeout@6.0")
    session.do("repair lb-2.firewall; wait 10s")
    #expect(PairTests.balancers(session.do("send 1")) == ["lb-1"])
  }

  @Test func `of two balancers with the address, users reach the working one`() {
    var session = PairTests.pair("break lb-1--lb-2", "wait 10s")
    #expect(PairTests.balancers(session.do("send 1")) == ["lb-2"])
    session.do("break lb-2; wait 10s")
    #expect(PairTests.balancers(session.do("send 2")) == ["lb-1", "lb-1"])
  }

  // MARK: Two addresses

  private static func twoAddresses(_ commands: String...) -> Tutor {
    Tutor.design("balancer-pair", ["mode active-active balancers", "wait 10s"] + commands)
  }

  @Test func `two balancers with the address keep it when the site changes`() {
    var session = PairTests.pair("break lb-1--lb-2", "wait 10s", "add server spare", "break lb-1")
    #expect(PairTests.balancers(session.do("send 2")) == ["lb-2", "lb-2"])
  }

  @Test func `in active-active, users alternate between both addresses`() {
    var session = PairTests.twoAddresses()
    #expect(PairTests.balancers(session.do("send 4 static")) == ["lb-1", "lb-2", "lb-1", "lb-2"])
  }

  @Test(arguments: [("power", 3), ("cut", 3), ("crash", 0), ("haproxy", 0)])
  func `with one failed address, half of the users wait a second or not at all`(_ fault: String, _ late: Int)
  {
    var session = PairTests.twoAddresses("break lb-1\(fault == "haproxy" ? ".haproxy" : " \(fault)")")
    for _ in 0..<2 {
      let reply = session.do("send 6 static")
      #expect(reply.counts("statuses") == ["200": 6])
      #expect(PairTests.balancers(reply) == Array(repeating: "lb-2", count: 6))
      let times = reply.json["requests"]?.elements.map { $0["ms"]?.number ?? 0 } ?? []
      #expect(times.count { $0 > 900 } == late)
      // Each balancer keeps its own address, so nothing changes.
      session.do("wait 1h")
    }
  }

  @Test func `with both addresses failed there is no answer`() {
    var session = PairTests.twoAddresses("break lb-1", "break lb-2.haproxy")
    let ends = Set(
      session.do("send 4 static").json["requests"]?.elements.map { $0["status"]?.string ?? "200" } ?? [])
    #expect(!ends.contains("200"))
  }
}
