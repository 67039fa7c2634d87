import Testing

@testable import Shell

/// Primary and replicas: stale reads, and the choice of the node.
@Suite struct DatabaseTests {
  static func site(_ commands: String..., location: SourceLocation = #_sourceLocation) -> Tutor {
    Tutor.pairOfServers(commands, location: location)
  }

  static func databases(_ reply: Reply) -> [String] {
    (reply.json["requests"]?.elements ?? []).map { $0["database"]?.string ?? "-" }
  }

  // MARK: Lag

  @Test(arguments: [("1ms", 0), ("100ms", 10), ("1s", 100), ("10s", 100)])
  func `reads are stale for as long as the lag`(_ lag: String, _ stale: Int) {
    var session = DatabaseTests.site(
      "set database lag \(lag)", "set database reads replica", "wait 1s", "send 1 write")
    #expect(session.do("send 100 read rate 100/s").number("stale") == Double(stale))
  }

  @Test func `a write is shown when its lag is over, not before`() {
    var session = DatabaseTests.site("set database lag 1s", "wait 10s", "send 3 write rate 2/s")
    // The writes were stored at 10.007, 10.507 and 11.007 s. The time is now 11.008 s.
    #expect(session.nodes[1] == "server-2.mysql replica 1/1, hears server-1.mysql")
    session.do("wait 490ms")
    #expect(session.nodes[1] == "server-2.mysql replica 1/1, hears server-1.mysql")
    session.do("wait 10ms")
    #expect(session.nodes[1] == "server-2.mysql replica 2/2, hears server-1.mysql")
    session.do("wait 500ms")
    #expect(session.nodes[1] == "server-2.mysql replica 3/3, hears server-1.mysql")
  }

  @Test func `a replica that is cut off becomes stale without an error`() {
    var session = DatabaseTests.site(
      "set database reads local", "send 2 write", "wait 1s", "break server-1--server-2")
    session.do("set server-2 state maint; send 4 write; set server-2 state ready; wait 1m")
    #expect(session.nodes == ["server-1.mysql primary 6/6", "server-2.mysql replica 2/2"])
    let reply = session.do("send 4 read")
    #expect(reply.counts("statuses") == ["200": 4])
    #expect(reply.number("stale") == 2)
  }

  // MARK: Semi-synchronous replication

  @Test func `semi-synchronous writes are acknowledged at once, stale for the lag, and never lost`() {
    var session = DatabaseTests.site(
      "set database replication semi-sync", "set database lag 5s", "set database reads replica")
    #expect(session.do("send 6 write").requestSummary == "1 2 1 2 1 2")
    #expect(
      session.nodes == ["server-1.mysql primary 6/6", "server-2.mysql replica 0/6, hears server-1.mysql"])
    #expect(session.do("send 1 read").number("stale") == 1)
    session.do("break server-1")
    let promotion = session.do("promote server-2")
    #expect(promotion.number("lost") == 0)
    #expect(promotion.json["lost_ids"] == .array([]))
    #expect(session.nodes == ["server-1.mysql replica 6/6", "server-2.mysql primary 6/6"])
  }

  @Test func `a promotion that does not wait discards received writes`() {
    var session = DatabaseTests.site(
      "set database replication semi-sync", "set database lag 5s", "send 6 write", "break server-1")
    let promotion = session.do("promote server-2 now")
    #expect(promotion.number("lost") == 6)
    #expect(promotion.json["lost_ids"] == .array((1...6).map { .integer($0) }))
    #expect(session.nodes[1] == "server-2.mysql primary 0/0")
  }

  @Test(arguments: ["server-2.mysql crash", "server-2.mysql hang", "server-2.mysql cut"])
  func `without its replica, the primary waits once and then stops waiting`(_ fault: String) {
    var session = DatabaseTests.site(
      "set database replication semi-sync", "set database semi-sync-timeout 500ms", "break \(fault)")
    let first = session.do("send 4 write")
    #expect(first.requestSummary == "1@0.5 2 1 2")
    #expect(
      first.events == [
        "server-1.mysql no longer waits for a replica: replication is asynchronous until one is back"
      ])
    session.do("repair server-2.mysql; wait 1s")
    let second = session.do("send 4 write")
    #expect(second.requestSummary == "1 2 1 2")
    #expect(second.events == [])
    #expect(session.nodes[1].contains("/8, hears"))
    // The replica had returned, so the primary waits for it again.
    session.do("break \(fault)")
    #expect(session.do("send 2 write").requestSummary == "1@0.5 2")
  }

  @Test func `the default of ten seconds is longer than the application waits`() {
    var session = DatabaseTests.site("set database replication semi-sync", "break server-2.mysql")
    let reply = session.do("send 40 write rate 2/s")
    // All writes are stored, but the writes of the first nine seconds are not acknowledged in time.
    #expect(reply.counts("statuses") == ["200": 21, "500": 19])
    #expect(reply.number("stored_anyway") == 19)
    #expect(session.nodes[0] == "server-1.mysql primary 40/40")
  }

  @Test func `waiting writes are confirmed when the replica returns`() {
    var session = DatabaseTests.site(
      "set database replication semi-sync", "break server-2.mysql", "at 500ms repair server-2.mysql")
    #expect(session.do("send 2 write").requestSummary == "1@0.5 2")
  }

  @Test func `an asynchronous write that is not received is lost though it was acknowledged`() {
    var session = DatabaseTests.site("set database lag 1h", "send 3 write", "break server-1")
    #expect(session.do("promote server-2").number("lost") == 3)
  }

  // MARK: Routing

  @Test(arguments: [
    ("local", "off", "1:500 2 1:500 2"), ("local", "on", "1 2 1 2"),
    ("primary", "off", "1:500 2:500 1:500 2:500"), ("primary", "on", "1 2 1 2"),
    ("replica", "off", "1 2 1 2"), ("replica", "on", "1 2 1 2"),
    ("any", "on", "1 2 1 2"),
  ])
  func `without the primary, the routing decides which reads succeed`(
    _ reads: String, _ fallback: String, _ requestSummary: String
  ) {
    var session = DatabaseTests.site(
      "set database reads \(reads)", "set database fallback \(fallback)", "break server-1.mysql")
    let reply = session.do("send 4 read")
    #expect(reply.requestSummary == requestSummary)
    #expect(Set(DatabaseTests.databases(reply)).subtracting(["-", "server-2.mysql"]) == [])
  }

  @Test(arguments: [
    ("local", "off", "1 2:500 1 2:500"), ("local", "on", "1 2 1 2"), ("primary", "off", "1 2 1 2"),
    ("replica", "off", "1:500 2:500 1:500 2:500"), ("replica", "on", "1 2 1 2"),
  ])
  func `without the replica, the routing decides which reads succeed`(
    _ reads: String, _ fallback: String, _ requestSummary: String
  ) {
    var session = DatabaseTests.site(
      "set database reads \(reads)", "set database fallback \(fallback)", "break server-2.mysql")
    #expect(session.do("send 4 read").requestSummary == requestSummary)
  }

  @Test func `reads alternate between the nodes, so half of them fail without a fallback`() {
    var session = DatabaseTests.site(
      "set database reads any", "set database fallback off", "break server-2.mysql")
    #expect(session.do("send 8 read").counts("statuses") == ["200": 4, "500": 4])
  }

  @Test(arguments: [("crash", "1 2"), ("hang", "1@1.0 2"), ("cut", "1@1.0 2"), ("slow 3s", "1@1.0 2")])
  func `a fallback costs the time to notice the failure`(_ fault: String, _ requestSummary: String) {
    var session = DatabaseTests.site(
      "set database fallback on", "set database reads local", "break server-1.mysql \(fault)")
    #expect(session.do("send 2 read").requestSummary == requestSummary)
  }

  @Test func `a fallback does not help a write`() {
    var session = DatabaseTests.site("set database fallback on", "break server-1.mysql")
    #expect(session.do("send 2 write").requestSummary == "1:500 2:500")
  }

  @Test func `with no node left, reads fail despite a fallback`() {
    var session = DatabaseTests.site(
      "set database fallback on", "break server-1.mysql", "break server-2.mysql")
    #expect(session.do("send 2 read").requestSummary == "1:500 2:500")
  }

  @Test func `a replica refuses writes`() {
    var session = DatabaseTests.site("set database writes local")
    #expect(session.do("send 4 write").requestSummary == "1 2:500 1 2:500")
    #expect(session.nodes[0] == "server-1.mysql primary 2/2")
  }

  // MARK: Disk

  @Test func `a full disk stalls writes until a minute after it was freed`() {
    var session = DatabaseTests.site("wait 5s", "break server-1.mysql disk-full")
    #expect(session.do("send 3 write").requestSummary == "1:500@1.0 2:500@1.0 1:500@1.0")
    #expect(session.do("send 2 read").requestSummary == "2 1")
    #expect(session.nodes[0] == "server-1.mysql primary 0/0")
    session.do("repair server-1.mysql")
    let start = session.seconds
    let reply = session.do("wait 70s")
    #expect(reply.events == ["server-1.mysql has room again; 3 writes that waited were stored"])
    #expect(
      ((0...60) as ClosedRange<Double>).contains(
        (reply.eventTime(of: "server-1.mysql has room") ?? 99) - start))
    #expect(session.nodes[0] == "server-1.mysql primary 3/3")
    #expect(session.do("send 2 write").requestSummary == "2 1")
  }

  @Test func `a replica with a full disk becomes stale, and the other nodes do not notice`() {
    var session = DatabaseTests.site(
      "set database reads local", "send 2 write", "wait 1s", "break server-2.mysql disk-full")
    #expect(session.do("send 4 write").requestSummary == "1 2 1 2")
    #expect(session.do("send 4 read").requestSummary == "1 2~ 1 2~")
    session.do("repair server-2.mysql; wait 2m")
    #expect(session.do("send 4 read").requestSummary == "1 2 1 2")
  }
}
