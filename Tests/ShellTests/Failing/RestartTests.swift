import Inspector
import Testing

@testable import Shell

/// The fault `restart`: a process is down for a while and comes back by itself.
@Suite struct RestartTests {
  @Test(arguments: [
    ("server-1.app restart", "5.0 s", "5s"), ("server-1.nginx restart 20s", "20.0 s", "20s"),
    ("server-1.mysql restart 500ms", "500.0 ms", "500ms"), ("lb-1.haproxy restart 1m", "60.0 s", "1m"),
    ("server-2 restart 2s", "2.0 s", "2s"),
  ])
  func `a restarted target returns after the given time`(_ fault: String, _ words: String, _ length: String) {
    var session = Tutor.pairOfServers()
    let target = fault.split(separator: " ")[0]
    #expect(session.do("break \(fault)").events == ["\(target) restarts: it runs again after \(words)"])
    session.do("wait \(length == "1m" ? "59s" : "499ms")")
    #expect(session.loadedSite.simulation.faults.map(\.target.text) == ["\(target)"])
    #expect(session.do("wait \(length)").events == ["\(target) runs again"])
    #expect(session.loadedSite.simulation.faults == [])
  }

  @Test(arguments: ["lb-1.haproxy", "server-1.nginx", "server-1.app", "server-1.mysql", "server-1"])
  func `a restart has the effects of a crash until it ends`(_ target: String) {
    let lines = ["send 8 static", "send 8 read", "send 8 write"]
    var (crashed, restarted) = (Tutor.pairOfServers(), Tutor.pairOfServers())
    crashed.do("break \(target) crash")
    restarted.do("break \(target) restart 1h")
    for line in lines {
      #expect(crashed.do(line).json["requests"] == restarted.do(line).json["requests"], "\(line)")
    }
    crashed.do("wait 1h; repair \(target); wait 1m")
    restarted.do("wait 1h; wait 1m")
    for line in lines { #expect(restarted.do(line).counts("statuses") == ["200": 8], "\(line)") }
  }

  @Test func `a request in flight in the process is lost`() {
    var session = Tutor.pairOfServers([
      "set site service constant", "set server-1.app cost 1s", "set server-2.app cost 1s",
    ])
    session.do("at 500ms break server-1.app restart 100ms")
    #expect(session.do("send 2 read rate 100/s").counts("statuses") == ["200": 1, "502": 1])
  }

  @Test func `a repair ends a restart early, and the restart's timer ends no later fault`() {
    var session = Tutor.pairOfServers(["break server-1.app restart 5s", "wait 1s"])
    #expect(session.do("repair server-1.app").events == ["server-1.app runs again"])
    session.do("break server-1.app restart 5s; wait 4500ms")
    #expect(session.failedTargets == ["server-1.app: restart"])
    #expect(session.do("wait 1s").events == ["server-1.app runs again"])
  }

  @Test func `a restart ends no other fault`() {
    var session = Tutor.pairOfServers(["break server-1.app restart 2s", "break server-1.app slow 1s"])
    #expect(session.do("wait 2s").events == ["server-1.app runs again"])
    #expect(session.failedTargets == ["server-1.app: slow"])
  }

  @Test func `a process that crashes during a restart does not return`() {
    var session = Tutor.pairOfServers([
      "break server-1.app restart 2s", "wait 1s", "break server-1.app crash",
    ])
    #expect(session.failedTargets == ["server-1.app: crash"])
    #expect(session.do("wait 1h").events.allSatisfy { !$0.contains("runs again") })
    #expect(
      session.refusal(of: "break server-1.app restart")
        == "broken-already: server-1.app already has the fault crash "
        + "(type `repair server-1.app` to remove it)")
  }

  @Test func `a second restart replaces the duration of the first`() {
    var session = Tutor.pairOfServers(["break server-1.app restart 2s", "break server-1.app restart 10s"])
    #expect(session.do("wait 9s").events == [])
    #expect(session.do("wait 1s").events == ["server-1.app runs again"])
  }

  @Test(arguments: ["remove server-2", "remove server-2.app"])
  func `a removed target does not return`(_ removal: String) {
    var session = Tutor.pairOfServers(["break server-2.app restart 2s", removal])
    #expect(session.do("wait 10s").events == [])
  }

  @Test func `a restart that ends in a copy of the site continues in the original`() {
    var session = Tutor.pairOfServers(["break server-1.app restart 5s"])
    session.do("whatif wait 10s")
    #expect(session.failedTargets == ["server-1.app: restart"])
    session.do("set server-2 weight 2; wait 10s; undo")
    #expect(session.failedTargets == ["server-1.app: restart"])
  }

  @Test func `a restart is saved with its duration`() {
    var session = Tutor.pairOfServers(["break server-1.app restart 90s"])
    #expect(session.loadedSite.simulation.script.last == "break server-1.app restart 90s")
    #expect(session.do("break server-1.nginx restart").failure == nil)
    #expect(session.loadedSite.simulation.script.last == "break server-1.nginx restart 5s")
  }

  @Test func `a restart is saved with the time that is left`() {
    var session = Tutor.pairOfServers(["break server-1.app restart 60s", "wait 20s"])
    #expect(session.loadedSite.simulation.script.last == "break server-1.app restart 40s")
    session.do("wait 39999500us")
    #expect(session.loadedSite.simulation.script.last == "break server-1.app restart 1ms")
  }

  @Test func `evidence says when requests were sent after a restart`() {
    var session = Tutor.pairOfServers()
    let fact = session.do("show survives(break(server-1.app restart), read)").json["witness"]?["saw"]?.string
    #expect(fact == "10 of 10 reads answered after the restart")
    let long = session.do("show survives(break(server-1.app restart 1h), read)").json["witness"]?["saw"]?
      .string
    #expect(long == "5 of 10 reads got 502")
  }

  @Test func `files and links have no process`() {
    var session = Tutor.pairOfServers()
    #expect(
      session.refusal(of: "break server-1.files restart")
        == "unfit-fault: server-1.files cannot have the fault restart (possible here: bad-release)")
    #expect(
      session.refusal(of: "break lb-1--server-1 restart")
        == "unfit-fault: lb-1--server-1 cannot have the fault restart (possible here: cut)")
  }

  @Test func `help lists the duration and the downtime`() {
    var session = Tutor()
    let lines = session.do("help break").lines.map(\.text)
    #expect(lines.contains("  DURATION      how much longer each request takes (default: 1s)"))
    #expect(lines.contains("  DOWNTIME      how long the restart takes (default: 5s)"))
  }

  @Test(arguments: [("restart 10s", true), ("crash", false)])
  func `a fact takes the end of a restart into account`(_ fault: String, _ survives: Bool) {
    var session = Tutor.pairOfServers()
    let failures = "server-1.app \(fault) and server-2.app \(fault)"
    #expect((session.obey("assert survives(break(\(failures)), read)").failure == nil) == survives)
  }
}
