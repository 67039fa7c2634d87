import Blueprint
import Inspector
import Simulator
import Testing

@testable import Shell

/// Compares two sites that differ in a fault that is invisible from outside. In the fog, no command shows a
/// difference between them.
@Suite struct FogComparisonTests {
  /// The outcomes for users and the alerts, taken from the simulation itself.
  private struct Seen: Equatable {
    let requests: [String]
    let alerts: [Alert]
    let time: Span

    init(_ session: Tutor) {
      let site = session.scene.simulation
      requests = site.log.map { record in
        let end = record.end.map { "\($0)" } ?? "open"
        return "\(record.number) \(record.kind) \(record.startedAt) \(end) \(record.endedAt?.clock ?? "")"
          + (record.isStale ? " stale" : "")
      }
      alerts = site.alerts
      time = site.time
    }
  }

  private static let preludes = [
    "", "", "set database failover auto", "set database fallback off", "set lb-1 check tcp", "add monitor",
    "add monitor pull interval 5s", "set lb-1 redispatch on", "set site service exponential",
  ]

  /// Returns a site without a fault and the same site with a fault, or nil if the fault is visible at once.
  private static func worlds(_ dice: inout Dice) -> (TypedSession, TypedSession)? {
    let files = Files(RandomFogUser.files)
    var sound = TypedSession(designs: designs, lessons: lessons, files: files)
    sound.do("load \(dice.pick(designs).name)")
    _ = sound.obey(dice.pick(preludes))
    var broken = sound
    let topology = sound.scene.simulation.topology
    let host = dice.pick(topology.hosts)
    let target =
      dice.chance(30) ? Address(host.name) : Address(host.name, dice.pick(host.parts + host.protections))
    let fault = dice.pick((try? topology.faults(of: .part(target))) ?? [])
    broken.do("break \(target.text) \(fault.text)")
    for command in ["wait 1m", "fog on"] {
      sound.do(command)
      broken.do(command)
    }
    return Seen(sound.session) == Seen(broken.session) ? (sound, broken) : nil
  }

  /// The number of compared steps of a pair, and the commands that were typed.
  private struct Walk {
    var steps = 0
    var verbs: Set<String> = []
  }

  private static let ending = ["new", "load", "lesson", "resume"]

  private static func walk(_ seed: UInt64) -> Walk {
    var dice = Dice(seed)
    var walk = Walk()
    guard var (sound, broken) = worlds(&dice) else { return walk }
    #expect(sound.scene != broken.scene)
    var walker = RandomFogUser(seed: seed)
    for _ in 0..<40 {
      let line = walker.line(on: sound.session)
      let before = (sound, broken)
      let replies = (sound.obey(line), broken.obey(line))
      // From here on, users could see the difference.
      guard Seen(sound.session) == Seen(broken.session) else { break }
      let place = "seed \(seed), step \(walk.steps): \(line)"
      #expect(replies.0.lines == replies.1.lines, "\(place)")
      #expect(replies.0.json.text == replies.1.json.text, "\(place)")
      #expect(replies.0.failure == replies.1.failure, "\(place)")
      #expect(replies.0.effect == replies.1.effect, "\(place)")
      // The command lifts the fog, so the sites may differ now.
      if ending.contains(replies.0.verb) || !sound.isFoggy { (sound, broken) = before }
      #expect(sound.promptLine == broken.promptLine, "\(place)")
      for beginning in walker.beginnings(on: sound.scene.simulation.topology) {
        #expect(
          sound.completion(of: beginning) == broken.completion(of: beginning), "\(place): \(beginning)")
      }
      walk.verbs.insert(replies.0.verb)
      walk.steps += 1
    }
    return walk
  }

  @Test(arguments: 0..<6) func `in the fog, no command shows a difference that users cannot see`(_ group: Int)
  {
    let walks = (1...16).map { FogComparisonTests.walk(UInt64(100 * group + $0)) }
    // The test proves something only if enough pairs are compared for long enough.
    #expect(walks.count { $0.steps > 20 } >= 2)
  }

  @Test func `each command of the table is typed`() {
    #expect(Set(RandomFogUser.lines.keys) == Set(Command.all.map(\.name)))
  }

  /// Faults in a standby are invisible from outside.
  @Test(arguments: RandomFogUser.lines.keys.sorted())
  func `no form of a command reveals a failed standby`(_ name: String) {
    let files = Files(RandomFogUser.files)
    var sound = TypedSession(designs: designs, lessons: lessons, files: files)
    sound.do("load weighted-standby; set lb-1 check off; set database fallback off")
    for fault in [
      "server-2 power", "server-2.nginx hang", "server-2.app bad-release", "server-2.mysql crash",
    ] {
      var broken = sound
      broken.do("break \(fault)")
      var pair = (sound, broken)
      pair.0.do("send 2; fog on; send 3; hold h1")
      pair.1.do("send 2; fog on; send 3; hold h1")
      var walker = RandomFogUser(seed: 5)
      for _ in 0..<2 {
        for line in RandomFogUser.lines[name] ?? [] {
          let line = walker.filled(line, sound.scene.simulation.topology)
          var (one, other) = pair
          let replies = (one.obey(line), other.obey(line))
          guard Seen(one.session) == Seen(other.session) else { continue }
          #expect(replies.0 == replies.1, "\(fault): \(line)")
        }
      }
    }
  }
}
