import Blueprint
import Inspector
import Simulator
import Testing

@testable import Shell

/// Compares two sites that differ in a fault that is invisible from outside. In the fog, no command shows a
/// difference between them.
@Suite struct FogComparisonTests {
  /// The outcomes for users and the alerts, taken from the simulation itself.
  private struct VisibleState: Equatable {
    let requests: [String]
    let alerts: [Alert]
    let time: Span

    init(_ session: Tutor) {
      let site = session.loadedSite.simulation
      requests = site.log.map { record in
        let end = record.end.map { "\($0)" } ?? "open"
        return "\(record.number) \(record.kind) \(record.startedAt) \(end) \(record.endedAt?.clock ?? "")"
          + (record.isStale ? " stale" : "")
      }
      alerts = site.alerts
      time = site.time
    }
  }

  private static let setupCommands = [
    "", "", "set database failover auto", "set database fallback off", "set lb-1 check tcp", "add monitor",
    "add monitor pull interval 5s", "set lb-1 redispatch on", "set site service exponential",
  ]

  /// Returns a site without a fault and the same site with a fault, or nil if the fault is visible at once.
  private static func sitePair(_ dice: inout Dice) -> (TypedSession, TypedSession)? {
    let files = Files(RandomFogUser.files)
    var healthy = TypedSession(designs: designs, lessons: lessons, files: files)
    healthy.do("load \(dice.pick(designs).name)")
    _ = healthy.obey(dice.pick(setupCommands))
    var faulty = healthy
    let topology = healthy.loadedSite.simulation.topology
    let host = dice.pick(topology.hosts)
    let target =
      dice.chance(30) ? Address(host.name) : Address(host.name, dice.pick(host.parts + host.protections))
    let fault = dice.pick((try? topology.faults(of: .component(target))) ?? [])
    faulty.do("break \(target.text) \(fault.text)")
    for command in ["wait 1m", "fog on"] {
      healthy.do(command)
      faulty.do(command)
    }
    return VisibleState(healthy.session) == VisibleState(faulty.session) ? (healthy, faulty) : nil
  }

  /// The number of compared steps of a pair, and the commands that were typed.
  private struct ComparisonResult {
    var steps = 0
    var verbs: Set<String> = []
  }

  private static let endingCommands = ["new", "load", "learn", "lesson", "leave", "resume"]

  private static func compareSites(_ seed: UInt64) -> ComparisonResult {
    var dice = Dice(seed)
    var result = ComparisonResult()
    guard var (healthy, faulty) = sitePair(&dice) else { return result }
    #expect(healthy.loadedSite != faulty.loadedSite)
    var fogUser = RandomFogUser(seed: seed)
    for _ in 0..<40 {
      let line = fogUser.line(on: healthy.session)
      let before = (healthy, faulty)
      let replies = (healthy.obey(line), faulty.obey(line))
      // From here on, users could see the difference.
      guard VisibleState(healthy.session) == VisibleState(faulty.session) else { break }
      let position = "seed \(seed), step \(result.steps): \(line)"
      #expect(replies.0.lines == replies.1.lines, "\(position)")
      #expect(replies.0.json.text == replies.1.json.text, "\(position)")
      #expect(replies.0.failure == replies.1.failure, "\(position)")
      #expect(replies.0.effect == replies.1.effect, "\(position)")
      // The command lifts the fog, so the sites may differ now.
      if endingCommands.contains(replies.0.verb) || !healthy.isFoggy { (healthy, faulty) = before }
      #expect(healthy.promptLine == faulty.promptLine, "\(position)")
      for beginning in fogUser.lineBeginnings(on: healthy.loadedSite.simulation.topology) {
        #expect(
          healthy.completion(of: beginning) == faulty.completion(of: beginning), "\(position): \(beginning)")
      }
      result.verbs.insert(replies.0.verb)
      result.steps += 1
    }
    return result
  }

  @Test(arguments: 0..<6) func `in the fog, no command shows a difference that users cannot see`(_ group: Int)
  {
    let results = (1...16).map { FogComparisonTests.compareSites(UInt64(100 * group + $0)) }
    // The test proves something only if enough pairs are compared for long enough.
    #expect(results.count { $0.steps > 20 } >= 2)
  }

  @Test func `each command of the table is typed`() {
    #expect(Set(RandomFogUser.lines.keys) == Set(Command.all.map(\.name)))
  }

  /// Faults in a standby are invisible from outside.
  @Test(arguments: RandomFogUser.lines.keys.sorted())
  func `no form of a command reveals a failed standby`(_ name: String) {
    let files = Files(RandomFogUser.files)
    var healthy = TypedSession(designs: designs, lessons: lessons, files: files)
    healthy.do("load weighted-standby; set lb-1 check off; set database fallback off")
    for fault in [
      "server-2 power", "server-2.nginx hang", "server-2.app bad-release", "server-2.mysql crash",
    ] {
      var faulty = healthy
      faulty.do("break \(fault)")
      var pair = (healthy, faulty)
      pair.0.do("send 2; fog on; send 3; hold h1")
      pair.1.do("send 2; fog on; send 3; hold h1")
      var fogUser = RandomFogUser(seed: 5)
      for _ in 0..<2 {
        for line in RandomFogUser.lines[name] ?? [] {
          let line = fogUser.fillPlaceholders(line, healthy.loadedSite.simulation.topology)
          var (one, other) = pair
          let replies = (one.obey(line), other.obey(line))
          guard VisibleState(one.session) == VisibleState(other.session) else { continue }
          #expect(replies.0 == replies.1, "\(fault): \(line)")
        }
      }
    }
  }
}
