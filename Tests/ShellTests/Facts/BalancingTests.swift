import Simulator
import Testing

@testable import Shell

/// Short sequences of commands and results that were recorded with the real HAProxy.
@Suite struct BalancingTests {
  /// Obeys commands on servers with these weights. Returns the servers that answered, such as `1 2 1`.
  private static func turns(_ algorithm: String, _ weights: [Int], _ commands: String...) -> String {
    var session = Tutor("new")
    for (i, weight) in weights.enumerated() { session.do("add server s\(i + 1) weight \(weight)") }
    session.do("algorithm \(algorithm)")
    return commands.map { session.do($0) }.filter { $0.verb == "send" || $0.verb == "hold" }
      .map { $0.answers.map { $0.replacing("s", with: "") }.joined(separator: " ") }.joined(separator: ", ")
  }

  @Test(arguments: [
    ([1, 1], "1 2 1 2"), ([3, 1], "1 1 1 2 1 1 1 2"), ([1, 1, 1], "1 2 3 1 2 3"),
    ([5, 1, 1], "1 1 1 2 1 1 3 1 1 1 2 1 1 3"),
    ([4, 2, 1], "1 1 2 1 3 1 2 1 1 2 1 3 1 2"),
  ])
  func `round robin takes turns by weight`(_ weights: [Int], _ turns: String) {
    let count = turns.split(separator: " ").count
    #expect(BalancingTests.turns("roundrobin", weights, "send \(count) static") == turns)
  }

  @Test func `a server that returns gets a request about one round later`() {
    #expect(
      BalancingTests.turns(
        "roundrobin", [1, 1, 1], "send 9 static", "set s2 state maint", "send 6 static", "set s2 state ready",
        "send 9 static")
        == "1 2 3 1 2 3 1 2 3, 1 3 1 3 1 3, 1 3 2 1 3 2 1 3 2")
  }

  @Test(arguments: [1, 2, 5]) func `only the proportions of the weights matter to a table`(_ weight: Int) {
    #expect(
      BalancingTests.turns(
        "static-rr", [weight, weight, weight], "send 4 static", "set s3 state maint", "send 4 static")
        == "1 2 3 1, 2 1 2 1")
  }

  @Test func `changing a weight at runtime changes the order of servers`() {
    #expect(
      BalancingTests.turns("roundrobin", [1, 1], "send 6 static", "set s1 weight 3", "send 16 static")
        == "1 2 1 2 1 2, 1 2 1 1 1 2 1 1 1 2 1 1 1 2 1 1")
  }

  @Test func `a percentage refers to the first weight`() {
    var session = Tutor("new", "add server s1 weight 8", "set s1 weight 4", "set s1 weight 50%")
    let server = session.do("show servers").json["servers"]?.elements.first
    #expect(server?["weight"] == .integer(4))
    #expect(server?["effective_weight"] == .integer(4))
  }

  @Test func `static turns follow the table`() {
    #expect(BalancingTests.turns("static-rr", [3, 1], "send 8 static") == "1 1 1 2 1 1 1 2")
  }

  @Test(arguments: ["static-rr", "source", "uri"])
  func `an algorithm with a table refuses new weights at runtime`(
    _ algorithm: String
  ) {
    var session = Tutor("new", "add server s1 weight 2", "algorithm \(algorithm)", "send 1 static")
    #expect(session.obey("set s1 weight 3").failure?.code == "fixed-weights")
    for weight in ["0", "0%", "2", "100%"] { #expect(session.obey("set s1 weight \(weight)").isOK) }
  }

  @Test func `with single requests, leastconn ignores the weights and takes turns`() {
    #expect(BalancingTests.turns("leastconn", [3, 1, 1], "send 6 static") == "1 2 3 1 2 3")
  }

  @Test func `leastconn avoids busy servers`() {
    #expect(
      BalancingTests.turns("leastconn", [1, 1, 1], "hold a b c d", "send 3 static") == "1 2 3 1, 2 3 2")
  }

  @Test func `leastconn fills up a server that returns`() {
    #expect(
      BalancingTests.turns(
        "leastconn", [1, 1, 1], "set s3 state maint", "hold a b c d", "set s3 state ready", "send 3 static",
        "hold e f g")
        == "1 2 1 2, 3 3 3, 3 3 1")
  }

  @Test func `first fills one server after the other`() {
    var session = Tutor("new", "algorithm first")
    for i in 1...3 { session.do("add server s\(i) maxconn 2") }
    #expect(session.do("hold a b c").answers == ["s1", "s1", "s2"])
    #expect(session.do("send 2 static").answers == ["s2", "s2"])
    #expect(session.do("hold d e").answers == ["s2", "s3"])
    #expect(session.do("release a").answers == ["s1"])
    #expect(session.do("send 2 static").answers == ["s1", "s1"])
  }

  @Test func `requests from one address go to the same server`() {
    #expect(
      BalancingTests.turns(
        "source", [1, 1, 1], "send 6 static from 127.0.3.1,127.0.3.2,127.0.3.3,127.0.3.4,127.0.3.5,127.0.3.6")
        == "3 1 2 3 1 2")
  }

  @Test func `the query does not affect the path's hash`() {
    let sameServer = BalancingTests.turns("uri", [1, 1, 1], "send 4 static to /c/d?x=1,/c/d?x=2,/c/d,/c/d?")
    #expect(["1 1 1 1", "2 2 2 2", "3 3 3 3"].contains(sameServer))
  }

  @Test func `a backup server gets requests only if no other server is available`() {
    var session = Tutor(
      "new", "add server s1", "add server s2", "add server s3 backup", "add server s4 backup")
    #expect(session.do("send 3 static").answers == ["s1", "s2", "s1"])
    session.do("set s1 state drain; set s2 weight 0")
    #expect(session.do("send 3 static").answers == ["s3", "s3", "s3"])
    session.do("set lb-1 allbackups on")
    #expect(session.do("send 4 static").counts("by_server") == ["s3": 2, "s4": 2])
    session.do("set s2 weight 1")
    #expect(session.do("send 2 static").answers == ["s2", "s2"])
  }

  @Test func `active-passive makes all servers except the first standbys`() {
    var session = Tutor("new", "add server s1", "add server s2", "mode active-passive servers")
    #expect(session.do("send 4 static").answers == ["s1", "s1", "s1", "s1"])
    session.do("mode active-active servers")
    #expect(session.do("send 4 static").answers == ["s1", "s2", "s1", "s2"])
  }

  @Test func `active-active balancers take turns`() {
    var session = Tutor("new", "add server s1", "add balancer", "mode active-active balancers")
    let balancers = session.do("send 4 static").json["requests"]?.elements.map { $0["balancer"]?.string }
    #expect(balancers == ["lb-1", "lb-2", "lb-1", "lb-2"])
  }

  // MARK: Held requests

  private static func saturated() -> Tutor {
    var session = Tutor("new", "add server s1 maxconn 1", "add server s2 maxconn 1")
    session.do("hold a b c d")
    return session
  }

  @Test func `a request without a slot waits`() {
    var session = BalancingTests.saturated()
    #expect(
      session.do("hold e static").json.text == """
        {"schema":1,"command":"hold e static","verb":"hold","ok":true,"time_ms":0.000,"events":[],"requests":[\
        {"id":"e","kind":"static","from":"198.51.100.7","path":"/","balancer":"lb-1","server":null,\
        "database":null,"status":null,"ms":null,"stale":false,"queued":true}]}
        """)
  }

  @Test func `a free slot goes to the request that has waited longest`() {
    var session = BalancingTests.saturated()
    let reply = session.do("release b")
    #expect(reply.answers == ["s2"])
    #expect(
      reply.json["dequeued"]?.elements.map { "\($0["id"]?.string ?? "") \($0["server"]?.string ?? "")" } == [
        "c s2"
      ])
  }

  @Test func `a request that waits too long for a slot gets 503`() {
    var session = BalancingTests.saturated()
    session.do("set lb-1 timeout-queue 300ms")
    session.do("hold e; wait 300ms")
    let reply = session.do("release e")
    #expect(reply.answers == ["503"])
    #expect(reply.json["requests"]?.elements.first?["ms"]?.number == 300)
  }

  @Test func `the queue's time-out defaults to the connect time-out`() {
    var session = BalancingTests.saturated()
    session.do("wait 999ms")
    #expect(session.loadedSite.simulation.log.map(\.isQueued) == [false, false, true, true])
    session.do("wait 1ms")
    #expect(session.loadedSite.simulation.log.map(\.end) == [nil, nil, .status(503), .status(503)])
  }

  @Test func `a held request has no server time-out`() {
    var session = Tutor("new", "add server s1", "hold a", "wait 1h")
    #expect(session.do("release a").json["requests"]?.elements.map { $0["status"]?.text } == ["200"])
  }

  @Test func `holding a request takes no time`() {
    var session = Tutor("new", "add server s1")
    #expect(session.do("hold a").number("time_ms") == 0)
  }

  @Test func `released requests end in the given order`() {
    var session = Tutor("new", "add server s1", "hold a b c")
    #expect(
      session.do("release c a b").json["requests"]?.elements.map { $0["id"]?.string } == ["c", "a", "b"])
  }
}
