import Blueprint
import Simulator
import Testing

@testable import Shell

/// Random faults. Whatever fails, the counts stay consistent.
@Suite struct ChaosTests {
  private static let names = designs.map(\.name)

  // MARK: The command `chaos`

  @Test(arguments: names) func `the same seed gives the same faults`(_ design: String) {
    var first = Tutor.design(design)
    var second = Tutor.design(design)
    #expect(first.do("chaos 5m seed 7").json == second.do("chaos 5m seed 7").json)
    #expect(first.do("send 100 mix rate 20/s").json == second.do("send 100 mix rate 20/s").json)
  }

  @Test func `another seed gives other faults`() {
    let chaosEvents = (1...5).map { seed in
      var session = Tutor.design("textbook")
      return session.do("chaos 5m seed \(seed)").events
    }
    #expect(Set(chaosEvents).count == 5)
    #expect(chaosEvents.allSatisfy { !$0.isEmpty })
  }

  @Test(arguments: ["1s", "29s", "1m", "10m", "1h"]) func `chaos lasts for the given time`(_ length: String) {
    var session = Tutor.design("textbook")
    let start = session.loadedSite.simulation.time
    session.do("chaos \(length) seed 3")
    var other = Tutor.design("textbook")
    other.do("wait \(length)")
    #expect(session.loadedSite.simulation.time - start == other.loadedSite.simulation.time - start)
  }

  @Test(arguments: names) func `chaos repairs its faults, and a minute later requests of all kinds succeed`(
    _ design: String
  ) {
    for seed in 1...8 {
      var session = Tutor.design(design)
      session.do("chaos 10m seed \(seed)")
      #expect(session.loadedSite.simulation.faults == [], "seed \(seed)")
      session.do("wait 1m")
      for kind in ["static", "read", "write"] {
        #expect(session.do("send 6 \(kind)").counts("statuses") == ["200": 6], "seed \(seed), \(kind)")
      }
    }
  }

  // MARK: Traffic during faults

  /// Sends reads and writes for two minutes, with faults and repairs at random moments.
  private static func sendDuringFaults(_ design: String, _ seed: Int, _ commands: [String] = []) -> (
    Tutor, Reply
  ) {
    var session = Tutor.design(design, commands)
    var dice = Dice(UInt64(seed))
    let hosts = session.loadedSite.simulation.topology.hosts
    for _ in 0..<6 {
      let host = dice.pick(hosts)
      let targetName = dice.chance(40) ? host.name : "\(host.name).\(dice.pick(host.parts).rawValue)"
      let target =
        targetName.contains(".")
        ? Address(host.name, ComponentKind(rawValue: String(targetName.dropFirst(host.name.count + 1))))
        : Address(host.name)
      let fault = dice.pick(
        (try? session.loadedSite.simulation.topology.faults(of: .component(target))) ?? []
      ).text
      session.do("at \(dice.roll(100_000))ms break \(targetName) \(fault)")
      session.do("at \(dice.roll(120_000))ms repair \(targetName)")
    }
    let reply = session.do("send 1200 mix read=60 write=40 rate 10/s")
    return (session, reply)
  }

  private static func repairAll(_ session: inout Tutor) {
    for target in session.loadedSite.simulation.faults.map(\.target.text)
    where session.loadedSite.simulation.faults.contains(where: { $0.target.text == target }) {
      session.do("repair \(target)")
    }
    session.do("wait 2m")
  }

  private static func writes(_ session: Tutor) -> (acknowledged: Int, sent: Int) {
    let writes = session.loadedSite.simulation.log.filter { $0.kind == .write }
    return (writes.count { $0.end == .status(200) }, writes.count)
  }

  @Test(arguments: names) func `every request is answered or fails, and no acknowledged write is lost`(
    _ design: String
  ) {
    for seed in 1...12 {
      var (session, reply) = ChaosTests.sendDuringFaults(design, seed)
      let statuses = reply.counts("statuses")
      #expect(reply.number("sent") == 1_200)
      #expect(reply.number("answered") == Double(statuses["200"] ?? 0))
      #expect(reply.number("failed") == Double(statuses.filter { $0.key != "200" }.values.reduce(0, +)))
      #expect((reply.number("answered") ?? 0) + (reply.number("failed") ?? 0) == 1_200)
      ChaosTests.repairAll(&session)
      #expect(session.loadedSite.simulation.faults == [], "seed \(seed)")
      let (acknowledged, sent) = ChaosTests.writes(session)
      let nodes = session.loadedSite.simulation.databaseReports
      #expect((acknowledged...sent).contains(nodes[0].position), "seed \(seed)")
      // All replicas have caught up.
      #expect(
        nodes.allSatisfy { $0.position == nodes[0].position && $0.received == $0.position }, "seed \(seed)")
      for kind in ["static", "read", "write"] {
        #expect(session.do("send 6 \(kind)").counts("statuses") == ["200": 6], "seed \(seed), \(kind)")
      }
    }
  }

  /// Checks that no balancer or server counts a request when none is in flight.
  @Test(arguments: names) func `after chaos nothing is left in flight`(_ design: String) {
    for seed in 20...25 {
      var (session, _) = ChaosTests.sendDuringFaults(design, seed)
      ChaosTests.repairAll(&session)
      #expect(session.loadedSite.simulation.serverReports.allSatisfy { $0.inFlight == 0 }, "seed \(seed)")
      // A health check can be in flight at any time, but not for long.
      let busyComponents = ChaosTests.busyComponents(session)
      session.do("wait 100ms")
      #expect(busyComponents.isDisjoint(with: ChaosTests.busyComponents(session)), "seed \(seed)")
    }
  }

  private static func busyComponents(_ session: Tutor) -> Set<String> {
    Set(session.loadedSite.simulation.statistics.filter { $0.inService + $0.waiting > 0 }.map(\.address.text))
  }

  @Test func `with automatic failover, only the writes that the promotion reports are lost`() {
    var promotions = 0
    for seed in 1...20 {
      var (session, reply) = ChaosTests.sendDuringFaults(
        "textbook", seed, ["set database failover auto", "set database lag 200ms"])
      let before = session.loadedSite.simulation.databaseReports.count { $0.role == .primary }
      ChaosTests.repairAll(&session)
      // If there were two primaries, they have different writes.
      guard before == 1,
        session.loadedSite.simulation.databaseReports.count(where: { $0.role == .primary }) == 1
      else { continue }
      let lostWrites = ChaosTests.lostWrites(reply.events)
      promotions += lostWrites == nil ? 0 : 1
      let (acknowledged, sent) = ChaosTests.writes(session)
      let primary =
        session.loadedSite.simulation.databaseReports.first { $0.role == .primary }?.position ?? -1
      #expect((acknowledged - (lostWrites ?? 0)...sent).contains(primary), "seed \(seed): \(reply.events)")
    }
    #expect(promotions > 0)
  }

  /// Returns the number of writes lost by promotions, or nil if there was no promotion.
  private static func lostWrites(_ events: [String]) -> Int? {
    let promotions = events.filter { $0.contains("is the primary now") }
    guard !promotions.isEmpty else { return nil }
    return promotions.reduce(0) { sum, words in
      sum + (words.split(separator: "; ").last?.split(separator: " ").first.flatMap { Int($0) } ?? 0)
    }
  }

  // MARK: The command `at`

  @Test func `a scheduled command runs in the middle of a send`() {
    var session = Tutor.pairOfServers([
      "at 1s break server-1.app", "at 3s repair server-1.app", "at 4s set server-2 state maint",
      "at 5s algorithm leastconn",
    ])
    let reply = session.do("send 60 read rate 10/s")
    #expect(reply.events == ["server-1.app crashed: it refuses connections", "server-1.app runs again"])
    #expect(reply.counts("statuses") == ["200": 50, "502": 10])
    #expect(reply.counts("by_server") == ["server-1": 40, "server-2": 20])
    let servers = reply.json["requests"]?.elements.map { $0["server"]?.string ?? "-" } ?? []
    #expect(servers[40...] == Array(repeating: "server-1", count: 20)[...])
    #expect(session.loadedSite.simulation.topology.algorithm == .leastconn)
  }

  @Test func `a scheduled command runs whenever time passes`() {
    for command in ["wait 2s", "send 30 static rate 10/s", "chaos 2s seed 1", "release a"] {
      var session = Tutor.pairOfServers([
        "set lb-1 timeout-server 5s", "hold a", "break server-1.app hang", "at 1s set server-2 weight 7",
      ])
      session.do(command)
      #expect(
        session.loadedSite.simulation.topology.host(named: "server-2")?.serverSettings.weight == 7,
        "\(command)")
    }
  }

  @Test func `commands for the same moment run in the order in which they were given`() {
    var session = Tutor.pairOfServers([
      "at 1s break server-1.app", "at 1s repair server-1.app", "at 500ms break server-2",
    ])
    #expect(
      session.do("wait 1s").events == [
        "server-2 has lost power", "server-1.app crashed: it refuses connections", "server-1.app runs again",
      ])
  }

  @Test func `a scheduled command that fails is reported`() {
    var session = Tutor.pairOfServers(["at 1s break server-2.app", "remove server-2"])
    #expect(
      session.do("wait 2s").events == ["break server-2.app was refused: there is no “server-2” on this site"]
    )
    var twice = Tutor.pairOfServers([
      "at 1s break server-2", "at 2s break server-2", "at 3s promote server-2",
    ])
    #expect(
      twice.do("wait 5s").events == [
        "server-2 has lost power", "break server-2 was refused: server-2 already has the fault power",
        "promote server-2 was refused: server-2.mysql is not running",
      ])
  }

  @Test(arguments: ["send 1", "wait 1s", "hold a", "chaos 1m", "at 1s break server-1", "show", "undo", "new"])
  func `a command that takes time or only shows something cannot be scheduled`(_ command: String) {
    var session = Tutor.pairOfServers()
    #expect(session.obey("at 1s \(command)").failure?.code == "not-for-later")
  }

  @Test func `a wrong scheduled command is refused at once`() {
    var session = Tutor.pairOfServers()
    #expect(session.obey("at 1s break server-9").failure?.code == "unknown-component")
  }

  @Test func `a promotion in the middle of a send`() {
    var session = Tutor.pairOfServers([
      "set database lag 1s", "at 2s break server-1.mysql", "at 3s promote server-2",
    ])
    let reply = session.do("send 50 write rate 10/s")
    #expect(
      reply.events == [
        "server-1.mysql crashed: it refuses connections",
        "server-2.mysql is the primary now; 10 acknowledged writes were lost",
      ])
    #expect(reply.counts("statuses") == ["200": 40, "500": 10])
    #expect(session.nodes == ["server-1.mysql diverged 20/20", "server-2.mysql primary 30/30"])
  }
}
