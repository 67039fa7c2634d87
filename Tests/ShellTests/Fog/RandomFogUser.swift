import Blueprint
import Simulator

@testable import Shell

/// A simulated user in the fog who types random commands. Each command is used in all its forms.
struct RandomFogUser {
  private var dice: Dice
  private var holdCount = 0

  init(seed: UInt64) { dice = Dice(seed) }

  /// The forms of each command. `{component}` is replaced by a component, `{host}` by a host, `{link}` by a link,
  /// and `{kind}` by a kind of request.
  static let lines: [String: [String]] = [
    "show": [
      "show", "show topology", "show servers", "show balancer", "show database", "show clock", "show site",
      "show facts", "show legend", "show {part}", "show {host}", "show broken", "show hidden", "show told",
      "show run(send 4 {kind}).by_server", "show state({host})", "show primary", "show start.broken",
    ],
    "describe": ["describe"], "trace": ["trace", "trace {kind}"],
    "why": ["why", "why last", "why last failed", "why 1", "why 3"],
    "stats": ["stats"], "capacity": ["capacity {kind}"], "log": ["log", "log 3"], "audit": ["audit"],
    "alerts": ["alerts", "alerts 1"], "new": ["new", "new lb-9"], "load": ["load textbook", "load nothing"],
    "save": ["save a.tripod"], "export": ["export svg", "export dot", "export timeline a.svg"],
    "add": [
      "add server", "add server backup with nginx,files", "add replica", "add balancer", "add monitor",
      "add monitor {host} pull interval 5s", "add tls", "add firewall {host}",
    ],
    "remove": ["remove {part}", "remove {host}"],
    "set": [
      "set {host} weight 3", "set {host} weight 50%", "set {host} state drain", "set {host} state ready",
      "set lb-1 redispatch on", "set lb-1 check tcp", "set database reads any", "set database failover auto",
      "set {part} cost 9ms", "set {host} nonsense 4", "set database lag 2s", "set primary cost 3ms",
    ],
    "algorithm": ["algorithm leastconn", "algorithm roundrobin", "algorithm source consistent"],
    "mode": ["mode active-active servers", "mode active-passive servers", "mode active-passive balancers"],
    "send": [
      "send 4 {kind}", "send 1 {kind}", "send 7", "send 30 mix rate 10/s", "send 5 write rate 2/s",
      "send 8 {kind} from 10.0.0.1,10.0.0.2 to /a,/b",
    ],
    "hold": ["hold h{n} {kind}", "hold h{n} g{n}"],
    "release": ["release h1", "release h2 h3", "release {part}"],
    "break": [
      "break {part}", "break {host} {fault}", "break {part} {fault}", "break {link}", "break primary",
    ],
    "repair": ["repair {part}", "repair {host}", "repair {link}", "repair nothing", "repair"],
    "promote": ["promote {host}", "promote {host} now"], "rebuild": ["rebuild {host}"],
    "chaos": ["chaos 1m seed 3", "chaos hidden seed {n}"],
    "wait": ["wait 1s", "wait 1m", "wait until {host} up", "wait until {host} down"],
    "at": ["at 2s break {part}", "at 1s repair {part}", "at 0s promote {host}", "at 5s show"],
    "attack": ["attack scan", "attack sniff", "attack scan from {host}", "attack flood rate 100/s for 1s"],
    "assert": ["assert broken == {}", "assert answers(read)", "assert state({host}) == UP"],
    "whatif": ["whatif repair {part}; send 4", "whatif show", "whatif send 4"],
    "spof": ["spof", "spof write"], "availability": ["availability read"],
    "compare": ["compare textbook nothing"], "claims": ["claims"],
    "claim": ["claim \"all is well\": broken == {}"],
    "undo": ["undo", "undo 5"], "redo": ["redo"], "reset": ["reset"], "history": ["history", "history 2"],
    "resume": ["resume"], "fog": ["fog", "fog on"], "source": ["source one", "source two"],
    "home": ["home"], "learn": ["learn"], "leave": ["leave"],
    "lessons": ["lessons"], "lesson": ["lesson tour"], "goal": ["goal"], "check": ["check"],
    "answer": ["answer {part}"], "hint": ["hint"], "solution": ["solution"], "skip": ["skip"],
    "next": ["next"], "back": ["back"], "tasks": ["tasks"], "play": ["play"], "progress": ["progress"],
    "review": ["review"], "explain": ["explain 502", "explain {part}"],
    "help": ["help repair", "help {part}"],
    "quit": ["quit"], "clear": ["clear"],
  ]

  static let files = [
    "one": "send 3\nrepair server-1.app\nsend 2 write\n", "two": "break server-2.app\nsend 2\nshow\n",
  ]

  mutating func line(on session: Tutor) -> String {
    // About half of the commands are those that users type most often.
    let name = dice.chance(40) ? dice.pick(["send", "wait", "repair", "break"]) : dice.pick(Command.all).name
    return fillPlaceholders(
      dice.pick(RandomFogUser.lines[name] ?? [name]), session.loadedSite.simulation.topology)
  }

  mutating func fillPlaceholders(_ line: String, _ topology: Topology) -> String {
    let host = dice.pick(topology.hosts)
    let other = dice.pick(topology.hosts)
    let component = Address(host.name, dice.pick(host.parts + host.protections))
    holdCount += 1
    return line.replacing("{part}", with: component.text).replacing("{host}", with: host.name)
      .replacing("{link}", with: "\(host.name)--\(host.name == other.name ? "internet" : other.name)")
      .replacing("{kind}", with: dice.pick(["static", "read", "write"]))
      .replacing("{fault}", with: dice.pick(["crash", "hang", "slow", "power", "cut", "bad-release"]))
      .replacing("{n}", with: "\(holdCount)")
  }

  /// Beginnings of lines at which the user presses Tab.
  mutating func lineBeginnings(on topology: Topology) -> [String] {
    let all = [
      "", "re", "repair ", "repair s", "release ", "break s", "break {host}.", "promote ", "rebuild ",
      "set ", "set {part} ", "set database ", "set database reads ", "set {host} state ", "wait until ",
      "at 1s repair ", "whatif repair ", "show s", "explain 5", "help {part}", "answer ", "fog ", "send ",
    ]
    return (0..<2).map { _ in fillPlaceholders(dice.pick(all), topology) }
  }
}
