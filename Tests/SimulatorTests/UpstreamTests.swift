import Testing

@testable import Simulator

/// How nginx chooses an application, and how long it avoids a failed one.
@Suite struct UpstreamTests {
  private static func picks(_ upstream: inout Upstream, _ count: Int, now: Int64 = 0) -> [Int?] {
    (0..<count).map { _ in upstream.pick(tried: 0, now: now, maxFails: 1, failTimeout: 10) }
  }

  private static func upstream(_ count: Int32) -> Upstream {
    Upstream(peers: (0..<count).map { UpstreamPeer(component: ID($0)) })
  }

  @Test func `nginx takes turns`() {
    var upstream = UpstreamTests.upstream(3)
    #expect(UpstreamTests.picks(&upstream, 6) == [0, 1, 2, 0, 1, 2])
  }

  @Test func `nginx avoids a failed server until the time is over`() {
    var upstream = UpstreamTests.upstream(2)
    upstream.noteFailure(0, now: 100, maxFails: 1)
    #expect(UpstreamTests.picks(&upstream, 3, now: 105) == [1, 1, 1])
    #expect(UpstreamTests.picks(&upstream, 4, now: 111).contains(0))
  }

  @Test func `a server that was tried is not picked again`() {
    var upstream = UpstreamTests.upstream(2)
    #expect(upstream.pick(tried: 0b01, now: 0, maxFails: 1, failTimeout: 10) == 1)
    #expect(upstream.pick(tried: 0b11, now: 0, maxFails: 1, failTimeout: 10) == nil)
  }

  @Test func `if all servers have failed, none is picked`() {
    var upstream = UpstreamTests.upstream(2)
    for i in 0...1 { upstream.noteFailure(i, now: 100, maxFails: 1) }
    #expect(UpstreamTests.picks(&upstream, 2, now: 105) == [nil, nil])
  }

  @Test func `without a limit of failures, no server is avoided`() {
    var upstream = UpstreamTests.upstream(2)
    upstream.noteFailure(0, now: 100, maxFails: 0)
    let picks = (0..<2).map { _ in upstream.pick(tried: 0, now: 100, maxFails: 0, failTimeout: 10) }
    #expect(picks == [0, 1])
  }
}
