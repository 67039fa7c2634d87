import Testing

@testable import Shell

/// A new primary: lost writes, replicas that replicate from it, and a second primary.
@Suite struct PromotionTests {
  @Test(arguments: [("0", 0), ("500ms", 5), ("1s", 10), ("2s", 20), ("1h", 50)])
  func `a promotion loses the writes of one lag`(_ lag: String, _ lost: Int) {
    var session = DatabaseTests.site("set database lag \(lag)", "send 50 write rate 10/s", "break server-1")
    let promotion = session.do("promote server-2")
    #expect(promotion.number("lost") == Double(lost))
    #expect(promotion.json["lost_ids"] == .array((0..<lost).map { .integer(51 - lost + $0) }))
    let old =
      lost == 0 ? "server-1.mysql replica 50/50, hears server-2.mysql" : "server-1.mysql diverged 50/50"
    session.do("repair server-1")
    #expect(session.nodes == [old, "server-2.mysql primary \(50 - lost)/\(50 - lost)"])
  }

  @Test func `a write that was not acknowledged does not count as lost`() {
    var session = DatabaseTests.site(
      "set database lag 1h", "break server-1.mysql slow 3s", "send 4 write", "wait 30s")
    #expect(session.nodes[0] == "server-1.mysql primary 4/4")
    session.do("break server-1.mysql crash")
    #expect(session.do("promote server-2").number("lost") == 0)
  }

  @Test func `writes continue at the new primary`() {
    var session = DatabaseTests.site("send 3 write", "wait 1s", "break server-1.mysql", "promote server-2")
    #expect(session.do("send 4 write").requestSummary == "2 1 2 1")
    #expect(DatabaseTests.databases(session.do("send 2 write")) == ["server-2.mysql", "server-2.mysql"])
    #expect(session.nodes == ["server-1.mysql replica 3/3", "server-2.mysql primary 9/9"])
  }

  @Test func `an old primary that returns has diverged until it is rebuilt`() {
    var session = DatabaseTests.site(
      "set database lag 1s", "send 20 write rate 10/s", "break server-1.mysql", "promote server-2",
      "repair server-1.mysql")
    session.do("send 5 write; wait 1h")
    #expect(session.nodes == ["server-1.mysql diverged 20/20", "server-2.mysql primary 15/15"])
    #expect(session.do("rebuild server-1").events == ["server-1.mysql is a fresh copy, and replicates from"])
    #expect(
      session.nodes == ["server-1.mysql replica 15/15, hears server-2.mysql", "server-2.mysql primary 15/15"])
    session.do("send 2 write; wait 5s")
    #expect(
      session.nodes == ["server-1.mysql replica 17/17, hears server-2.mysql", "server-2.mysql primary 17/17"])
  }

  @Test(arguments: [
    "server-1.mysql crash", "server-1 power", "server-1 crash", "server-1.mysql hang", "server-1 hang",
  ])
  func `a node that had failed or hung during a promotion does not become primary again`(_ fault: String) {
    var session = DatabaseTests.site("send 3 write", "wait 1s", "break \(fault)", "promote server-2")
    let target = fault.split(separator: " ")[0]
    let events = session.do("repair \(target)").events
    #expect(events.last == "server-1.mysql is read only now, and replicates from")
    session.do("wait 1m")
    #expect(
      session.nodes == ["server-1.mysql replica 3/3, hears server-2.mysql", "server-2.mysql primary 3/3"])
  }

  @Test func `a node that has diverged answers stale pages and refuses writes`() {
    var session = DatabaseTests.site(
      "set database lag 1s", "send 2 write", "set database reads local", "set database writes local",
      "break server-1.mysql", "promote server-2", "repair server-1.mysql")
    #expect(session.do("send 2 write").requestSummary == "1:500 2")
    #expect(session.do("send 2 read").requestSummary == "1~ 2")
  }

  @Test func `an old primary without writes of its own needs no rebuild, and its pages are not stale`() {
    var session = DatabaseTests.site(
      "set database reads local", "break server-1.mysql", "promote server-2", "repair server-1.mysql")
    #expect(session.do("send 4 read").number("stale") == 0)
    #expect(
      session.refusal(of: "rebuild server-1") == "follows-already: server-1.mysql is already a replica ()")
    #expect(session.do("show diverged").json["value"] == .array([]))
    #expect(session.do("send 2 write; wait 1s").isOK)
    #expect(session.nodes[0] == "server-1.mysql replica 2/2, hears server-2.mysql")
  }

  @Test func `a working primary becomes a replica if it has no writes of its own`() {
    var session = DatabaseTests.site("send 3 write", "wait 1s")
    #expect(
      session.do("promote server-2").events == [
        "server-1.mysql is read only now, and replicates from",
        "server-2.mysql is the primary now; nothing was lost",
      ])
    session.do("send 2 write; wait 1s")
    #expect(
      session.nodes == ["server-1.mysql replica 5/5, hears server-2.mysql", "server-2.mysql primary 5/5"])
    #expect(session.do("promote server-1").number("lost") == 0)
    #expect(
      session.nodes == ["server-1.mysql primary 5/5", "server-2.mysql replica 5/5, hears server-1.mysql"])
  }

  @Test func `a working primary hands over the writes in flight`() {
    var session = DatabaseTests.site("set database lag 1h", "send 3 write")
    #expect(session.do("promote server-2").number("lost") == 0)
    #expect(
      session.nodes == ["server-1.mysql replica 3/3, hears server-2.mysql", "server-2.mysql primary 3/3"])
  }

  @Test func `a working primary that is ahead of the new one diverges`() {
    var session = DatabaseTests.site("set database lag 1h", "send 3 write")
    #expect(session.do("promote server-2 now").number("lost") == 3)
    #expect(session.nodes == ["server-1.mysql diverged 3/3", "server-2.mysql primary 0/0"])
    session.do("rebuild server-1")
    #expect(session.nodes[0] == "server-1.mysql replica 0/0, hears server-2.mysql")
  }

  @Test(arguments: [
    ("promote server-1", "primary-already: server-1.mysql is already the primary ()"),
    ("promote lb-1", "no-database: lb-1 has no database node (type `show database` for the nodes)"),
    (
      "promote server-2.app",
      "no-database: server-2.app has no database node (type `show database` for the nodes)"
    ),
    (
      "rebuild server-1",
      "no-primary: server-1.mysql reaches no other primary that it could copy (promote another node first)"
    ),
    ("rebuild server-2", "follows-already: server-2.mysql is already a replica ()"),
    ("rebuild lb-1", "no-database: lb-1 has no database node (type `show database` for the nodes)"),
  ])
  func `a target that cannot be promoted or rebuilt is refused`(_ command: String, _ refusal: String) {
    var session = DatabaseTests.site("wait 1s")
    let before = session.loadedSite
    #expect(session.refusal(of: command) == refusal)
    expectSame(session.loadedSite, before)
  }

  @Test func `a failed node cannot be promoted or rebuilt`() {
    var session = DatabaseTests.site("break server-2.mysql")
    #expect(
      session.refusal(of: "promote server-2") == "node-down: server-2.mysql is not running (repair it first)")
    session.do("repair server-2; break server-1; promote server-2")
    #expect(
      session.refusal(of: "rebuild server-1") == "node-down: server-1.mysql is not running (repair it first)")
  }

  // MARK: Two replicas

  private static func twoReplicas() -> Tutor {
    DatabaseTests.site(
      "add replica replica-1", "set server-2 lag 3s", "set replica-1 lag 1s", "send 50 write rate 10/s",
      "break server-1")
  }

  @Test func `promoting the replica that is behind leaves the other unable to replicate`() {
    var session = PromotionTests.twoReplicas()
    let promotion = session.do("promote server-2")
    #expect(promotion.number("lost") == 30)
    #expect(
      promotion.events.last
        == "replica-1.mysql has writes that the new primary lacks, and replicates from no node")
    #expect(
      session.nodes == [
        "server-1.mysql diverged 50/50", "server-2.mysql primary 20/20", "replica-1.mysql diverged 40/40",
      ])
    session.do("rebuild replica-1; wait 5s")
    #expect(session.nodes[2] == "replica-1.mysql replica 20/20, hears server-2.mysql")
  }

  @Test func `promoting the replica that is ahead lets the other catch up by itself`() {
    var session = PromotionTests.twoReplicas()
    #expect(session.do("promote replica-1").number("lost") == 10)
    session.do("wait 5s")
    #expect(
      session.nodes == [
        "server-1.mysql diverged 50/50", "server-2.mysql replica 40/40, hears replica-1.mysql",
        "replica-1.mysql primary 40/40",
      ])
  }

  // MARK: Split brain

  @Test func `a promotion behind a cut link makes two primaries that both acknowledge`() {
    var session = DatabaseTests.site(
      "set database reads local", "send 4 write", "wait 1s", "break server-1--server-2")
    #expect(
      session.do("promote server-2").events == [
        "server-1.mysql is still a primary",
        "server-2.mysql is the primary now; nothing was lost",
      ])
    #expect(session.do("send 6 write").requestSummary == "1 2 1 2 1 2")
    #expect(session.nodes == ["server-1.mysql primary 7/7", "server-2.mysql primary 7/7"])
    session.do("repair server-1--server-2; wait 1h")
    #expect(session.nodes == ["server-1.mysql primary 7/7", "server-2.mysql primary 7/7"])
  }

  @Test func `healing a split brain costs the writes of one side`() {
    var session = DatabaseTests.site(
      "break server-1--server-2", "promote server-2", "send 6 write", "repair server-1--server-2")
    #expect(session.do("rebuild server-1").isOK)
    #expect(
      session.nodes == ["server-1.mysql replica 3/3, hears server-2.mysql", "server-2.mysql primary 3/3"])
  }

  @Test func `an automatic failover behind a cut link makes a split brain`() {
    var session = DatabaseTests.site("set database failover auto", "wait 5s", "break server-1--server-2")
    #expect(session.do("wait 20s").events.last == "server-2.mysql is the primary now; nothing was lost")
    #expect(session.nodes == ["server-1.mysql primary 0/0", "server-2.mysql primary 0/0"])
  }

  @Test func `fencing switches the old primary off first`() {
    var session = DatabaseTests.site(
      "set database failover auto", "set database fencing on", "wait 5s", "break server-1--server-2")
    #expect(
      session.do("wait 20s").events == [
        "server-1.mysql was fenced, switched off by the observer beside server-2.mysql",
        "server-2.mysql is the primary now; nothing was lost",
      ])
    #expect(session.do("show seen(node.fenced)").json["value"] == .flag(true))
    #expect(session.nodes == ["server-1.mysql replica 0/0", "server-2.mysql primary 0/0"])
    #expect(session.failedTargets == ["server-1.mysql: crash"])
  }

  @Test func `a node that is cut off cannot switch off another`() {
    var session = DatabaseTests.site(
      "set database failover auto", "set database fencing on", "wait 5s", "break server-2 cut")
    #expect(session.do("wait 1m").events.filter { $0.contains("mysql") } == [])
    #expect(session.nodes == ["server-1.mysql primary 0/0", "server-2.mysql replica 0/0"])
    // The replica is reachable again and continues to replicate.
    session.do("repair server-2; wait 5s; break server-1")
    #expect(session.do("wait 20s").events.contains("server-2.mysql is the primary now; nothing was lost"))
  }

  // MARK: Automatic failover

  @Test(arguments: [
    "server-1 power", "server-1 cut", "server-1.mysql crash", "server-1.mysql hang", "server-1.mysql cut",
  ])
  func `after ten seconds without a primary a replica is promoted`(_ fault: String) {
    var session = DatabaseTests.site(
      "set database failover auto", "send 3 write", "wait 5s", "break \(fault)")
    let start = session.seconds
    let reply = session.do("wait 30s")
    #expect(reply.events.last == "server-2.mysql is the primary now; nothing was lost")
    #expect(abs((reply.eventTime(of: "server-2.mysql is the primary") ?? 0) - start - 10) < 0.001)
  }

  @Test func `a primary that returns within ten seconds stays primary`() {
    var session = DatabaseTests.site(
      "set database failover auto", "wait 5s", "break server-1.mysql", "wait 9s", "repair server-1.mysql")
    #expect(session.do("wait 1m").events == [])
    session.do("break server-1.mysql")
    #expect(session.do("wait 9900ms").events == [])
    #expect(session.do("wait 100ms").events == ["server-2.mysql is the primary now; nothing was lost"])
  }

  @Test func `a failover that is switched off and on again waits ten seconds from then`() {
    var session = DatabaseTests.site(
      "set database failover auto", "wait 5s", "break server-1.mysql", "wait 6s",
      "set database failover manual", "wait 1m", "set database failover auto")
    #expect(session.do("wait 9900ms").events == [])
    #expect(session.do("wait 100ms").events == ["server-2.mysql is the primary now; nothing was lost"])
  }

  @Test func `breaking and repairing something else does not delay a failover`() {
    var session = DatabaseTests.site(
      "set database failover auto", "wait 5s", "break server-1.mysql", "wait 6s", "break server-1--server-2",
      "repair server-1--server-2")
    #expect(session.do("wait 3900ms").events == [])
    #expect(session.do("wait 100ms").events == ["server-2.mysql is the primary now; nothing was lost"])
  }

  @Test func `the replica with the most writes is promoted`() {
    var session = DatabaseTests.site(
      "add replica replica-1", "set server-2 lag 1h", "set database failover auto", "send 5 write", "wait 1s",
      "break server-1.mysql")
    #expect(
      session.do("wait 20s").events == [
        "replica-1.mysql is the primary now; nothing was lost"
      ])
    session.do("send 2 write; wait 2h")
    #expect(session.nodes[1] == "server-2.mysql replica 7/7, hears replica-1.mysql")
  }

  @Test func `a failover loses the writes in flight`() {
    var session = DatabaseTests.site(
      "set database failover auto", "set database lag 1s", "send 50 write rate 10/s", "break server-1.mysql")
    #expect(
      session.do("wait 20s").events == [
        "server-2.mysql is the primary now; 10 acknowledged writes were lost"
      ])
  }

  @Test func `with manual failover, no replica is promoted`() {
    var session = DatabaseTests.site("break server-1")
    #expect(session.do("wait 1h").events == [])
  }
}
