import Testing

@testable import Shell

/// How health checks detect failures, and what happens to requests until then.
@Suite struct HealthCheckTests {
  /// Returns a site that is checked every two seconds. Three failures mark a server DOWN, and two successes
  /// mark it UP. All checks have passed so far.
  private static func site(_ check: String, _ commands: [String] = []) -> Tutor {
    var session = Tutor.pairOfServers(["set lb-1 check \(check)", "wait 10s"])
    for command in commands { session.do(command) }
    return session
  }

  /// Returns each new state of server-1, observed ten times a second.
  private static func serverStates(_ session: inout Tutor, during tenths: Int) -> [String] {
    var serverStates: [String] = []
    for _ in 0..<tenths {
      if let now = session.serverStates.first, now != serverStates.last { serverStates.append(now) }
      session.do("wait 100ms")
    }
    return serverStates
  }

  // MARK: States

  @Test(
    arguments: ["tcp", "http"], ["server-1 crash", "server-1 power", "server-1.nginx crash", "server-1 cut"])
  func `a server falls and rises step by step`(_ check: String, _ fault: String) {
    var session = HealthCheckTests.site(check, ["break \(fault)"])
    #expect(HealthCheckTests.serverStates(&session, during: 130) == ["UP", "UP 2/3", "UP 1/3", "DOWN"])
    session.do("repair \(fault.split(separator: " ")[0])")
    #expect(HealthCheckTests.serverStates(&session, during: 70) == ["DOWN", "DOWN 1/2", "UP"])
    #expect(session.serverStates == ["UP", "UP"])
  }

  @Test func `fall and rise say how many steps there are`() {
    var session = Tutor.pairOfServers([
      "set lb-1 check tcp", "set lb-1 fall 5", "set lb-1 rise 3", "wait 10s",
    ])
    session.do("break server-1.nginx")
    #expect(
      HealthCheckTests.serverStates(&session, during: 110) == [
        "UP", "UP 4/5", "UP 3/5", "UP 2/5", "UP 1/5", "DOWN",
      ])
    session.do("repair server-1.nginx")
    #expect(HealthCheckTests.serverStates(&session, during: 70) == ["DOWN", "DOWN 1/3", "DOWN 2/3", "UP"])
    var quick = Tutor.pairOfServers([
      "set lb-1 check tcp", "set lb-1 fall 1", "set lb-1 rise 1", "wait 10s",
    ])
    quick.do("break server-1.nginx")
    #expect(HealthCheckTests.serverStates(&quick, during: 30) == ["UP", "DOWN"])
    quick.do("repair server-1.nginx")
    #expect(HealthCheckTests.serverStates(&quick, during: 30) == ["DOWN", "UP"])
  }

  @Test func `one passed check makes up for failed ones`() {
    var session = HealthCheckTests.site("tcp", ["break server-1.nginx", "wait 5s"])
    #expect(session.serverStates == ["UP 1/3", "UP"])
    session.do("repair server-1.nginx; wait 2s")
    #expect(session.serverStates == ["UP", "UP"])
  }

  @Test func `one failed check resets the count of a rising server`() {
    var session = HealthCheckTests.site(
      "tcp", ["break server-1.nginx", "wait until server-1 down", "repair server-1.nginx"])
    #expect(HealthCheckTests.serverStates(&session, during: 30) == ["DOWN", "DOWN 1/2"])
    session.do("break server-1.nginx; wait 2s")
    #expect(session.serverStates == ["DOWN", "UP"])
  }

  @Test func `a server of a new site counts as UP, and one failed check is enough`() {
    var session = Tutor.pairOfServers(["set lb-1 check http", "break server-1.nginx"])
    #expect(session.serverStates == ["UP 1/3", "UP 1/3"])
    #expect(session.do("wait 1500ms").events == ["server-1 is DOWN after 1 failed check"])
    #expect(session.serverStates == ["DOWN", "UP"])
  }

  @Test func `without health checks, no server is marked DOWN`() {
    var session = Tutor.pairOfServers(["break server-1"])
    #expect(session.do("wait 1h").events == [])
    #expect(session.serverStates == ["no check", "no check"])
  }

  // MARK: Depth of health checks

  /// The health checks that detect each fault.
  @Test(arguments: [
    ("server-1.nginx crash", "tcp nginx app database"), ("server-1.nginx hang", "nginx app database"),
    ("server-1.nginx slow 3s", "nginx app database"), ("server-1.nginx slow 500ms", ""),
    ("server-1.nginx cut", "tcp nginx app database"),
    ("server-1.app crash", "app database"), ("server-1.app hang", "app database"),
    ("server-1.app slow 3s", "app database"), ("server-1.app slow 500ms", ""),
    ("server-1.app bad-release", "app database"), ("server-1.app bad-release pages", ""),
    ("server-1.files bad-release", "app database"), ("server-1.files bad-release pages", ""),
    ("server-1.mysql crash", "database"), ("server-1.mysql hang", "database"),
    ("server-1.mysql cut", "database"),
    ("server-1.mysql disk-full", ""), ("server-2.mysql crash", ""),
    ("server-1 crash", "tcp nginx app database"), ("server-1 hang", "nginx app database"),
    ("server-1 power", "tcp nginx app database"), ("server-1 cut", "tcp nginx app database"),
    ("lb-1--server-1", "tcp nginx app database"), ("server-1--server-2", ""),
  ])
  func `a health check notices only faults on its path`(_ fault: String, _ seen: String) {
    let sufficientDepths = ["tcp", "nginx", "app", "database"].filter { depth in
      var session = HealthCheckTests.site(
        depth == "tcp" ? "tcp" : "http", depth == "tcp" ? [] : ["set lb-1 check-path \(depth)", "wait 10s"])
      session.do("break \(fault); wait 30s")
      return session.serverStates[0] == "DOWN"
    }
    #expect(sufficientDepths.joined(separator: " ") == seen)
  }

  @Test(arguments: [("local", ["DOWN", "UP"]), ("primary", ["DOWN", "DOWN"]), ("replica", ["UP", "UP"])])
  func `a health check of the database uses the node that reads use`(
    _ reads: String, _ serverStates: [String]
  ) {
    var session = HealthCheckTests.site(
      "http", ["set lb-1 check-path database", "set database reads \(reads)"])
    session.do("break server-1.mysql; wait 30s")
    #expect(session.serverStates == serverStates)
  }

  @Test func `a health check of the database has no fallback`() {
    var session = HealthCheckTests.site("http", ["set lb-1 check-path database", "set database fallback on"])
    session.do("break server-2.mysql; wait 30s")
    #expect(session.serverStates == ["UP", "DOWN"])
  }

  // MARK: Time to detection

  /// A refused connection is detected in 4 to 6 s, silence in 10 to 12 s, and a repair in 2 to 4 s.
  @Test(
    arguments: [
      ("tcp", "server-1 crash", 4.0...6.0), ("http", "server-1.app crash", 4.0...6.0),
      ("http", "server-1.files bad-release", 4.0...6.0), ("http", "server-1.app hang", 10.0...12.0),
      ("http", "server-1.nginx hang", 10.0...12.0), ("tcp", "server-1 power", 10.0...12.0),
      ("http", "server-1 power", 10.0...12.0), ("tcp", "server-1 cut", 10.0...12.0),
      ("http", "lb-1--server-1", 10.0...12.0),
    ] as [(String, String, ClosedRange<Double>)])
  func `a fault is noticed within the expected time`(
    _ check: String, _ fault: String, _ range: ClosedRange<Double>
  ) {
    for phase in stride(from: 0, to: 4_000, by: 125) {
      var session = HealthCheckTests.site(check, ["wait \(phase)ms", "break \(fault)"])
      let start = session.seconds
      session.do("wait until server-1 down")
      #expect(range.contains(session.seconds - start), "\(phase) ms")
      session.do("wait \(phase * 7 % 4_000)ms; repair \(fault.split(separator: " ")[0])")
      let repair = session.seconds
      session.do("wait until server-1 up")
      let back = session.seconds - repair
      #expect((2.0...4.1).contains(back), "\(phase) ms")
    }
  }

  @Test func `the reply to send says when a server was marked DOWN`() {
    var session = HealthCheckTests.site("tcp", ["break server-1 crash"])
    let start = session.seconds
    let eventTime = session.do("send 60 static rate 10/s").eventTime(
      of: "server-1 is DOWN after 3 failed checks")
    #expect((4.0...6.0).contains((eventTime ?? 0) - start))
  }

  // MARK: Waiting for a state

  @Test func `without a check there is nothing to wait for`() {
    var session = Tutor.pairOfServers(["break server-1", "wait 5s"])
    let before = session.loadedSite
    #expect(
      session.refusal(of: "wait until server-1 down")
        == "no-checks: health checks are off, so no server is marked UP or DOWN (type `set lb-1 check http` first)"
    )
    expectSame(session.loadedSite, before)
  }

  @Test(arguments: [
    ("server-1 down", "server-1 was not marked DOWN within an hour"),
    ("server-2 down", "server-2 was not marked DOWN within an hour"),
  ])
  func `waiting for a state ends after an hour, and then no time has passed`(
    _ what: String, _ sentence: String
  ) {
    var session = HealthCheckTests.site("tcp", ["break server-1.app", "wait 1s"])
    let before = session.loadedSite
    #expect(
      session.refusal(of: "wait until \(what)") == "never-came: \(sentence) (the site is as it was before)")
    expectSame(session.loadedSite, before)
  }

  @Test func `waiting for the current state takes no time`() {
    var session = HealthCheckTests.site("http", ["break server-1", "wait until server-1 down"])
    let before = session.seconds
    session.do("wait until server-1 down; wait until server-2 up")
    #expect(session.seconds == before)
  }

  @Test(arguments: [("lb-1", "not-a-server"), ("server-3", "unknown-component")])
  func `only a server can be waited for`(_ name: String, _ code: String) {
    var session = HealthCheckTests.site("http")
    #expect(session.obey("wait until \(name) down").failure?.code == code)
  }

  @Test func `the state is that of the active balancer`() {
    var session = Tutor.design("balancer-pair", ["break lb-1--server-1"])
    session.do("wait until server-1 down; break lb-1; wait 4s")
    let before = session.seconds
    session.do("wait until server-1 up")
    #expect(session.seconds == before)
    #expect(session.serverStates == ["UP", "UP", "UP"])
  }

  // MARK: Slow start, maintenance

  @Test func `with slowstart the weight grows every second`() {
    var session = Tutor.pairOfServers([
      "set server-1 weight 100", "set server-2 weight 100", "set server-1 slowstart 10s",
      "set lb-1 check http", "wait 10s",
      "break server-1.app", "wait until server-1 down", "repair server-1.app", "wait until server-1 up",
    ])
    var weights: [Double] = []
    for _ in 0...10 {
      weights.append(
        session.do("show servers").json["servers"]?.elements.first?["effective_weight"]?.number ?? -1)
      session.do("wait 1s")
    }
    #expect(weights == [7, 13, 25, 32, 44, 57, 63, 75, 82, 94, 100])
  }

  @Test func `the end of a slow start is reported`() {
    var session = Tutor.pairOfServers([
      "set server-1 slowstart 3s", "set lb-1 check http", "wait 10s", "break server-1.app",
    ])
    session.do("wait until server-1 down; repair server-1.app; wait until server-1 up")
    #expect(session.do("wait 5s").events == ["server-1 has its whole weight again"])
  }

  @Test func `a slow start takes a share that grows`() {
    var session = Tutor.pairOfServers([
      "set server-1 weight 16", "set server-2 weight 16", "set server-1 slowstart 20s", "set lb-1 check http",
      "wait 10s",
      "break server-1.app", "wait until server-1 down", "repair server-1.app", "wait until server-1 up",
    ])
    let shares = (0..<5).map { _ in
      session.do("send 400 static rate 80/s").counts("by_server")["server-1"] ?? 0
    }
    #expect(shares == shares.sorted())
    #expect(shares[0] < 80)
    #expect(shares[4] == 200)
  }

  @Test func `a server after maintenance counts as UP, and one failed check is enough`() {
    var session = HealthCheckTests.site(
      "http", ["set server-1 state maint", "wait 10s", "break server-1 crash"])
    session.do("set server-1 state ready")
    #expect(session.serverStates == ["UP 1/3", "UP"])
    let reply = session.do("wait 2100ms")
    #expect(reply.events == ["server-1 is DOWN after 1 failed check"])
    #expect(session.serverStates == ["DOWN", "UP"])
  }

  @Test func `a server that was DOWN before maintenance counts as UP after it`() {
    var session = HealthCheckTests.site("http", ["break server-1 crash", "wait until server-1 down"])
    session.do("set server-1 state maint")
    #expect(session.serverStates == ["MAINT", "UP"])
    session.do("repair server-1; set server-1 state ready")
    #expect(session.serverStates == ["UP 1/3", "UP"])
    #expect(session.do("send 2 static").counts("by_server") == ["server-1": 1, "server-2": 1])
    session.do("wait 3s")
    #expect(session.serverStates == ["UP", "UP"])
  }

  @Test func `in maintenance there are no health checks`() {
    var session = HealthCheckTests.site("http", ["set server-1 state maint", "break server-1"])
    #expect(session.do("wait 1m").events == [])
    #expect(session.serverStates == ["MAINT", "UP"])
  }

  @Test func `health checks continue on a draining server`() {
    var session = HealthCheckTests.site("http", ["set server-1 state drain", "break server-1"])
    #expect(session.do("wait 1m").events == ["server-1 is DOWN after 3 failed checks"])
  }

  @Test func `health checks that restart ignore the answer to an earlier check`() {
    let spans = stride(from: 0, through: 2_000, by: 250).map { pause -> Double in
      var session = Tutor.design("textbook")
      session.do("break server-1.app; wait until server-1 down; repair server-1.app")
      session.do("break server-1.app slow 1500ms; wait \(pause)ms")
      let changed = session.do("set lb-1 inter 3s").number("time_ms") ?? 0
      return ((session.do("wait until server-1 up").number("time_ms") ?? 0) - changed).rounded()
    }
    // The time is that of two answers, 1.506 s each, and of the 3 s between the health checks.
    #expect(spans == Array(repeating: 6_012, count: 9))
  }
}
