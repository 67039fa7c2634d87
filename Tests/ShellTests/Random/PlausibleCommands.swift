import Blueprint

@testable import Shell

/// Random commands that a user might type. Most of them are possible.
struct PlausibleCommands {
  private var dice: Dice
  private var nameCount = 0
  private var holdCount = 0

  init(seed: UInt64) { dice = Dice(seed) }

  /// Returns any command except undo and redo.
  mutating func command(on session: Tutor) -> String {
    switch dice.roll(100) {
    case ..<30: buildCommand(on: session)
    case ..<60: sendCommand()
    case ..<75: holdCommand(session)
    case ..<85: faultCommand(session)
    default: waitCommand(session)
    }
  }

  // MARK: Building

  /// Returns a command that adds something or changes a setting.
  mutating func buildCommand(on session: Tutor) -> String {
    let topology = session.loadedSite.simulation.topology
    switch dice.roll(100) {
    case ..<25: return addCommand()
    case ..<33: return "remove \(target(of: topology))"
    case ..<40:
      return "algorithm \(dice.pick(Algorithm.allCases).rawValue)\(dice.chance(30) ? " consistent" : "")"
    case ..<45: return "mode \(dice.pick(Sharing.allCases).rawValue) \(dice.pick(["servers", "balancers"]))"
    default: return setCommand(topology)
    }
  }

  private mutating func addCommand() -> String {
    nameCount += 1
    let name = dice.chance(70) ? " \(dice.pick(["web", "a", "node_", "h-"]))\(nameCount)" : ""
    switch dice.roll(10) {
    case 0: return "add balancer\(name)"
    case 2, 3: return protectionCommand()
    case 1: return "add replica\(name)"
    default:
      var line = "add server\(name)"
      if dice.chance(40) { line += " weight \(dice.pick([0, 1, 2, 7, 256]))" }
      if dice.chance(15) { line += " backup" }
      if dice.chance(20) { line += " maxconn \(1 + dice.roll(3))" }
      if dice.chance(10) { line += " disabled" }
      if dice.chance(40) {
        line +=
          " with \(dice.pick(["nginx", "nginx,files", "app,files", "mysql", "nginx,app", "files,mysql,nginx"]))"
      }
      return line
    }
  }

  private mutating func protectionCommand() -> String {
    let rules = [
      "", " allow 80 from internet", " allow 22 from internet", " allow 80,443 from balancers",
      " allow 3306 from applications deny 10.0.0.0/28", " deny 198.51.100.7", " deny databases",
    ]
    let monitors = ["", " pull", " push interval 1s", " interval 3s alert queue > 2 alert availability < 90"]
    switch dice.roll(3) {
    case 0: return "add firewall\(dice.pick(["", " lb-1", " s1", " s2"]))\(dice.pick(rules))"
    case 1: return "add tls\(dice.pick(["", " to-servers", " through"]))"
    default: return "add monitor\(dice.pick(["", " lb-1", " s2"]))\(dice.pick(monitors))"
    }
  }

  private mutating func setCommand(_ topology: Topology) -> String {
    let target = dice.chance(15) ? dice.pick(["site", "database"]) : target(of: topology)
    let address = target.split(separator: ".").map(String.init)
    let at: Target =
      target == "site"
      ? .site
      : target == "database"
        ? .database : .at(Address(address[0], address.count > 1 ? ComponentKind(rawValue: address[1]) : nil))
    let settings = topology.settings(at: at)
    guard !settings.isEmpty, !dice.chance(5) else {
      return "set \(target) \(dice.pick(Setting.all).name.rawValue) 1"
    }
    let setting = dice.pick(settings)
    return "set \(target) \(setting.name.rawValue) \(value(setting.values))"
  }

  private mutating func value(_ values: Setting.Values) -> String {
    switch values {
    case .number(let range):
      "\(dice.pick([range.lowerBound, min(range.upperBound, range.lowerBound + dice.roll(9))]))"
    case .weight: dice.pick(["0", "1", "2", "5", "256", "0%", "50%", "100%", "300%"])
    case .limit: dice.pick(["1", "2", "none"])
    case .span(let range):
      dice.chance(10) ? range.lowerBound.command : dice.pick(["1ms", "20ms", "500ms", "3s"])
    case .optionalSpan: dice.pick(["none", "1ms", "20ms", "3s"])
    case .flag: dice.pick(["on", "off"])
    case .words(let words): dice.pick(words).text
    }
  }

  private mutating func target(of topology: Topology) -> String {
    let host = dice.pick(topology.hosts)
    let parts = host.parts + host.protections
    guard dice.chance(50), !parts.isEmpty else { return host.name }
    return "\(host.name).\(dice.pick(parts).rawValue)"
  }

  // MARK: Sending requests and breaking targets

  private mutating func sendCommand() -> String {
    var line = "send \(dice.roll(30))"
    line += dice.pick(["", " static", " read", " write", " mix", " mix read=50 write=50"])
    if dice.chance(40) { line += " rate \(dice.pick(["1/s", "100/s", "5000/s", "3/min"]))" }
    if dice.chance(20) { line += " from 10.0.0.\(dice.roll(9)),10.0.1.\(dice.roll(9))" }
    if dice.chance(20) { line += " to /\(dice.roll(9)),/x?\(dice.roll(9))" }
    return line
  }

  private mutating func holdCommand(_ session: Tutor) -> String {
    let heldNames = session.loadedSite.simulation.log.compactMap { $0.end == nil ? $0.name : nil }
    if !heldNames.isEmpty, dice.chance(50) { return "release \(dice.pick(heldNames))" }
    holdCount += 1
    return
      "hold h\(holdCount)\(dice.chance(50) ? " g\(holdCount)" : "")\(dice.pick(["", " static", " write"]))"
  }

  private mutating func faultCommand(_ session: Tutor) -> String {
    let target = target(of: session.loadedSite.simulation.topology)
    if dice.chance(40) { return "repair \(target)" }
    return
      "break \(target)\(dice.pick(["", " crash", " hang", " slow", " slow 3s", " power", " cut", " bad-release", " disk-full"]))"
  }

  private mutating func waitCommand(_ session: Tutor) -> String {
    let target = target(of: session.loadedSite.simulation.topology)
    switch dice.roll(10) {
    case 0: return "promote \(target)\(dice.pick(["", " now"]))"
    case 1: return "wait until \(target) \(dice.pick(["up", "down"]))"
    case 2: return "reset"
    case 3: return "whatif \(sendCommand()); break \(target); \(sendCommand())"
    case 4: return "trace \(dice.pick(["static", "read", "write"]))"
    default: return "wait \(dice.pick(["0", "1ms", "300ms", "2s", "20s", "1m"]))"
    }
  }
}
