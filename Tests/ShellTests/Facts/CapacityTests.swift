import Testing

@testable import Shell

@Suite struct CapacityTests {
  private static func session(_ commands: String...) -> Tutor {
    var session = Tutor(designs: designs)
    for command in commands { session.do(command) }
    return session
  }

  @Test(arguments: [
    // Each page occupies one of an application's four workers: 5 ms for itself, and 2 ms for the database.
    ("textbook", "read", "1142.857", "server-1.app"), ("balancer-pair", "read", "1714.286", "server-1.app"),
    ("scaled-up", "read", "571.429", "app-1.app"), ("textbook", "static", "10000.000", "lb-1.haproxy"),
    ("textbook", "write", "1142.857", "server-1.app"),
    // The standby adds no capacity while the other servers work.
    ("weighted-standby", "read", "571.429", "server-1.app"),
  ])
  func `the component that limits a site`(
    _ design: String, _ kind: String, _ rate: String, _ component: String
  ) {
    var session = CapacityTests.session("load \(design)")
    let reply = session.do("capacity \(kind)")
    #expect(reply.json["capacity"]?.text == #"{"rate":\#(rate),"limit":"\#(component)"}"#)
  }

  @Test func `the capacity without each server`() {
    var session = CapacityTests.session("load textbook")
    #expect(
      session.do("capacity write").lines.map(\.text) == [
        "  Most requests per second (write) that the site can answer",
        "  now                1142/s   limited by server-1.app",
        "  without server-1      0/s   some write requests fail at any rate",
        "  without server-2    571/s   limited by server-1.app",
      ])
  }

  @Test func `a site keeps up below its capacity and not above`() {
    func p99(_ rate: Int) -> Double {
      var session = CapacityTests.session("load textbook")
      let latency = session.do("send 4000 read rate \(rate)/s").json["latency_ms"]
      guard case .thousandths(let thousandths) = latency?["p99"] else { return .nan }
      return Double(thousandths) / 1_000
    }
    #expect(p99(1_100) < 20)
    #expect(p99(1_300) > 100)
  }

  /// Each health check occupies a worker of an application for 0.1 s, and checks are 0.5 s apart.
  private static let slowSite = [
    "load textbook", "set server-1.app cost 100ms", "set server-2.app cost 100ms", "set lb-1 inter 500ms",
  ]

  @Test(arguments: [
    "wait 0s", "wait 60ms", "wait 310ms", "wait 1s",
    // The users have given up, but their requests are still being served.
    "set site patience 10ms; send 40 read rate 1000/s; set site patience 6s", "hold mine read",
  ])
  func `requests in flight do not count`(_ before: String) {
    var session = Tutor(designs: designs)
    for command in CapacityTests.slowSite + [before] { session.do(command) }
    #expect(
      session.do("capacity read").json["capacity"]?.text == #"{"rate":78.431,"limit":"server-1.app"}"#)
  }

  @Test func `computing the capacity changes nothing`() {
    var session = CapacityTests.session("load textbook", "send 5", "break server-2")
    let before = session.loadedSite
    session.do("capacity read")
    #expect(session.loadedSite == before)
  }
}
