import Testing

@testable import Shell

/// What requests cost until a failed server is marked DOWN: retries, redispatch, and a standby.
@Suite struct RetryTests {
  private static func site(_ commands: [String]) -> Tutor { Tutor.pairOfServers(commands) }

  @Test(arguments: [
    ("off", "crash", "-:503@3.0 2 -:503@3.0 2"), ("off", "power", "-:503@4.0 2 -:503@4.0 2"),
    ("off", "cut", "-:503@4.0 2 -:503@4.0 2"), ("off", "hang", "-:504@2.0 2 -:504@2.0 2"),
    ("on", "crash", "2 2 2 2"), ("on", "power", "2@1.0 2@1.0 2@1.0 2@1.0"),
    ("on", "cut", "2@1.0 2@1.0 2@1.0 2@1.0"),
    ("on", "hang", "-:504@2.0 2 -:504@2.0 2"),
  ])
  func `without health checks, a failure costs requests for ever`(
    _ redispatch: String, _ fault: String, _ requestSummary: String
  ) {
    var session = RetryTests.site(["set lb-1 redispatch \(redispatch)", "break server-1 \(fault)"])
    #expect(session.do("send 4 static").requestSummary == requestSummary)
    session.do("wait 1h")
    #expect(session.do("send 4 static").requestSummary == requestSummary)
  }

  /// haproxy waits a second before a retry after a refused connection, but retries at once after a timeout.
  @Test(arguments: [
    (0, "-:503", "-:503@1.0"), (1, "-:503@1.0", "-:503@2.0"), (2, "-:503@2.0", "-:503@3.0"),
    (4, "-:503@4.0", "-:503@5.0"),
  ])
  func `retries cost time`(_ retries: Int, _ refused: String, _ silent: String) {
    for (fault, end) in [("crash", refused), ("power", silent)] {
      var session = RetryTests.site(["set lb-1 retries \(retries)", "break server-1 \(fault)"])
      #expect(session.do("send 2 static").requestSummary == "\(end) 2", "\(fault)")
    }
  }

  @Test func `a user gives up before many retries have ended`() {
    var session = RetryTests.site(["set lb-1 retries 10", "break server-1 power"])
    #expect(session.do("send 2 static").requestSummary == "-:timeout@6.0 2")
  }

  @Test(arguments: [("crash", "-:503@0.6"), ("power", "-:503@0.8")])
  func `a shorter connect timeout costs less`(_ fault: String, _ end: String) {
    var session = RetryTests.site(["set lb-1 timeout-connect 200ms", "break server-1 \(fault)"])
    #expect(session.do("send 2 static").requestSummary == "\(end) 2")
  }

  /// The wait before a retry is at most one second. The timeout for a silent server is a setting.
  @Test(arguments: [("crash", "-:503@3.0"), ("power", "-:503@8.0")])
  func `a longer connect timeout does not lengthen the pause before a retry`(_ fault: String, _ end: String) {
    var session = RetryTests.site([
      "set lb-1 timeout-connect 2s", "set site patience 1m", "break server-1 \(fault)",
    ])
    #expect(session.do("send 2 static").requestSummary == "\(end) 2")
  }

  @Test(arguments: [("crash", "-:503 2 -:503 2"), ("power", "-:503@1.0 2 -:503@1.0 2")])
  func `redispatch without a retry saves no request`(_ fault: String, _ requestSummary: String) {
    var session = RetryTests.site(["set lb-1 redispatch on", "set lb-1 retries 0", "break server-1 \(fault)"])
    #expect(session.do("send 4 static").requestSummary == requestSummary)
  }

  @Test(arguments: [("crash", "-:503@3.0"), ("power", "-:503@4.0")])
  func `redispatch has no target with one server left`(_ fault: String, _ end: String) {
    var session = RetryTests.site([
      "set server-2 state maint", "set lb-1 redispatch on", "break server-1 \(fault)",
    ])
    #expect(session.do("send 2 static").requestSummary == "\(end) \(end)")
  }

  @Test(arguments: [("crash", "-:503@3.0"), ("power", "-:503@4.0")])
  func `a standby does not help until the primary is marked DOWN`(_ fault: String, _ end: String) {
    var session = RetryTests.site([
      "set server-2 backup on", "set lb-1 redispatch on", "break server-1 \(fault)",
    ])
    #expect(session.do("send 3 static").requestSummary == "\(end) \(end) \(end)")
  }

  @Test func `with three servers, a retry uses the turn of the next one`() {
    var session = RetryTests.site(["add server server-3", "set lb-1 redispatch on", "break server-1 power"])
    #expect(session.do("send 6 static").requestSummary == "2@1.0 3 2@1.0 3 2@1.0 3")
  }

  // MARK: With health checks every two seconds

  private static func phases(_ commands: [String]) -> [Tutor] {
    stride(from: 0, to: 2_000, by: 100).map { phase in
      site(["set lb-1 check http"] + commands + ["wait 10s", "wait \(phase)ms"])
    }
  }

  /// Sends `count` requests after the fault. Returns their results, and the seconds until server-1 is DOWN.
  private static func play(_ session: Tutor, _ fault: String, _ count: Int) -> (
    requestSummary: String, down: Double
  ) {
    var session = session
    session.do("break server-1 \(fault)")
    let start = session.seconds
    let reply = session.do("send \(count) static")
    return (reply.requestSummary, (reply.eventTime(of: "server-1 is DOWN") ?? .infinity) - start)
  }

  @Test func `a standby does not help the first request after a crash`() {
    for session in RetryTests.phases(["set server-2 backup on", "set lb-1 redispatch on"]) {
      #expect(RetryTests.play(session, "crash", 4).requestSummary == "-:503@3.0 2@3.0 2 2")
    }
  }

  @Test func `a standby does not help two or three requests after a power cut`() {
    for session in RetryTests.phases(["set server-2 backup on", "set lb-1 redispatch on"]) {
      let (requestSummary, down) = RetryTests.play(session, "power", 5)
      #expect((10...12).contains(down))
      #expect(
        requestSummary == (down < 11 ? "-:503@4.0 -:503@4.0 2@3.0 2 2" : "-:503@4.0 -:503@4.0 -:503@4.0 2 2"))
    }
  }

  @Test(arguments: [("crash", "-:503@3.0 -:503@3.0 2 2"), ("power", "-:503@4.0 -:503@4.0 -:503@4.0 2")])
  func `without redispatch a request stays where it was sent`(_ fault: String, _ requestSummary: String) {
    for session in RetryTests.phases(["set server-2 backup on"]) {
      #expect(RetryTests.play(session, fault, 4).requestSummary == requestSummary)
    }
  }

  @Test func `with redispatch, requests wait a second until a cut link is noticed`() {
    for session in RetryTests.phases(["set lb-1 redispatch on"]) {
      let (requestSummary, down) = RetryTests.play(session, "power", 16)
      let slow = Int(down.rounded(.up))
      let expected = Array(repeating: "2@1.0", count: slow) + Array(repeating: "2", count: 16 - slow)
      #expect(requestSummary == expected.joined(separator: " "))
    }
  }

  @Test func `without redispatch, every other request fails until a crash is noticed`() {
    for session in RetryTests.phases([]) {
      let requestSummary = RetryTests.play(session, "crash", 6).requestSummary
      #expect(requestSummary == "-:503@3.0 2 -:503@3.0 2 2 2")
    }
  }

  @Test func `until the health check notices, half of all reads reach a failed application`() {
    for session in RetryTests.phases([]) {
      var session = session
      session.do("break server-1.app")
      let reply = session.do("send 100 read rate 10/s")
      #expect(((20...30) as ClosedRange<Int>).contains(reply.counts("statuses")["502"] ?? 0))
    }
  }
}
