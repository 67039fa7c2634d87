import Blueprint

@testable import Shell

/// Generates lines from the parameters of the commands, with valid and invalid words.
struct RandomGrammar {
  private var dice: Dice

  init(seed: UInt64) { dice = Dice(seed) }

  mutating func line(on topology: Topology) -> String {
    let command = dice.pick(Command.all)
    var words = [dice.chance(90) ? command.name : String(command.name.prefix(1 + dice.roll(5)))]
    words += command.parameters.flatMap { self.words(for: $0, topology) }
    if dice.chance(10) { words.insert(invalidWord(), at: dice.roll(words.count + 1)) }
    if dice.chance(10) { words.remove(at: dice.roll(words.count)) }
    if dice.chance(5) { words.shuffle(using: &dice) }
    return words.joined(separator: dice.chance(95) ? " " : "  ")
  }

  private mutating func words(for parameter: Parameter, _ topology: Topology) -> [String] {
    switch parameter {
    case .word(let word): [dice.chance(95) ? word : String(word.prefix(2))]
    case .value(_, let kind): [dice.chance(90) ? value(kind, topology) : invalidWord()]
    case .optional(let inner): dice.chance(60) ? inner.flatMap { words(for: $0, topology) } : []
    case .oneOf(let alternatives): dice.pick(alternatives).flatMap { words(for: $0, topology) }
    case .anyOrder(let options):
      options.shuffled(using: &dice).filter { _ in dice.chance(35) }.flatMap {
        $0.flatMap { words(for: $0, topology) }
      }
    case .many(let inner): (0...dice.roll(3)).flatMap { _ in words(for: inner, topology) }
    case .text(_, .fact):
      [dice.pick(["primary == primary", "answers(read)", "balancers.count > 0", "hosts"])]
    case .rest, .commands, .text:
      [line(on: topology), dice.pick(["", ";", "; show"]), dice.chance(30) ? line(on: topology) : ""]
    }
  }

  private mutating func value(_ kind: Parameter.ValueKind, _ topology: Topology) -> String {
    switch kind {
    case .number(let range):
      "\(dice.pick([range.lowerBound, range.lowerBound + dice.roll(20), range.upperBound, range.upperBound &+ 1]))"
    case .span(let range):
      dice.pick([range.lowerBound.command, "3ms", "2s", "1m30s", range.upperBound.command])
    case .rate: dice.pick(["1/s", "1000/s", "0.000001/s", "1000000/s", "5k/min", "9"])
    case .requestKind: dice.pick(["static", "read", "write", "st"])
    case .share: dice.pick(["read=100", "static=50", "write=50", "read=", "=5"])
    case .addresses: dice.pick(["10.0.0.1", "10.0.0.1,10.0.0.2", "255.255.255.255", "10.0.0.1, 10.0.0.3"])
    case .paths: dice.pick(["/", "/a,/b", "/x?y=1", "/\(String(repeating: "a", count: dice.roll(50)))"])
    case .newName, .heldRequestName: dice.pick(["a", "b", "web-1", "x_y", "Z", "s1", "from", "a--b"])
    case .component, .databaseNode, .server, .broken, .shown: component(topology)
    case .target: dice.chance(25) ? dice.pick(["site", "database"]) : component(topology)
    case .setting: dice.pick(Setting.Name.allCases).rawValue
    case .parts: dice.pick(["nginx", "app,files", "mysql,mysql", "haproxy", "nginx,app,files,mysql"])
    case .design: dice.pick(["one", "two", "three"])
    case .file: dice.pick(["a.tripod", "b.tripod", "/x", "\"a b\""])
    case .choice(let choices): dice.pick(choices)
    case .host: dice.pick(topology.hosts).name
    case .vantage: dice.chance(50) ? "internet" : dice.pick(topology.hosts).name
    case .ports: dice.pick(["80", "80,443", "3306", "vrrp", "0", "65536"])
    case .source:
      dice.pick(["internet", "balancers", "operator", "10.0.0.0/8", "1.2.3.4", component(topology)])
    case .decimal: dice.pick(["90", "0.5", "1000000000", "-1"])
    case .faultTarget: dice.chance(30) ? "internet--\(dice.pick(topology.hosts).name)" : component(topology)
    default:
      dice.pick([
        "1", "2s", "on", "off", "none", "50%", "servers", "last", "http", "local", "\"x y\"",
        component(topology),
      ])
    }
  }

  private mutating func component(_ topology: Topology) -> String {
    let host = dice.pick(topology.hosts)
    return dice.chance(50) ? host.name : "\(host.name).\(dice.pick(ComponentKind.allCases).rawValue)"
  }

  private mutating func invalidWord() -> String {
    dice.pick([
      "", "-1", "99999999999999999999999", "1e9", "\"", "\"\"", "é", "e\u{301}\u{301}\u{301}", "\u{202E}",
      "👩‍👩‍👧", "=", ",", ",,", ".", "..",
      "a.b.c", "--", "-", "#", ";", "0", "%", "100%%", "∞", "nil", String(repeating: "x", count: 300),
      "10.0.0.1.", "/",
      "\u{1B}[31m", "\u{0}", "\u{FFFD}", "\\", "'", "*",
    ])
  }
}

extension Dice: RandomNumberGenerator {
  mutating func next() -> UInt64 {
    UInt64(roll(1 << 31)) << 33 ^ UInt64(roll(1 << 31)) << 8 ^ UInt64(roll(256))
  }
}
