import Blueprint
import Inspector
import Simulator
import Testing

@testable import Shell

/// Reports of load: by component, over time, and as latencies.
@Suite struct LoadTests {
  /// Returns the number of requests that a component served, and the number that failed in it.
  private static func counts(_ component: String, after commands: String...) -> [Int?] {
    var session = Tutor.design("textbook", commands)
    let report = session.do("stats").json["components"]?.elements.first {
      $0["component"]?.string == component
    }
    return [report?["served"]?.number.map { Int($0) }, report?["failed"]?.number.map { Int($0) }]
  }

  @Test func `a balancer counts the failures that it answered itself, and no others`() {
    #expect(LoadTests.counts("lb-1.haproxy", after: "send 10") == [10, 0])
    // No server is left: 503 at once.
    let withoutServers = ["break server-1", "break server-2", "wait 1m", "send 10"]
    #expect(LoadTests.counts("lb-1.haproxy", after: withoutServers.joined(separator: "; ")) == [0, 10])
    // The server never answers: 504.
    #expect(LoadTests.counts("lb-1.haproxy", after: "break server-1.nginx hang; send 4 static") == [2, 2])
    // The balancer passes the application's 500 on, so the request did not fail in the balancer.
    let release = "set lb-1 check tcp; break server-1.app bad-release; send 4 read"
    #expect(LoadTests.counts("lb-1.haproxy", after: release) == [4, 0])
    #expect(LoadTests.counts("server-1.app", after: release)[1] == 2)
  }

  @Test func `a request that the balancer failed itself counts as received`() {
    var session = Tutor.design("textbook", ["break server-1; break server-2; wait 1m"])
    session.do("send 300 static rate 100/s")
    #expect(session.do("show qps(lb-1.haproxy)").json["value"] == .integer(100))
    #expect(session.do("show parts_used(send 2)").json["value"]?.text == #"["lb-1.haproxy"]"#)
  }

  /// Only the steps of the first 2,000 requests are stored. Further requests are only counted.
  @Test func `requests per second of a component that takes no time`() {
    var session = LoadTests.session()
    session.do("send 6000 read rate 100/s")
    for component in ["lb-1.haproxy", "s1.nginx", "s1.app", "s1.mysql"] {
      #expect(session.do("show qps(\(component))").json["value"] == .integer(100), "\(component)")
    }
  }

  /// Returns a site with one server. Its application takes 10 ms and has two workers. All else takes no time.
  private static func session(_ more: String...) -> Tutor {
    let commands = [
      "new", "add server s1", "set lb-1 cost 0", "set s1.nginx cost 0", "set s1.app workers 2",
      "set s1.app cost 10ms", "set s1.app blocking off", "set s1.mysql cost 0",
    ]
    var session = Tutor()
    for command in commands + more { session.do(command) }
    return session
  }

  private static func send(_ count: Int, rate: Int64, _ more: String...) throws -> Traffic {
    var simulation = session().loadedSite.simulation
    for command in more { simulation = LoadTests.session(command).loadedSite.simulation }
    var sending = SendOptions(count: count)
    sending.rate = rate * 1_000_000
    return try #require(try simulation.perform(.send(sending)).traffic)
  }

  private static func load(_ reply: Reply, of component: String) -> [String] {
    let all = reply.json["by_component"]?.elements ?? []
    let found = all.first { $0["component"]?.string == component }
    return ["utilisation", "queue_max", "mean_in_flight"].map { found?[$0]?.text ?? "?" }
  }

  @Test func `each component reports how busy it was in this run`() {
    var session = LoadTests.session()
    // The requests arrive over 99 gaps of 10 ms, and the last takes 10 ms. One of two workers is always busy.
    #expect(LoadTests.load(session.do("send 100 read rate 100/s"), of: "s1.app") == ["0.500", "0", "1.000"])
    session.do("wait 1h")
    #expect(LoadTests.load(session.do("send 100 read rate 50/s"), of: "s1.app") == ["0.251", "0", "0.503"])
  }

  @Test func `components without work are left out`() {
    var session = LoadTests.session("add server s2")
    session.do("set s2 state maint")
    let named = session.do("send 4 read").json["by_component"]?.elements.map { $0["component"]?.string }
    #expect(named == ["lb-1.haproxy", "s1.nginx", "s1.app", "s1.mysql"])
  }

  @Test func `the longest queue is that of this run`() {
    var session = LoadTests.session()
    #expect(LoadTests.load(session.do("send 8 read rate 1000000/s"), of: "s1.app")[1] == "6")
    #expect(LoadTests.load(session.do("send 4 read rate 1000000/s"), of: "s1.app")[1] == "2")
  }

  @Test func `answers are in the bucket of their time`() throws {
    let strip = try #require(try LoadTests.send(100, rate: 100).strip)
    #expect(strip.start == .zero)
    #expect(strip.width == .milliseconds(10))
    #expect(strip.buckets.map(\.answered) == [0] + Array(repeating: 1, count: 100))
  }

  @Test func `failures are in the bucket of their time`() throws {
    // In the second half, the application has crashed, and nginx answers with 502 at once.
    let strip = try #require(try LoadTests.send(100, rate: 100, "at 500ms break s1.app").strip)
    #expect(strip.width == .milliseconds(10))
    #expect(strip.buckets.map(\.failed).prefix(50).reduce(0, +) == 0)
    #expect(strip.buckets.map { $0.answered + $0.failed }.reduce(0, +) == 100)
    #expect(strip.buckets.map(\.answered).dropFirst(51).reduce(0, +) == 0)
  }

  @Test(arguments: [
    (10, 1), (119, 1), (121, 2), (1_201, 20), (12_001, 200), (5_000, 50), (59_900, 500),
  ])
  func `any run has few buckets of a round width`(milliseconds: Int64, width: Int64) throws {
    // The rate is three answers in the time from the start to the last answer.
    let rate = 3_000 / Double(milliseconds)
    var simulation = LoadTests.session("set s1.app cost 0").loadedSite.simulation
    var sending = SendOptions(count: 4)
    sending.rate = Int64(rate * 1_000_000)
    let strip = try #require(try simulation.perform(.send(sending)).traffic?.strip)
    #expect(strip.width == .milliseconds(width))
    #expect(strip.buckets.count <= Traffic.Strip.bucketLimit)
    #expect(strip.buckets.map { $0.answered }.reduce(0, +) == 4)
  }

  @Test func `a request after a long pause widens the buckets, and none is lost`() throws {
    let traffic = try LoadTests.send(400, rate: 1_000, "at 200ms break s1.app hang")
    let strip = try #require(traffic.strip)
    #expect(strip.buckets.count <= Traffic.Strip.bucketLimit)
    #expect(strip.buckets.reduce(0) { $0 + $1.answered } == traffic.answered)
    #expect(strip.buckets.reduce(0) { $0 + $1.failed } == traffic.failed)
    #expect(traffic.failed > 0)
  }

  @Test func `latency bins begin at one, two and five times a power of ten`() throws {
    // All requests arrive almost at once. The two workers answer the first two after 10 ms, and then two more
    // every 10 ms.
    let bins = try LoadTests.send(8, rate: 1_000_000).histogram
    #expect(bins.map(\.upTo) == [.milliseconds(10), .milliseconds(20), .milliseconds(50)])
    #expect(bins.map(\.count) == [2, 2, 4])
  }

  @Test func `each of a million latencies is in a bin`() throws {
    let bins = try LoadTests.send(20_000, rate: 190).histogram
    #expect(bins.map(\.upTo) == [.milliseconds(10)])
    #expect(bins.map(\.count) == [20_000])
  }
}
