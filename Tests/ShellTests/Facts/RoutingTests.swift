import Testing

@testable import Shell

/// Which database node an application uses, and what the node answers.
@Suite struct RoutingTests {
  private static let twoServers = ["new", "add server s1", "add server s2"]

  private static func session(_ more: String...) -> Tutor {
    var session = Tutor()
    for command in twoServers + more { session.do(command) }
    return session
  }

  private static func databases(_ reply: Reply) -> [String?] {
    reply.json["requests"]?.elements.map { $0["database"]?.string } ?? []
  }

  @Test(arguments: [
    ("local", ["s1.mysql", "s2.mysql", "s1.mysql", "s2.mysql"]),
    ("primary", ["s1.mysql", "s1.mysql", "s1.mysql", "s1.mysql"]),
    ("replica", ["s2.mysql", "s2.mysql", "s2.mysql", "s2.mysql"]),
    ("any", ["s1.mysql", "s2.mysql", "s2.mysql", "s1.mysql"]),
  ])
  func `reads go to the node that the routing chooses`(_ routing: String, _ nodes: [String]) {
    var session = RoutingTests.session("set database reads \(routing)")
    #expect(RoutingTests.databases(session.do("send 4 read")) == nodes)
  }

  @Test func `reads are spread over several replicas`() {
    var session = RoutingTests.session("add replica", "add replica", "set database reads replica")
    #expect(
      session.do("send 12 read").counts("by_database") == [
        "s2.mysql": 4, "replica-1.mysql": 4, "replica-2.mysql": 4,
      ])
  }

  @Test func `writes go to the primary from both servers`() {
    var session = RoutingTests.session()
    #expect(
      RoutingTests.databases(session.do("send 4 write")) == ["s1.mysql", "s1.mysql", "s1.mysql", "s1.mysql"])
  }

  @Test func `a local write is refused by a replica`() {
    var session = RoutingTests.session("set database writes local")
    let reply = session.do("send 4 write")
    #expect(reply.counts("statuses") == ["200": 2, "500": 2])
    #expect(reply.counts("by_database") == ["s1.mysql": 2])
    #expect(reply.answers == ["s1", "s2", "s1", "s2"])
  }

  @Test func `an application without a node of its own reads from the primary`() {
    var session = RoutingTests.session("add server s3 with nginx,app,files")
    #expect(RoutingTests.databases(session.do("send 3 read")) == ["s1.mysql", "s2.mysql", "s1.mysql"])
  }

  @Test(arguments: [("10ms", 1), ("100ms", 1), ("8ms", 0), ("0", 0)])
  func `a read is stale until the lag is over`(_ lag: String, _ stale: Int) {
    var session = RoutingTests.session("set database lag \(lag)", "set database reads replica")
    session.do("send 1 write")
    // The read arrives 8 ms after the write was stored. The lag is either longer or shorter than that.
    #expect(session.do("send 1 read").number("stale") == Double(stale))
  }

  @Test func `a stale page is fresh once the lag has passed`() {
    var session = RoutingTests.session(
      "set database lag 50ms", "set database reads replica", "send 1 write; send 1 read")
    session.do("wait 50ms")
    #expect(session.do("send 1 read").number("stale") == 0)
  }

  @Test func `the primary is never stale`() {
    var session = RoutingTests.session("set database lag 1h", "set database reads primary", "send 10 write")
    #expect(session.do("send 10 read").number("stale") == 0)
  }

  @Test func `each node has the lag that is set for it`() {
    var session = RoutingTests.session(
      "add replica r1", "set database lag 20ms", "set r1 lag 1h", "send 3 write", "wait 20ms")
    let nodes = session.do("show database").json["nodes"]?.elements ?? []
    #expect(
      nodes.map { "\($0["name"]?.string ?? "") \($0["position"]?.text ?? "") \($0["lag_ms"]?.text ?? "")" }
        == ["s1.mysql 3 20.000", "s2.mysql 3 20.000", "r1.mysql 0 3600000.000"])
  }

  @Test func `a new replica starts with the primary's data`() {
    var session = RoutingTests.session("set database lag 1h", "send 5 write", "add replica r1")
    #expect(
      session.do("show database").json["nodes"]?.elements.map { $0["position"]?.text ?? "" } == [
        "5", "0", "5",
      ])
  }
}
