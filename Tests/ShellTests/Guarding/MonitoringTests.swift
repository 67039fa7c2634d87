import Blueprint
import Inspector
import Testing

@testable import Shell

/// Which alerts the operators get, and when.
@Suite struct MonitoringTests {
  private static func alerts(_ session: inout Tutor) -> [String] {
    session.do("alerts 100").json["alerts"]?.elements.map { alert in
      let time = alert["time_ms"]?.number.map { "\(Int($0 / 1_000))" } ?? ""
      let cause = alert["metric"]?.string ?? alert["kind"]?.string ?? ""
      return "\(time) \(alert["component"]?.string ?? "") \(cause)"
    } ?? []
  }

  @Test func `without an agent there is no alert`() {
    var session = Tutor.design("textbook")
    session.do("break server-1; wait 10m; send 10")
    let reply = session.do("alerts")
    #expect(reply.json["alerts"] == .array([]))
    #expect(reply.json["told"] == .array([]))
    #expect(session.do("send 4 write").json["first_alert_ms"] == .null)
  }

  @Test func `a failed host does not report, which is noticed after two intervals`() {
    var session = Tutor.design("textbook")
    session.do("add monitor push interval 10s; wait 12s; break server-1; wait 1m")
    #expect(MonitoringTests.alerts(&session).first == "40 server-1 silent")
    #expect(session.do("alerts").json["told"]?.elements.first == .string("server-1"))
  }

  @Test func `a polled agent is missed at the next poll`() {
    var session = Tutor.design("textbook")
    session.do("add monitor server-1 pull interval 10s; wait 12s; break server-1; wait 1m")
    #expect(MonitoringTests.alerts(&session) == ["31 server-1 silent"])
  }

  @Test func `a failed agent refuses, or is silent`() {
    var polledSite = Tutor.design("textbook")
    polledSite.do("add monitor server-1 pull interval 10s; break server-1.monitor; wait 1m")
    #expect(MonitoringTests.alerts(&polledSite) == ["20 server-1 refused"])
    var sending = Tutor.design("textbook")
    sending.do("add monitor server-1 interval 10s; break server-1.monitor; wait 1m")
    #expect(MonitoringTests.alerts(&sending) == ["30 server-1 silent"])
  }

  @Test func `an agent that has not reported has no last report`() {
    var session = Tutor.design("textbook", ["break server-1", "add monitor", "wait 1m"])
    let reply = session.do("alerts")
    let agent = reply.json["agents"]?.elements.first { $0["host"]?.string == "server-1" }
    #expect(agent?["missed"] == .flag(true))
    #expect(agent?["last_heard_ms"] == .null)
    #expect(reply.text.contains("server-1 is silent: its agent has never reported"))
  }

  @Test func `a shortened list says how much is missing`() {
    var session = Tutor.design("textbook", (3...20).map { "add server server-\($0)" })
    session.do("add monitor")
    for number in 2...20 { session.do("break server-\(number)") }
    session.do("wait 1m")
    let text = session.do("alerts 5").text
    #expect(text.contains("and 7 more hosts are silent"))
    let all = session.do("alerts 10000").json["alerts"]?.elements.count ?? 0
    #expect(text.contains("\(all - 5) earlier alerts; to see them, type alerts \(all)"))
    #expect(!session.do("alerts \(all)").text.contains("earlier"))
  }

  @Test func `the monitoring state names the agents and those that are silent`() {
    var session = Tutor.design("textbook")
    #expect(session.do("alerts").json["unwatched"]?.elements.count == 3)
    session.do("add monitor server-1; add monitor lb-1; wait 12s; break server-1.monitor; wait 1m")
    let reply = session.do("alerts")
    let agents = reply.json["agents"]?.elements ?? []
    #expect(agents.map { $0["host"]?.string } == ["lb-1", "server-1"])
    #expect(agents.map { $0["missed"] } == [.flag(false), .flag(true)])
    #expect(agents.last?["last_heard_ms"] == .thousandths(20_000_000))
    #expect(reply.json["unwatched"] == .array([.string("server-2")]))
    #expect(reply.text.contains("server-1 is silent: its agent last reported at 20.000 s"))
    #expect(reply.text.contains("No agent runs on server-2."))
    #expect(reply.text.contains("1 of 2 agents report"))
    session.do("repair server-1.monitor; wait 1m")
    #expect(session.do("alerts").text.contains("2 of 2 agents report"))
  }

  @Test func `a crash is reported within an interval, with its metric`() {
    var session = Tutor.design("secured")
    session.do("wait 12s; break server-1.nginx")
    let reply = session.do("send 40 static rate 2/s")
    #expect(MonitoringTests.alerts(&session) == ["30 server-1.nginx availability"])
    #expect(reply.json["first_alert_ms"] == .thousandths(30_000_000))
    let event = reply.json["events"]?.elements.first { $0["component"]?.string == "server-1.nginx" }
    #expect(event?["what"] == .string("has availability 0, below 100"))
    #expect(event?["cause"] == .string("operator"))
  }

  @Test func `an alert is not repeated until the target was healthy in between`() {
    var session = Tutor.design("secured")
    session.do("break server-1.app; wait 5m")
    #expect(
      MonitoringTests.alerts(&session) == ["20 server-1.nginx availability", "20 server-1.app availability"])
    session.do("repair server-1.app; wait 1m; break server-1.app; wait 1m")
    #expect(MonitoringTests.alerts(&session).count == 4)
  }

  @Test func `an alert that no longer holds is resolved, with its time`() {
    var session = Tutor.design("textbook")
    session.do("add monitor interval 10s; wait 12s; break server-1.app; wait 30s")
    func states() -> [String] {
      session.do("alerts").json["alerts"]?.elements.map { alert in
        let time = alert["resolved_ms"]?.number.map { " \(Int($0 / 1_000))" } ?? ""
        return "\(alert["component"]?.string ?? "") \(alert["state"]?.string ?? "")\(time)"
      } ?? []
    }
    #expect(states() == ["server-1.nginx firing", "server-1.app firing"])
    session.do("repair server-1.app; wait 30s")
    #expect(states() == ["server-1.nginx resolved 70", "server-1.app resolved 60"])
    #expect(session.do("alerts").text.contains("below 100; resolved at 60.000 s"))
    session.do("break server-2; wait 1m")
    #expect(states().last == "server-2 firing")
    session.do("repair server-2; wait 1m")
    #expect(states().last == "server-2 resolved 150")
  }

  @Test func `a removed agent's alerts disappear`() {
    var session = Tutor.design("textbook", ["add monitor", "break server-1.app", "wait 1m"])
    session.do("remove server-1.monitor; wait 1s")
    let alerts = session.do("alerts").json["alerts"]?.elements ?? []
    #expect(!alerts.isEmpty && alerts.allSatisfy { $0["state"] == .string("resolved") })
  }

  @Test func `each incident shows whether users or operators noticed first`() {
    var session = Tutor.design("textbook")
    session.do("add monitor interval 10s; break server-1 crash; send 30 static rate 1/s; repair server-1")
    session.do("wait 5m; send 10; break lb-1; wait 5s; send 1; wait 1m; send 5")
    let reply = session.do("alerts")
    let incidents = reply.json["incidents"]?.elements ?? []
    func seconds(_ name: String) -> [Double] {
      incidents.map { (($0[name]?.number ?? -1_000) / 1_000).rounded() }
    }
    #expect(incidents.count == 2)
    #expect(seconds("first_failure_ms").first == 13 && seconds("first_alert_ms").first == 20)
    #expect(seconds("first_failure_ms").last == 350 && seconds("first_alert_ms").last == 350)
    #expect(incidents.map { $0["over"] } == [.flag(true), .flag(false)])
    #expect(reply.lines.count { $0.text.contains("A user saw the first failure") } == 2)
    session.do("repair lb-1; wait 5m")
    #expect(session.do("alerts").json["incidents"]?.elements.last?["over"] == .flag(true))
  }

  @Test func `without an alert, an incident ends after a minute without failures`() {
    var session = Tutor.design("textbook", ["break lb-1", "send 1"])
    #expect(session.do("alerts").text.contains("; there is no alert yet"))
    session.do("wait 61s")
    #expect(session.do("alerts").text.contains("; there was no alert"))
    session.do("send 1")
    #expect(session.do("alerts").json["incidents"]?.elements.count == 2)
  }

  @Test func `an alert without a failure is reported as such`() {
    var session = Tutor.design("textbook", ["add monitor", "break server-1.app", "wait 1m"])
    #expect(session.do("alerts").text.contains("No user has seen a failure yet"))
    session.do("repair server-1.app; wait 10m")
    #expect(session.do("alerts").text.contains("No user saw a failure"))
  }

  @Test func `a replica that is cut off has no lag`() {
    var session = Tutor.design("textbook", ["add monitor", "break server-1--server-2", "wait 3m"])
    let alert = session.do("alerts").json["alerts"]?.elements.first { $0["metric"]?.string == "lag" }
    #expect(alert?["value"] == .null)
    #expect(session.do("alerts").text.contains("server-2.mysql reaches no primary: its lag is unknown"))
  }

  @Test func `users may notice a failure before the operators`() {
    var session = Tutor.design("textbook")
    session.do("add monitor interval 10s; set lb-1 redispatch off; break server-1 crash")
    let reply = session.do("send 30 static rate 1/s")
    let failure = reply.number("first_failure_ms") ?? .infinity
    let alert = reply.number("first_alert_ms") ?? 0
    #expect(failure < alert)
    #expect(session.do("alerts").json["first_failure_ms"] == reply.json["first_failure_ms"])
    #expect(session.do("alerts").text.contains("later"))
  }

  @Test func `an alert on load comes before requests fail, and not on a normal day`() {
    var session = Tutor.design("textbook")
    session.do("add monitor interval 1s alert utilisation > 70")
    session.do("send 36000 read rate 100/s")
    #expect(MonitoringTests.alerts(&session) == [])
    let reply = session.do("send 40000 read rate 1300/s")
    let firstAlert = session.do("alerts").json["alerts"]?.elements.first
    #expect(firstAlert?["metric"] == .string("utilisation"))
    let failure = reply.number("first_failure_ms") ?? .infinity
    #expect((reply.number("first_alert_ms") ?? .infinity) < failure)
  }

  @Test func `a certificate, a disk and a lagging replica are reported`() {
    var session = Tutor.design("secured")
    session.do("set lb-1 validity 14d; wait 1m")
    #expect(MonitoringTests.alerts(&session) == ["20 lb-1.haproxy certificate"])
    session.do("break server-1.mysql disk-full; wait 20s")
    #expect(MonitoringTests.alerts(&session).contains { $0.hasSuffix("server-1.mysql disk") })
    session.do("repair server-1.mysql; break server-1--server-2; wait 2m")
    #expect(MonitoringTests.alerts(&session).contains { $0.hasSuffix("server-2.mysql lag") })
  }

  @Test func `an agent behind a firewall that blocks the operators cannot be polled`() {
    var session = Tutor.design("textbook")
    session.do("add firewall; add monitor server-1 pull; wait 1m")
    #expect(MonitoringTests.alerts(&session) == ["21 server-1 silent"])
    session.do("add firewall server-1")
    #expect(session.do("attack scan server-1").json["open"] == .array([]))
  }

  @Test func `requests per second of a component, before and after its neighbour fails`() {
    var session = Tutor.design("textbook")
    func qps() -> Int64? { session.loadedSite.simulation.qps(of: Address("server-1", .nginx)) }
    session.do("send 1000 static rate 100/s")
    #expect(qps() == 50_000)
    session.do("break server-2; wait 1m; send 1000 static rate 100/s")
    #expect(qps() == 100_000)
  }

  @Test func `an hour of normal traffic causes no alert on any design`() {
    for design in designs {
      var session = Tutor.design(design.name)
      session.do("add monitor; send 3600 mix rate 1/s")
      #expect(MonitoringTests.alerts(&session) == [], "\(design.name)")
    }
  }

  @Test func `an agent does not delay requests`() {
    var watched = Tutor.design("textbook")
    watched.do("add monitor")
    var alone = Tutor.design("textbook")
    let line = "send 500 mix rate 50/s"
    #expect(watched.do(line).json["requests"] == alone.do(line).json["requests"])
  }
}
