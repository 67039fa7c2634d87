import Blueprint
import Facts
import Inspector
import Simulator

/// What `show` shows.
extension Session {
  static let shown: [(word: String, summary: String)] = [
    ("topology", "all hosts and what they carry"),
    ("servers", "the servers as the balancer sees them"),
    ("balancer", "the settings of the balancers"),
    ("database", "the nodes, their roles and how far each has come"),
    ("clock", "what time it is on the site"),
    ("site", "the settings that hold for everybody"),
    ("facts", "what can be asked of the site"),
    ("legend", "what the signs of the drawing mean"),
  ]

  /// Whether those words are about the site, and not about what can be asked, or what time it is.
  static func showsSite(saying words: Arguments) -> Bool {
    !["clock", "facts", "legend"].contains(words.text(shownName)?.lowercased())
  }

  static let shownName = "COMPONENT|topology|servers|balancer|database|clock|facts|FACT"

  private static var shows: [String] { shown.map { $0.word } }

  func show(_ word: Word?, _ words: Arguments) throws(Complaint) -> Answer {
    guard let word else { return siteAnswer }
    let whole = words.text(Session.shownName) ?? ""
    if isFact(whole, word) { return try judged(whole, at: word.place.lowerBound).answer }
    let text = word.text.lowercased()
    // A host of that name goes before a word that only begins so.
    let isHost = scene.simulation.topology.host(named: text) != nil
    let begun = text.count >= 2 && !isHost ? Session.shows.filter { $0.hasPrefix(text) } : []
    switch Session.shows.contains(text) ? text : begun.count == 1 ? begun[0] : "" {
    case "topology": return topologyAnswer
    case "servers": return serversAnswer
    case "balancer":
      return settings(
        of: scene.simulation.topology.balancers.map { Address(scene.simulation.topology.hosts[$0].name) })
    case "database": return databaseAnswer
    case "site": return Answer(settingLines(of: .site, title: "site"), [settingsMember(of: .site)])
    case "legend": return Answer(Legend.lines)
    case "facts": return factsAnswer
    case "clock":
      return Answer([Line("  \(scene.simulation.time.clock)")])
    default:
      if let link = linkAnswer(text) { return link }
      return settings(of: [try address(word)])
    }
  }

  /// Whether it is more than one word, or a word that only facts know.
  private func isFact(_ whole: String, _ word: Word) -> Bool {
    let text = word.text
    if whole != text { return true }
    if Session.shows.contains(text) || scene.simulation.topology.host(named: text) != nil { return false }
    return Fact.table.contains { $0.name == text } || text.contains { "()[]{}=<>+*/".contains($0) }
      || Fact.table.contains { text.hasPrefix("\($0.name).") }
  }

  private func address(_ word: Word) throws(Complaint) -> Address {
    let topology = scene.simulation.topology
    if let address = topology.address(named: word.text.lowercased()) { return address }
    let meant = Synonyms.parts(called: word.text.lowercased(), in: topology)
    throw .unknownComponent(
      word,
      choices: meant.isEmpty ? topology.hosts.map { $0.name } + topology.partNames + Session.shows : meant)
  }

  /// A link between two hosts that are there, or to the internet.
  private func linkAnswer(_ text: String) -> Answer? {
    guard let (a, b) = Breakable.ends(of: text), a != b,
      [a, b].allSatisfy({ $0 == Breakable.internet || scene.simulation.topology.host(named: $0) != nil })
    else { return nil }
    let link = Breakable.link(a, b).ordered
    let name = link.text
    let isCut = scene.simulation.faults.contains { $0.target == link }
    return Answer(
      [
        Line("  \(name)  ") + Line(isCut ? "cut: no packet passes" : "whole", isCut ? .failed : .plain),
        Line("  attack sniff \(name) listens to what passes", .faint),
      ], [JSON.Member("link", .string(name)), JSON.Member("state", .string(isCut ? "cut" : "whole"))])
  }

  // MARK: The site

  private var siteAnswer: Answer {
    Answer(scene.picture(width: screen.width), [componentsMember])
  }

  private var componentsMember: JSON.Member {
    let components = scene.simulation.components.map { component in
      JSON.object([
        JSON.Member("id", .string(component.address.text)), JSON.Member("kind", .string(component.kind)),
        JSON.Member("host", .string(component.address.host)), JSON.Member("state", .string(component.state)),
      ])
    }
    return JSON.Member("components", .array(components))
  }

  // MARK: Topology

  private var topologyAnswer: Answer {
    let simulation = scene.simulation
    let topology = simulation.topology
    let name = "\(Topology.siteName) = \(Sentences.listed(topology.nameAddresses.map { $0.text }))"
    var lines = [Line("  \(name)", .accent)]
    for place in topology.hosts.indices.prefix(40) {
      let host = topology.hosts[place]
      lines.append(
        Line(
          "  \(Column.left(host.name, 12)) \(Column.left(topology.address(of: place).text, 14)) \(host.summary(in: topology))"
        ))
    }
    if topology.hosts.count > 40 {
      lines.append(Line("  and \(topology.hosts.count - 40) hosts more", .faint))
    }
    lines.append(Line("  \(topology.balancingSentence)"))
    if topology.sharing == .activePassive {
      lines.append(Line("  the address is held by \(Sentences.listed(simulation.addressHolders))"))
    }
    lines += simulation.troubles.map { Line("  \($0)", .failed) }
    return Answer(lines, [componentsMember])
  }

  // MARK: Servers

  private var serversAnswer: Answer {
    let servers = scene.simulation.serverReports
    var lines = [Line("  server              weight  state      in flight  total", .faint)]
    for server in servers.prefix(60) {
      let name = Column.left(server.name + (server.isBackup ? " (backup)" : ""), 20)
      let weight = Column.right("\(server.weight)", 5)
      lines.append(
        Line(
          "  \(name)\(weight)  \(Column.left([server.state.rawValue, server.counter ?? ""].joined(separator: " "), 10)) \(Column.right("\(server.inFlight)", 9)) \(Column.right("\(server.total)", 6))"
        ))
    }
    if servers.count > 60 { lines.append(Line("  and \(servers.count - 60) servers more", .faint)) }
    if servers.isEmpty { lines = [Line("  no server yet: add server server-1")] }
    return Answer(lines, [JSON.Member("servers", .array(servers.map { $0.json }))])
  }

  // MARK: Settings

  private func settings(of addresses: [Address]) -> Answer {
    let topology = scene.simulation.topology
    var lines: [Line] = []
    for address in addresses {
      let name = address.part == nil ? "" : ": \(address.part?.job ?? "")"
      lines += standing(of: address)
      lines += settingLines(of: .at(address), title: address.text + name)
      if address.part == nil, let host = topology.host(named: address.host) {
        for part in host.components {
          lines += settingLines(
            of: .at(Address(host.name, part)), title: Address(host.name, part).text, except: .at(address))
        }
      }
    }
    let all = addresses.map { address in
      JSON.object([JSON.Member("component", .string(address.text)), settingsMember(of: .at(address))])
    }
    let members = addresses.first.map { address in
      [JSON.Member("component", .string(address.text)), settingsMember(of: .at(address))]
    }
    return Answer(lines, (members ?? []) + [JSON.Member("components", .array(all))])
  }

  /// What is wrong with it, what the balancer says of it, and what its database is.
  private func standing(of address: Address) -> [Line] {
    let simulation = scene.simulation
    let ofHost = Breakable.part(Address(address.host))
    var lines = simulation.faults.filter { fault in
      guard case .part(let broken) = fault.target else { return false }
      return fault.target == ofHost
        || (broken.host == address.host && [nil, broken.part].contains(address.part))
    }.map { Line("  \($0.sentence), since \($0.since.clock)", .failed) }
    if address.part == nil, let server = simulation.serverReports.first(where: { $0.name == address.host }) {
      lines.append(Line("  \(server.name) is \(server.state.rawValue) for the balancer"))
    }
    if [nil, .mysql].contains(address.part),
      let node = simulation.databaseReports.first(where: { $0.name == "\(address.host).mysql" })
    {
      lines.append(Line("  \(node.name), \(node.role.rawValue): \(node.place)"))
    }
    return lines
  }

  private func settingLines(of target: Target, title: String, except shown: Target? = nil) -> [Line] {
    let topology = scene.simulation.topology
    let before = shown.map { topology.keys(at: $0).map { $0.name } } ?? []
    let keys = topology.keys(at: target).filter { $0.owner != .database && !before.contains($0.name) }
    let hasRules = !ruleLines(of: target).isEmpty
    guard !keys.isEmpty || shown == nil || hasRules else { return [] }
    return [Line("  \(title)", .accent)] + ruleLines(of: target)
      + keys.map { key in
        let value = value(of: key, at: target)?.command ?? "as usual"
        return Line("    \(Column.left(key.name.rawValue, 16)) \(Column.left(value, 10)) ")
          + Line(key.summary, .faint)
      } + origins(of: keys)
  }

  /// Where the values come from that the settings begin with.
  private func origins(of keys: [Key]) -> [Line] {
    let known = keys.filter { !$0.origin.isEmpty }
    guard !known.isEmpty else { return [] }
    return [Line("  where these values come from", .accent)]
      + known.map { Line("    \(Column.left($0.name.rawValue, 16)) ") + Line($0.origin, .faint) }
  }

  /// What a firewall lets in, and what an agent alerts on.
  private func ruleLines(of target: Target) -> [Line] {
    guard case .at(let address) = target, let host = scene.simulation.topology.host(named: address.host)
    else {
      return []
    }
    let rules: [ComponentKind: [String]] = [
      .firewall: host.firewall?.rules ?? [],
      .monitor: host.monitor?.alerts.map { "alert \($0.text)" } ?? [],
      .certificate: host.tls.map { [$0.reach.sentence] } ?? [],
    ]
    return address.part.flatMap { rules[$0] }?.map { Line("    \($0)") } ?? []
  }

  private func settingsMember(of target: Target) -> JSON.Member {
    let keys = scene.simulation.topology.keys(at: target)
    return JSON.Member(
      "settings",
      .object(keys.map { JSON.Member($0.name.rawValue, value(of: $0, at: target)?.json ?? .null) }))
  }

  private func value(of key: Key, at target: Target) -> Key.Value? {
    let topology = scene.simulation.topology
    if case .at(let address) = target {
      return topology.value(of: key, at: topology.place(of: address.host) ?? -1)
    }
    return topology.value(of: key, at: -1)
  }

  // MARK: Database

  private var databaseAnswer: Answer {
    let nodes = scene.simulation.databaseReports
    var lines = nodes.drawn(width: screen.width)
    if nodes.isEmpty { lines = [Line("  no database: add server NAME with mysql")] }
    for key in Key.all where key.owner == .database {
      guard let value = scene.simulation.topology.value(of: key, at: -1) else { continue }
      lines.append(
        Line("    \(Column.left(key.name.rawValue, 18)) \(Column.left(value.command, 8)) ")
          + Line(key.summary, .faint))
    }
    return Answer(
      lines, [JSON.Member("nodes", .array(nodes.map { $0.json })), settingsMember(of: .database)])
  }
}

extension DatabaseReport {
  fileprivate var json: JSON {
    .object([
      JSON.Member("name", .string(name)), JSON.Member("role", .string(role.rawValue)),
      JSON.Member("position", .integer(position)),
      JSON.Member("received", .integer(received)), JSON.Member("lag_ms", .milliseconds(lag)),
      JSON.Member("source", source.map { .string($0) } ?? .null),
      JSON.Member("connected", .flag(isConnected)),
      JSON.Member("behind", behind.map { .integer($0) } ?? .null), JSON.Member("io", .string(io.rawValue)),
      JSON.Member("seconds_behind", secondsBehind.map { .integer($0) } ?? .null),
    ])
  }
}

extension ServerReport {
  var json: JSON {
    .object([
      JSON.Member("name", .string(name)), JSON.Member("weight", .integer(weight)),
      JSON.Member("effective_weight", .integer(effectiveWeight)),
      JSON.Member("state", .string(state.rawValue)),
      JSON.Member("checks", counter.map { .string($0) } ?? .null), JSON.Member("backup", .flag(isBackup)),
      JSON.Member("in_flight", .integer(inFlight)),
      JSON.Member("total", .integer(total)),
    ])
  }
}

extension Host {
  func summary(in topology: Topology) -> String {
    var words = parts.filter { $0 != .mysql }.map { $0.rawValue }
    if let mysql { words.append("mysql \(mysql.role.rawValue)") }
    var text = words.joined(separator: ", ")
    if nginx != nil || app != nil {
      if serving.weight != 1 { text += ", weight \(serving.weight)" }
      if serving.isBackup { text += ", stands by" }
      if serving.state != .ready { text += ", \(serving.state.rawValue)" }
    }
    return text
  }
}

extension Topology {
  var balancingSentence: String {
    let check = balancers.first.flatMap { hosts[$0].haproxy }.map { haproxy in
      switch haproxy.check {
      case .off: "no health checks"
      case .tcp: "check: tcp"
      case .http: "check: http, through \(haproxy.checkPath.rawValue)"
      }
    }
    return "\(algorithm.rawValue)\(sharing.map { ", balancers \($0.rawValue)" } ?? ""); \(check ?? "")"
  }
}
