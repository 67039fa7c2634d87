import Blueprint
import Testing

@testable import Shell
@testable import Simulator

/// The express of a simulation shows in the time that it takes alone.
@Suite struct ExpressTests {
  @Test(arguments: 1...12) func `a site says the same with the express and without`(_ seed: UInt64) {
    var loads = Loads(seed: seed)
    var session = Tutor(designs: [])
    for line in loads.site() { _ = session.obey(line) }
    var other = session
    other.scene.simulation.mayTakeExpress = false
    for line in loads.day() {
      let (reply, expected) = (session.obey(line), other.obey(line))
      #expect(reply.text == expected.text, "\(line)")
      #expect(reply.json.text == expected.json.text, "\(line)")
      #expect(session.scene.simulation.workDone == other.scene.simulation.workDone, "\(line)")
    }
  }
}

/// Sites that are well, or nearly so, and what they have to do, from a seed.
private struct Loads {
  private var dice: Dice
  private var plausible: Plausible
  private let servers: Int

  init(seed: UInt64) {
    dice = Dice(seed)
    plausible = Plausible(seed: seed)
    servers = 1 + dice.roll(4)
  }

  // MARK: The site

  mutating func site() -> [String] {
    var lines = ["new", "set site seed \(dice.roll(1_000))"]
    let isApart = dice.chance(50)
    for i in 1...servers {
      let parts = isApart ? " with nginx,app,files" : ""
      lines.append("add server s\(i) weight \(1 + dice.roll(4))\(parts)")
    }
    if isApart { lines += ["add server d1 with mysql", "add server d2 with mysql"] }
    lines += dice.chance(90) ? ["set lb-1 cost 0"] : []
    for i in 1...servers { lines += server("s\(i)") }
    for host in isApart ? ["d1", "d2"] : (1...servers).map({ "s\($0)" }) {
      lines += database("\(host).mysql")
    }
    if dice.chance(80) { lines.append("set site service exponential") }
    if dice.chance(30) { lines.append("set site patience \(dice.pick(["15ms", "60ms", "400ms", "2s"]))") }
    if dice.chance(60) {
      lines.append("set database reads \(dice.pick(["local", "primary", "replica", "any"]))")
    }
    if dice.chance(50) { lines.append("algorithm \(dice.pick(Algorithm.allCases).rawValue)") }
    if dice.chance(40) { lines += checks() }
    return lines
  }

  private mutating func server(_ name: String) -> [String] {
    var lines: [String] = []
    if dice.chance(97) { lines.append("set \(name).nginx cost 0") }
    lines.append("set \(name).app cost \(dice.pick(["0", "1us", "300us", "2ms", "5ms"]))")
    lines.append("set \(name).app workers \(1 + dice.roll(6))")
    if dice.chance(50) { lines.append("set \(name).app blocking off") }
    if dice.chance(10) { lines.append("set \(name).app queue \(dice.roll(20))") }
    if dice.chance(5) { lines.append("set \(name) maxconn \(2 + dice.roll(9))") }
    return lines
  }

  private mutating func database(_ name: String) -> [String] {
    var lines = ["set \(name) cost \(dice.pick(["1us", "200us", "1ms", "3ms"]))"]
    lines.append("set \(name) workers \(1 + dice.roll(5))")
    if dice.chance(30) { lines.append("set \(name) lag \(dice.pick(["0", "2ms", "1s"]))") }
    return lines
  }

  private mutating func checks() -> [String] {
    [
      "set lb-1 check \(dice.pick(["tcp", "http"]))",
      "set lb-1 check-path \(dice.pick(["nginx", "app", "database"]))",
      "set lb-1 inter \(dice.pick(["20ms", "200ms", "2s"]))",
      "set lb-1 redispatch \(dice.pick(["on", "off"]))",
    ]
  }

  // MARK: The day

  /// Some loads, with what happens in the middle of them.
  mutating func day() -> [String] {
    var lines: [String] = []
    for _ in 1...3 {
      if dice.chance(15) { lines.append(plausible.building(on: Tutor("new", "add server s1"))) }
      if dice.chance(10) { lines.append("hold a") }
      for _ in 0..<dice.roll(4) { lines.append("at \(200 + dice.roll(9_000))ms \(happening())") }
      lines += [sending(), "stats", "show servers", "show database", "log"]
      if dice.chance(50) { lines.append("wait \(dice.pick(["1ms", "300ms", "20s"]))") }
      if dice.chance(20) { lines.append("release a") }
      if dice.chance(20) { lines.append("repair everything") }
    }
    return lines
  }

  private mutating func sending() -> String {
    let mix = dice.pick(["mix", "read", "write", "mix read=90 write=10", "mix static=10 read=60 write=30"])
    var line = "send \(2_000 + dice.roll(4_000)) \(mix) rate \(dice.pick([100, 300, 600, 1_000, 2_000]))/s"
    if dice.chance(20) { line += " from 10.0.0.\(dice.roll(9)),10.0.1.\(dice.roll(9))" }
    if dice.chance(20) { line += " to /\(dice.roll(9)),/x?\(dice.roll(9))" }
    return line
  }

  private mutating func happening() -> String {
    let server = "s\(1 + dice.roll(servers))"
    switch dice.roll(12) {
    case 0: return "break \(server).app \(dice.pick(["crash", "hang", "slow", "slow 30ms", "bad-release"]))"
    case 1: return "break \(server).nginx \(dice.pick(["crash", "hang", "slow"]))"
    case 2: return "break \(server) \(dice.pick(["power", "cut"]))"
    case 3:
      return "break \(dice.pick(["d1", "d2", server])).mysql \(dice.pick(["crash", "disk-full", "slow"]))"
    case 4: return "break lb-1 \(dice.pick(["crash", "hang", "power"]))"
    case 5, 6: return "repair \(dice.pick([server, "\(server).app", "\(server).nginx", "lb-1", "d1", "d2"]))"
    case 7: return "set \(server) \(dice.pick(["state drain", "state ready", "weight 5", "weight 0"]))"
    case 8: return "set \(server).app \(dice.pick(["workers 1", "workers 9", "cost 1ms", "queue 3"]))"
    case 9: return "set site patience \(dice.pick(["40ms", "5s"]))"
    case 10: return "promote \(dice.pick(["d2", server])) now"
    default:
      return "set lb-1 \(dice.pick(["timeout-server 30ms", "timeout-server 9s", "check tcp", "cost 0"]))"
    }
  }
}
