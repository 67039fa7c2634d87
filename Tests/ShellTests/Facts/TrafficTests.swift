import Simulator
import Testing

@testable import Shell

/// How requests arrive, wait and end.
@Suite struct TrafficTests {
  private static let oneServer = ["new", "add server s1"]

  private static func session(_ more: String...) -> Tutor {
    var session = Tutor()
    for command in oneServer + more { session.do(command) }
    return session
  }

  private static func times(_ reply: Reply) -> [Double?] {
    reply.json["requests"]?.elements.map { $0["ms"]?.number } ?? []
  }

  private static func starts(_ session: Tutor) -> [Double] {
    session.loadedSite.simulation.log.map { $0.startedAt.milliseconds }
  }

  // MARK: Arrivals

  @Test func `without a rate, each request starts when the previous one ends`() {
    var session = TrafficTests.session()
    session.do("send 3 read")
    #expect(TrafficTests.starts(session) == [0, 8.1, 16.2])
  }

  @Test func `with a rate requests are evenly spaced`() {
    var session = TrafficTests.session()
    session.do("send 5 read rate 200/s")
    #expect(TrafficTests.starts(session) == [0, 5, 10, 15, 20])
  }

  @Test func `a rate that does not divide a second does not drift`() {
    var session = TrafficTests.session()
    session.do("send 7 static rate 3/s")
    #expect(
      session.loadedSite.simulation.log.map(\.startedAt.nanoseconds) == [
        0, 333_333_333, 666_666_666, 1_000_000_000, 1_333_333_333, 1_666_666_666, 2_000_000_000,
      ])
  }

  @Test func `with random service times, requests arrive at random with the same mean`() {
    var session = TrafficTests.session("set site service exponential")
    session.do("send 2000 static rate 100/s")
    let starts = TrafficTests.starts(session)
    let gaps = zip(starts, starts.dropFirst()).map { $1 - $0 }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    #expect(abs(mean - 10) < 0.7)
    #expect(abs(Double(gaps.count { $0 > 10 }) / Double(gaps.count) - 0.3679) < 0.04)
  }

  @Test func `sending no requests gives a reply too`() {
    var session = TrafficTests.session()
    let reply = session.do("send 0")
    #expect(reply.number("sent") == 0)
    #expect(reply.json["latency_ms"] == .null)
    #expect(reply.json["requests"] == .array([]))
  }

  @Test func `users and paths take turns`() {
    var session = TrafficTests.session()
    let requests = session.do("send 4 from 10.0.0.1, 10.0.0.2 to /a,/b,/c").json["requests"]?.elements ?? []
    #expect(requests.map { $0["from"]?.string } == ["10.0.0.1", "10.0.0.2", "10.0.0.1", "10.0.0.2"])
    #expect(requests.map { $0["path"]?.string } == ["/a", "/b", "/c", "/a"])
  }

  // MARK: Mix of kinds of request

  private static func kinds(_ mix: String, _ count: Int) -> [String: Int] {
    var session = session()
    let requests = session.do("send \(count) \(mix)").json["requests"]?.elements ?? []
    return requests.reduce(into: [:]) { $0[$1["kind"]?.string ?? "?", default: 0] += 1 }
  }

  @Test(arguments: [
    ("mix", ["static": 50, "read": 40, "write": 10]), ("mix read=90 write=10", ["read": 90, "write": 10]),
    ("mix static=1 read=1 write=98", ["static": 1, "read": 1, "write": 98]),
  ])
  func `a mix has the given shares`(_ mix: String, _ shares: [String: Int]) {
    let kinds = TrafficTests.kinds(mix, 5_000)
    #expect(Set(kinds.keys) == Set(shares.keys))
    for (kind, share) in shares {
      #expect(abs(Double(kinds[kind] ?? 0) / 50 - Double(share)) < 2.5, "\(kind)")
    }
  }

  @Test func `a mix of one kind is that kind`() {
    #expect(TrafficTests.kinds("mix write=100", 50) == ["write": 50])
  }

  @Test func `the seed decides the mix`() {
    func kinds(_ seed: Int) -> [String?] {
      var session = TrafficTests.session("set site seed \(seed)")
      return session.do("send 100 mix").json["requests"]?.elements.map { $0["kind"]?.string } ?? []
    }
    #expect(kinds(1) == kinds(1))
    #expect(kinds(1) != kinds(2))
  }

  // MARK: Queues

  @Test func `a request waits if all workers are busy`() {
    var session = TrafficTests.session("set s1.nginx workers 1", "set s1.nginx cost 10ms")
    #expect(TrafficTests.times(session.do("send 4 static rate 1000/s")) == [10.1, 19.1, 28.1, 37.1])
  }

  @Test func `percentiles are those of the nearest rank`() {
    var session = TrafficTests.session("set s1.nginx workers 1", "set s1.nginx cost 10ms")
    #expect(
      session.do("send 100 static rate 1000/s").json["latency_ms"]?.text
        == #"{"mean":455.600,"p50":451.100,"p95":856.100,"p99":892.100,"max":901.100}"#)
  }

  @Test func `percentiles beyond ten thousand requests are right to one per cent`() {
    var session = TrafficTests.session(
      "set s1.nginx workers 1", "set s1.nginx cost 100us", "set s1.nginx queue 100000",
      "set lb-1.haproxy cost 0")
    // Requests arrive every 0.05 ms but are served every 0.1 ms. So they take between 0.1 ms and 600.05 ms.
    let reply = session.do("send 12000 static rate 20000/s")
    let latency = reply.json["latency_ms"]
    for (name, exact) in [("p50", 300.05), ("p95", 570.05), ("p99", 594.05)] {
      #expect(abs((latency?[name]?.number ?? 0) / exact - 1) < 0.01, "\(name)")
    }
    #expect(latency?["mean"]?.number == 300.075)
    #expect(latency?["max"]?.number == 600.05)
    #expect(reply.json["requests"]?.elements.count == 10_000)
    #expect(reply.number("requests_omitted") == 2_000)
  }

  @Test func `an application is busy while it waits for the database`() {
    var session = TrafficTests.session("set s1.app workers 1", "set s1.mysql cost 20ms")
    #expect(TrafficTests.times(session.do("send 3 read rate 1000/s")) == [26.1, 50.1, 74.1])
  }

  @Test func `an application that does not block continues while the database works`() {
    var session = TrafficTests.session(
      "set s1.app workers 1", "set s1.app blocking off", "set s1.mysql cost 20ms")
    #expect(TrafficTests.times(session.do("send 3 read rate 1000/s")) == [26.1, 30.1, 34.1])
  }

  @Test func `the mean wait agrees with Erlang C`() {
    var session = TrafficTests.session(
      "set site service exponential", "set lb-1.haproxy cost 0", "set s1.nginx workers 2",
      "set s1.nginx cost 10ms",
      "set site seed 4")
    // With two workers at a load of 0.8, the mean wait is 10 ms * 0.7111 / (2 - 1.6). The service adds 10 ms.
    let mean = session.do("send 60000 static rate 160/s").json["latency_ms"]?["mean"]?.number ?? 0
    #expect(abs(mean / 27.78 - 1) < 0.06)
  }

  // MARK: Time-outs

  private static func end(_ setting: String...) -> String {
    var session = session("set s1.nginx cost 3s")
    for command in setting { session.do(command) }
    let request = session.do("send 1 static").json["requests"]?.elements.first
    return
      "\(request?["status"]?.text ?? "") of \(request?["server"]?.string ?? "nobody") after \(request?["ms"]?.number ?? 0)"
  }

  @Test func `a server slower than the time-out gives a 504 from the balancer`() {
    #expect(TrafficTests.end() == "504 of nobody after 2000.1")
  }

  @Test func `with a longer time-out, the balancer waits`() {
    #expect(TrafficTests.end("set lb-1 timeout-server 10s") == "200 of s1 after 3000.1")
  }

  @Test func `a user gives up after the patience time`() {
    #expect(
      TrafficTests.end("set lb-1 timeout-server 10s", "set site patience 1s")
        == #""timeout" of nobody after 1000.0"#)
  }

  @Test func `a full queue is silent, and the user tries again`() {
    var session = TrafficTests.session("set s1.nginx workers 1", "set s1.nginx queue 0")
    #expect(TrafficTests.times(session.do("send 3 static rate 10000/s")) == [1.1, 1001.1, 2001.1])
  }

  @Test func `a write whose user saw an error may be stored`() {
    var session = TrafficTests.session("set s1.mysql cost 900ms", "set s1.app cost 1500ms")
    let reply = session.do("send 1 write")
    #expect(reply.counts("statuses") == ["504": 1])
    session.do("wait 10s")
    #expect(session.do("show database").json["nodes"]?.elements.map { $0["position"]?.text ?? "" } == ["1"])
  }

  @Test func `stats count the work of each component`() {
    var session = TrafficTests.session("send 2 static", "send 2 read")
    #expect(
      session.do("stats").json["components"]?.text == """
        [{"component":"lb-1.haproxy","served":4,"failed":0,"utilisation":0.021,"queue":0,"in_service":0,"peak":1,\
        "mean_wait_ms":0.000,"mean_present":0.021},\
        {"component":"s1.nginx","served":4,"failed":0,"utilisation":0.003,"queue":0,"in_service":0,"peak":1,\
        "mean_wait_ms":0.000,"mean_present":0.217},\
        {"component":"s1.app","served":2,"failed":0,"utilisation":0.190,"queue":0,"in_service":0,"peak":1,\
        "mean_wait_ms":0.000,"mean_present":0.760},\
        {"component":"s1.mysql","served":2,"failed":0,"utilisation":0.027,"queue":0,"in_service":0,"peak":1,\
        "mean_wait_ms":0.000,"mean_present":0.217}]
        """)
  }

  // MARK: Interruption

  @Test func `interrupted work changes nothing`() {
    var session = Tutor(designs: [], shouldContinue: { _ in false })
    session.do("add server s1")
    let before = session.loadedSite
    #expect(session.obey("send 100000 static").failure?.code == "interrupted")
    expectSame(session.loadedSite, before)
  }
}
