import Testing

@testable import Shell

/// A write can be stored although its user got an error.
@Suite struct FailedWriteTests {
  /// Returns a site on which server-2 is in maintenance and server-1 has the fault.
  private static func site(_ fault: String) -> Tutor {
    Tutor.pairOfServers(["set server-2 state maint", "break \(fault)"])
  }

  @Test(arguments: [
    // The write is stored while the user sees the error or afterwards, without any repair.
    ("server-1.app slow 3s", "-:504@2.0 -:504@2.0 -:504@2.0"),
    ("server-1.mysql slow 3s", "1:500@1.0 1:500@1.0 1:500@1.0"),
    ("server-1.nginx slow 1900ms", "1@1.9 1@1.9 1@1.9"),
  ])
  func `slow components store writes whose users gave up`(_ fault: String, _ requestSummary: String) {
    var session = FailedWriteTests.site(fault)
    #expect(session.do("send 3 write").requestSummary.replacing("+", with: "") == requestSummary)
    session.do("wait 30s")
    #expect(session.nodes[0] == "server-1.mysql primary 3/3")
  }

  @Test(arguments: ["server-1.app hang", "server-1.mysql hang"])
  func `a process that hung stores the writes when it continues`(_ fault: String) {
    var session = FailedWriteTests.site(fault)
    #expect(session.do("send 3 write").number("failed") == 3)
    #expect(session.nodes[0] == "server-1.mysql primary 0/0")
    session.do("repair \(fault.split(separator: " ")[0]); wait 1s")
    #expect(session.nodes[0] == "server-1.mysql primary 3/3")
  }

  @Test func `haproxy executes requests that arrived while it hung, although their users gave up`() {
    var session = FailedWriteTests.site("lb-1 hang")
    #expect(session.do("send 3 write").requestSummary == "-:timeout@6.0 -:timeout@6.0 -:timeout@6.0")
    session.do("repair lb-1; wait 1s")
    #expect(session.nodes[0] == "server-1.mysql primary 3/3")
  }

  @Test(arguments: ["server-1.app", "server-1.mysql"])
  func `a process that hung and is killed stores none of the writes`(_ component: String) {
    var session = FailedWriteTests.site("\(component) hang")
    session.do("send 3 write; break \(component) crash; repair \(component); wait 30s")
    #expect(session.nodes[0] == "server-1.mysql primary 0/0")
  }

  @Test func `a full disk stores the writes in the next minute`() {
    var session = FailedWriteTests.site("server-1.mysql disk-full")
    #expect(session.do("send 3 write").requestSummary == "1:500@1.0 1:500@1.0 1:500@1.0")
    session.do("wait 100s")
    #expect(session.nodes[0] == "server-1.mysql primary 0/0")
    session.do("repair server-1.mysql; wait 1s")
    #expect(session.nodes[0] == "server-1.mysql primary 0/0")
    #expect(
      session.do("wait 1m").events == ["server-1.mysql has room again; 3 writes that waited were stored"])
    #expect(session.nodes[0] == "server-1.mysql primary 3/3")
  }

  @Test(arguments: [
    ("server-1.nginx crash", "-:503@3.0"), ("server-1.nginx cut", "-:503@4.0"),
    ("server-1.app crash", "1:502"),
    ("server-1.app bad-release", "1:500"), ("server-1.mysql crash", "1:500"),
    ("server-1.mysql cut", "1:500@1.0"),
    ("server-1 power", "-:503@4.0"), ("server-1 crash", "-:503@3.0"), ("lb-1 crash", "-:refused"),
    ("lb-1 power", "-:timeout@6.0"), ("lb-1--server-1", "-:503@4.0"),
  ])
  func `a write that never reached the database is never stored`(_ fault: String, _ requestSummary: String) {
    var session = FailedWriteTests.site(fault)
    let reply = session.do("send 2 write")
    #expect(reply.requestSummary == "\(requestSummary) \(requestSummary)")
    #expect(reply.number("stored_anyway") == 0)
    session.do("repair \(fault.split(separator: " ")[0]); wait 2m")
    #expect(session.nodes[0] == "server-1.mysql primary 0/0")
  }

  @Test func `a write on a replica is refused and never stored`() {
    var session = Tutor.pairOfServers(["set database writes local"])
    #expect(session.do("send 4 write").requestSummary == "1 2:500 1 2:500")
    session.do("wait 2m")
    #expect(
      session.nodes == ["server-1.mysql primary 2/2", "server-2.mysql replica 2/2, hears server-1.mysql"])
  }

  @Test func `a reply counts the writes that were stored before it ended`() {
    var session = FailedWriteTests.site("server-1.app hang")
    session.do("at 5s repair server-1.app")
    let reply = session.do("send 4 write")
    #expect(reply.requestSummary == "-:504@2.0+ -:504@2.0+ 1@1.0 1")
    #expect(reply.number("stored_anyway") == 2)
    #expect(session.nodes[0] == "server-1.mysql primary 4/4")
  }

  @Test func `a read is never stored`() {
    var session = FailedWriteTests.site("server-1.mysql slow 3s")
    #expect(session.do("send 3 read").number("stored_anyway") == 0)
    session.do("wait 1m")
    #expect(session.nodes[0] == "server-1.mysql primary 0/0")
  }

  @Test func `a failed read is not reported as stored because of an earlier write`() {
    var session = FailedWriteTests.site("server-1.app slow 3s")
    #expect(session.do("send 1 write").requestSummary == "-:504@2.0")
    let reply = session.do("send 1 read")
    #expect(session.nodes[0] == "server-1.mysql primary 1/1")
    #expect(reply.requestSummary == "-:504@2.0")
    #expect(reply.number("stored_anyway") == 0)
  }

  @Test func `the log marks the write whose error was wrong`() {
    var session = FailedWriteTests.site("server-1.mysql slow 3s")
    session.do("send 2 write; wait 10s")
    #expect(session.loadedSite.simulation.log.map(\.isStoredAnyway) == [true, true])
  }
}
