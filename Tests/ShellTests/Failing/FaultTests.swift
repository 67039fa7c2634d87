import Testing

@testable import Shell

/// The effects of `break` on each component, and of `repair`.
@Suite struct FaultTests {
  // MARK: Faults

  @Test(arguments: [
    ("lb-1", "lb-1 has lost power"), ("server-1", "server-1 has lost power"),
    ("lb-1.haproxy", "lb-1.haproxy crashed: it refuses connections"),
    ("server-1.nginx", "server-1.nginx crashed: it refuses connections"),
    ("server-1.app", "server-1.app crashed: it refuses connections"),
    ("server-1.mysql", "server-1.mysql crashed: it refuses connections"),
    ("server-1.files", "server-1.files has a bad release: every page fails"),
    ("lb-1--server-1", "lb-1--server-1 is cut off: no packet gets through"),
    ("server-2--server-1", "server-1--server-2 is cut off: no packet gets through"),
    ("lb-1--internet", "internet--lb-1 is cut off: no packet gets through"),
  ])
  func `each component has its usual fault`(_ component: String, _ event: String) {
    var session = Tutor.pairOfServers()
    #expect(session.do("break \(component)").events == [event])
  }

  private static let faults = [
    "crash", "restart", "hang", "slow", "power", "cut", "bad-release", "bad-release pages", "disk-full",
  ]

  @Test(arguments: [
    ("lb-1", "power, crash, restart, hang, slow or cut"),
    ("server-1", "power, crash, restart, hang, slow, cut, bad-release or disk-full"),
    ("web-1", "power, crash, restart, hang, slow or cut"),
    ("lb-1.haproxy", "crash, restart, hang, slow or cut"),
    ("server-1.nginx", "crash, restart, hang, slow or cut"),
    ("server-1.app", "crash, restart, hang, slow, cut or bad-release"),
    ("server-1.files", "bad-release"),
    ("server-1.mysql", "crash, restart, hang, slow, cut or disk-full"),
    ("lb-1--server-1", "cut"),
    ("internet--lb-1", "cut"),
  ])
  func `an impossible fault of a component is refused, with a list of the possible ones`(
    _ component: String, _ possibleFaults: String
  ) {
    let site = Tutor.pairOfServers(["add server web-1 with nginx"])
    let hint = "possible here: \(possibleFaults.replacing(" or ", with: " and "))"
    let possibleFaultList = possibleFaults.replacing(" or ", with: ", ").split(separator: ", ").map(
      String.init)
    for fault in FaultTests.faults {
      var session = site
      let kind = fault.hasPrefix("bad-release") ? "bad-release" : fault
      #expect(
        session.refusal(of: "break \(component) \(fault)")
          == (possibleFaultList.contains(kind)
            ? "done" : "unfit-fault: \(component) cannot have the fault \(fault) (\(hint))"))
    }
  }

  @Test(arguments: [
    ("break server-1.haproxy", "unknown-component"), ("break server-3", "unknown-component"),
    ("break server-1--server-1", "unknown-component"), ("break server-1--server-9", "unknown-component"),
    ("repair server-1", "not-broken"), ("repair server-1.files", "not-broken"),
    ("repair lb-1--server-1", "not-broken"),
  ])
  func `a target that does not exist or has no fault is refused`(_ command: String, _ code: String) {
    var session = Tutor.pairOfServers()
    let before = session.loadedSite
    #expect(session.obey(command).failure?.code == code)
    expectSame(session.loadedSite, before)
  }

  // MARK: The outcome of one attempt

  /// Server-2 is in maintenance and there are no retries, so every outcome is that of server-1.
  @Test(arguments: [
    ("server-1.nginx crash", "-:503", "-:503", "-:503"),
    ("server-1.nginx hang", "-:504@2.0", "-:504@2.0", "-:504@2.0"),
    ("server-1.nginx slow 200ms", "1@0.2", "1@0.2", "1@0.2"),
    ("server-1.nginx slow 2s", "-:504@2.0", "-:504@2.0", "-:504@2.0"),
    ("server-1.nginx cut", "-:503@1.0", "-:503@1.0", "-:503@1.0"),
    ("server-1.app crash", "1", "1:502", "1:502"),
    ("server-1.app hang", "1", "-:504@2.0", "-:504@2.0"),
    ("server-1.app slow 200ms", "1", "1@0.2", "1@0.2"),
    ("server-1.app slow 3s", "1", "-:504@2.0", "-:504@2.0"),
    ("server-1.app bad-release", "1", "1:500", "1:500"),
    ("server-1.app bad-release pages", "1", "1:500", "1:500"),
    ("server-1.files bad-release", "1:404", "1:500", "1:500"),
    ("server-1.mysql crash", "1", "1:500", "1:500"),
    ("server-1.mysql hang", "1", "1:500@1.0", "1:500@1.0"),
    ("server-1.mysql cut", "1", "1:500@1.0", "1:500@1.0"),
    ("server-1.mysql slow 200ms", "1", "1@0.2", "1@0.2"),
    ("server-1.mysql disk-full", "1", "1", "1:500@1.0"),
    ("server-2.mysql crash", "1", "1", "1"),
    ("server-2.mysql hang", "1", "1", "1"),
    ("server-2.mysql cut", "1", "1", "1"),
    ("server-2.mysql disk-full", "1", "1", "1"),
    ("server-2 power", "1", "1", "1"),
    ("server-1--server-2", "1", "1", "1"),
    ("server-1 crash", "-:503", "-:503", "-:503"),
    ("server-1 hang", "-:504@2.0", "-:504@2.0", "-:504@2.0"),
    ("server-1 power", "-:503@1.0", "-:503@1.0", "-:503@1.0"),
    ("server-1 cut", "-:503@1.0", "-:503@1.0", "-:503@1.0"),
    ("server-1 slow 200ms", "1@0.2", "1@0.6", "1@0.6"),
    ("server-1 bad-release", "1:404", "1:500", "1:500"),
    ("lb-1--server-1", "-:503@1.0", "-:503@1.0", "-:503@1.0"),
    ("lb-1.haproxy crash", "-:refused", "-:refused", "-:refused"),
    ("lb-1 crash", "-:refused", "-:refused", "-:refused"),
    ("lb-1.haproxy hang", "-:timeout@6.0", "-:timeout@6.0", "-:timeout@6.0"),
    ("lb-1.haproxy slow 200ms", "1@0.2", "1@0.2", "1@0.2"),
    ("lb-1 power", "-:timeout@6.0", "-:timeout@6.0", "-:timeout@6.0"),
    ("lb-1 cut", "-:timeout@6.0", "-:timeout@6.0", "-:timeout@6.0"),
    ("internet--lb-1", "-:timeout@6.0", "-:timeout@6.0", "-:timeout@6.0"),
  ])
  func `each fault has its result for each kind of request`(
    _ fault: String, _ page: String, _ read: String, _ write: String
  ) {
    let site = Tutor.pairOfServers(["set server-2 state maint", "set lb-1 retries 0", "break \(fault)"])
    let outcomes = ["static", "read", "write"].map { kind in
      var session = site
      return session.do("send 1 \(kind)").requestSummary
    }
    #expect(outcomes == [page, read, write])
  }

  @Test func `with a failed primary no server can write, and with its node failed a server cannot read`() {
    var session = Tutor.pairOfServers(["break server-1.mysql"])
    #expect(session.do("send 4 read").requestSummary == "1:500 2 1:500 2")
    #expect(session.do("send 4 write").requestSummary == "1:500 2:500 1:500 2:500")
  }

  // MARK: Several faults, and repair

  @Test func `a target can have several faults`() {
    var session = Tutor.pairOfServers([
      "break server-1 slow 100ms", "break server-1.app slow 200ms", "break server-1.app cut",
      "break server-1.files",
    ])
    #expect(
      session.failedTargets == [
        "server-1: slow", "server-1.nginx: slow", "server-1.app: slow, slow, cut",
        "server-1.files: slow, bad-release", "server-1.mysql: slow",
      ])
  }

  @Test func `delays of a host and of its component add up`() {
    var session = Tutor.pairOfServers([
      "set server-2 state maint", "break server-1 slow 100ms", "break server-1.app slow 300ms",
    ])
    // nginx, the application and the database each take 100 ms longer, and the application another 300 ms.
    #expect(session.do("send 1 read").requestSummary == "1@0.6")
  }

  @Test func `the same fault cannot happen twice`() {
    var session = Tutor.pairOfServers(["break server-1.app hang"])
    #expect(
      session.refusal(of: "break server-1.app hang")
        == "broken-already: server-1.app already has the fault hang (type `repair server-1.app` to remove it)"
    )
    #expect(session.refusal(of: "break server-1--server-2") == "done")
    #expect(
      session.refusal(of: "break server-2--server-1")
        == "broken-already: server-1--server-2 already has the fault cut (type `repair server-1--server-2` to remove it)"
    )
  }

  @Test func `another delay or release replaces the first`() {
    var session = Tutor.pairOfServers([
      "set server-2 state maint", "break server-1.app slow 5s", "break server-1.app slow 100ms",
      "break server-1.files bad-release", "break server-1.files bad-release pages",
    ])
    #expect(session.failedTargets == ["server-1.app: slow", "server-1.files: bad-release pages"])
    session.do("repair server-1.files")
    #expect(session.do("send 1 read").requestSummary == "1@0.1")
  }

  @Test func `repair repairs the named target and nothing else`() {
    var session = Tutor.pairOfServers([
      "break server-1", "break server-1.mysql", "break server-2.app hang", "break server-2.app slow",
      "break lb-1--server-2",
    ])
    #expect(session.do("repair server-1").events == ["server-1 has power again"])
    #expect(session.failedTargets == ["server-1.mysql: crash", "server-2.app: hang, slow"])
    #expect(
      session.do("repair server-2.app").events == [
        "server-2.app continues where it stopped", "server-2.app is as fast as before",
      ])
    #expect(session.failedTargets == ["server-1.mysql: crash"])
    #expect(session.do("repair server-2--lb-1").events == ["lb-1--server-2 is connected again"])
  }

  @Test func `repairing a host without a fault repairs its components`() {
    var session = Tutor.pairOfServers([
      "break server-1.mysql", "break server-1.files", "break server-2.app",
    ])
    #expect(
      session.do("repair server-1").events == [
        "server-1.mysql runs again", "server-1.files has the good release again",
      ])
    #expect(session.failedTargets == ["server-2.app: crash"])
  }

  @Test(arguments: [
    "server-1", "server-1 crash", "server-1 hang", "server-1 slow", "server-1 cut", "server-1 bad-release",
    "server-1 bad-release pages", "server-1 disk-full", "server-1.nginx", "server-1.nginx hang",
    "server-1.app",
    "server-1.app hang", "server-1.app slow", "server-1.app bad-release", "server-1.files", "server-1.mysql",
    "server-1.mysql hang", "server-1.mysql cut", "server-1.mysql slow", "server-1.mysql disk-full", "lb-1",
    "lb-1 crash", "lb-1 hang", "lb-1 slow", "lb-1 cut", "lb-1.haproxy", "internet--lb-1", "lb-1--server-1",
    "server-1--server-2",
  ])
  func `after a repair everything works as before`(_ fault: String) {
    var session = Tutor.design("textbook", ["break \(fault)", "send 6 mix", "wait 10s"])
    session.do("repair \(fault.split(separator: " ")[0]); wait 1m")
    #expect(session.failedTargets == [])
    #expect(session.serverStates == ["UP", "UP"])
    #expect(session.do("send 4 static").counts("by_server") == ["server-1": 2, "server-2": 2])
    #expect(session.do("send 4 read").counts("by_database") == ["server-1.mysql": 2, "server-2.mysql": 2])
    #expect(session.do("send 4 write").counts("statuses") == ["200": 4])
  }

  @Test func `removing a target removes its faults`() {
    var session = Tutor.pairOfServers([
      "break server-2", "break server-2.app", "break lb-1--server-2", "break server-1.app", "remove server-2",
    ])
    #expect(session.failedTargets == ["server-1.app: crash"])
    #expect(session.refusal(of: "repair server-2").hasPrefix("unknown-component"))
    session.do("add server server-2")
    #expect(session.do("send 2 static").requestSummary == "1 2")
  }

  // MARK: Files

  @Test func `save writes the faults, and load restores them`() {
    let files = Files()
    var session = TypedSession(designs: [], files: files)
    let faults = [
      "break server-1.app slow 150ms", "break server-1 disk-full", "break server-2 power",
      "break server-2.files bad-release pages", "break server-1.nginx hang", "break lb-1 slow 1s",
      "break internet--lb-1 cut", "break server-1--server-2 cut", "break server-2.app bad-release",
      "break server-2.mysql crash",
    ]
    for command in ["new", "add server server-1", "add server server-2"] + faults { session.do(command) }
    let failedTargets = session.session.failedTargets
    session.do("save site.tripod")
    #expect(
      files["site.tripod"]?.split(separator: "\n").filter { $0.hasPrefix("break") } == faults.map { $0[...] })
    var other = TypedSession(designs: [], files: files)
    other.do("load site.tripod")
    #expect(other.session.failedTargets == failedTargets)
    #expect(other.do("send 1").requestSummary == session.do("send 1").requestSummary)
  }

  // MARK: Failures that nginx remembers

  /// Returns a site on which an application hangs. A request has waited for it for a second, and nginx now
  /// skips it for ten seconds.
  private static func siteWithSkippedApplication(_ commands: String...) -> Tutor {
    var session = Tutor.design("active-active")
    session.do("break server-1.app hang; send 2 read")
    for command in commands { session.do(command) }
    return session
  }

  @Test(arguments: [
    ("cut", "2 2 2 2"), ("hang", "2 2 2 2"), ("power", "2@1.0 2 2 2"), ("crash", "2@1.0 2 2 2"),
  ])
  func `nginx remembers failures through a cut but not through a power cut`(
    _ fault: String, _ requestSummary: String
  ) {
    var session = FaultTests.siteWithSkippedApplication("break web-1 \(fault)", "repair web-1")
    #expect(session.do("send 4 read").requestSummary == requestSummary)
  }

  @Test(arguments: [
    ("power", "-:502"), ("crash", "-:502"), ("cut", "1"), ("hang", "1"),
  ])
  func `an open connection survives a cut, but not a crash`(_ fault: String, _ end: String) {
    var session = Tutor.pairOfServers(["hold a", "break server-1 \(fault)", "repair server-1"])
    #expect(session.do("release a").requestSummary == end)
  }

  @Test func `an open connection over a cut link is silent`() {
    var session = Tutor.pairOfServers(["hold a", "break server-1 cut"])
    #expect(session.do("release a").requestSummary == "-:504@2.0")
  }

  @Test(arguments: ["power", "cut", "crash", "hang"])
  func `a replica that was away catches up`(_ fault: String) {
    var session = Tutor.pairOfServers([
      "send 2 write", "wait 1s", "break server-2.mysql \(fault == "power" ? "crash" : fault)",
    ])
    session.do("send 3 write; wait 1s")
    #expect(session.nodes == ["server-1.mysql primary 5/5", "server-2.mysql replica 2/2"])
    session.do("repair server-2.mysql; wait 1s")
    #expect(
      session.nodes == ["server-1.mysql primary 5/5", "server-2.mysql replica 5/5, hears server-1.mysql"])
  }

  @Test(arguments: ["power", "cut"])
  func `a replica whose host was away catches up`(_ fault: String) {
    var session = Tutor.pairOfServers(["send 2 write", "wait 1s", "break server-2 \(fault)"])
    session.do("set server-2 state maint; send 3 write; wait 1s")
    #expect(session.nodes == ["server-1.mysql primary 5/5", "server-2.mysql replica 2/2"])
    session.do("repair server-2; wait 1s")
    #expect(
      session.nodes == ["server-1.mysql primary 5/5", "server-2.mysql replica 5/5, hears server-1.mysql"])
  }

  @Test func `haproxy keeps its turn through a cut but not through a power cut`() {
    var reconnectedSite = Tutor.pairOfServers(["send 1", "break lb-1 cut", "repair lb-1"])
    #expect(reconnectedSite.do("send 2").requestSummary == "2 1")
    var restartedSite = Tutor.pairOfServers(["send 1", "break lb-1 power", "repair lb-1"])
    #expect(restartedSite.do("send 2").requestSummary == "1 2")
  }

  @Test func `a restarted haproxy counts a DOWN server as UP`() {
    var session = Tutor.design("textbook", ["break server-1.app", "wait until server-1 down"])
    #expect(session.serverStates == ["DOWN", "UP"])
    session.do("break lb-1.haproxy; repair lb-1.haproxy")
    #expect(session.serverStates == ["UP 1/3", "UP 1/3"])
  }

  @Test func `a component that is repaired on a host without power does not run`() {
    var session = Tutor.pairOfServers(["break server-1", "break server-1.nginx"])
    #expect(
      session.do("repair server-1.nginx").events == ["server-1.nginx is repaired, but its host has no power"])
    #expect(session.do("show state(server-1.nginx)").json["value"] == .string("broken"))
    #expect(session.do("repair server-1").events.first == "server-1 has power again")
    #expect(session.do("show state(server-1.nginx)").json["value"] == .string("works"))
  }
}
