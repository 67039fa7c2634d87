import Testing

@testable import Shell

/// The largest values that commands accept.
@Suite struct OverflowTests {
  @Test func `the clock does not overflow`() {
    var session = Tutor("new")
    for _ in 0..<300 {
      let before = session.loadedSite.simulation.time
      _ = session.obey("wait 400d")
      #expect(session.loadedSite.simulation.time >= before)
    }
  }

  @Test func `the busy time of many workers does not overflow`() {
    var session = Tutor("new", "add server s1", "set s1.nginx workers 1000", "set s1.nginx cost 400d")
    session.do("send 600 static rate 1000/s; wait 400d; wait 400d")
    #expect(session.do("stats").json["components"]?.elements.count == 4)
  }

  @Test func `the lowest rate does not overflow`() {
    var session = Tutor("new", "add server s1")
    let before = session.loadedSite.simulation.time
    _ = session.obey("send 10000 static rate 0.000001/s")
    #expect(session.loadedSite.simulation.time >= before)
  }

  @Test func `the highest rate sends all at nearly the same moment`() {
    var session = Tutor("new", "add server s1")
    session.do("send 100 static rate 1000000/s")
    #expect(session.loadedSite.simulation.log.last?.startedAt.nanoseconds == 99_000)
  }

  @Test func `a held request stays after its server is removed`() {
    var session = Tutor("new", "add server s1 with nginx,files", "add server s2 with nginx,files", "hold a")
    session.do("remove s1")
    #expect(
      session.do("release a").json["requests"]?.elements.map { $0["status"] == .integer(200) } == [false])
  }

  @Test func `a held request stays after its balancer is removed`() {
    var session = Tutor(
      "new", "add server s1", "add balancer lb-2", "mode active-active balancers", "hold a b")
    session.do("remove lb-2")
    session.do("show; log")
    #expect(
      session.do("release b").json["requests"]?.elements.map { $0["status"] == .integer(200) } == [false])
  }

  @Test func `a request stays after nginx's applications change`() {
    var session = Tutor(
      "new", "add server s1", "set s1.app cost 100ms", "set site patience 10ms", "send 1 read")
    session.do("add server a1 with app,files; wait 1s")
    #expect(session.do("send 1 static").counts("statuses") == ["200": 1])
  }
}
