import Blueprint
import Simulator

/// What `show` shows.
extension Session {
  static let shows = ["topology", "servers", "balancer", "database", "clock", "site"]

  func show(_ word: Word?) throws(Complaint) -> Answer {
    guard let word else { return topologyAnswer }
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
    case "clock":
      return Answer([Line("  \(scene.simulation.time.clock)")])
    default: return settings(of: [try address(word)])
    }
  }

  private func address(_ word: Word) throws(Complaint) -> Address {
    let topology = scene.simulation.topology
    let names = word.text.lowercased().split(separator: ".", omittingEmptySubsequences: false).map(
      String.init)
    if let host = names.first.flatMap({ topology.host(named: $0) }) {
      if names.count == 1 { return Address(host.name) }
      if names.count == 2, let part = ComponentKind(rawValue: names[1]), host.carries(part) {
        return Address(host.name, part)
      }
    }
    throw .unknownComponent(
      word, choices: topology.hosts.map { $0.name } + topology.partNames + Session.shows)
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
    let components = simulation.components.map { component in
      JSON.object([
        JSON.Member("id", .string(component.address.text)), JSON.Member("kind", .string(component.kind)),
        JSON.Member("host", .string(component.address.host)), JSON.Member("state", .string(component.state)),
      ])
    }
    return Answer(lines.wrapped, [JSON.Member("components", .array(components))])
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
          "  \(name)\(weight)  \(Column.left([server.state, server.counter ?? ""].joined(separator: " "), 10)) \(Column.right("\(server.inFlight)", 9)) \(Column.right("\(server.total)", 6))"
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
      lines += settingLines(of: .at(address), title: address.text + name)
      if address.part == nil, let host = topology.host(named: address.host) {
        for part in host.parts {
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
    return Answer(lines.wrapped, (members ?? []) + [JSON.Member("components", .array(all))])
  }

  private func settingLines(of target: Target, title: String, except shown: Target? = nil) -> [Line] {
    let topology = scene.simulation.topology
    let before = shown.map { topology.keys(at: $0).map { $0.name } } ?? []
    let keys = topology.keys(at: target).filter { $0.owner != .database && !before.contains($0.name) }
    guard !keys.isEmpty || shown == nil else { return [] }
    return [Line("  \(title)", .accent)]
      + keys.map { key in
        let value = value(of: key, at: target)?.command ?? "as usual"
        return Line("    \(Column.left(key.name.rawValue, 16)) \(Column.left(value, 10)) ")
          + Line(key.summary, .faint)
      }
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
    var lines = nodes.map { $0.line }
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
  fileprivate var line: Line {
    let head = "  \(Column.left(name, 18)) \(Column.left(role, 9)) \(Column.right("\(position)", 8)) writes"
    switch role {
    case "replica":
      let seconds = secondsBehind.map { "\($0)" } ?? "NULL"
      let way = isConnected ? "follows \(source ?? "nobody"), \(behind ?? 0) behind" : "hears no primary"
      let mysql = Line("; io \(io), seconds behind \(seconds)", .faint)
      return Line("\(head)   \(way)", isConnected ? .plain : .failed) + mysql
    case "diverged": return Line("\(head)   follows nobody: rebuild \(name)", .failed)
    default: return Line(head)
    }
  }

  fileprivate var json: JSON {
    .object([
      JSON.Member("name", .string(name)), JSON.Member("role", .string(role)),
      JSON.Member("position", .integer(position)),
      JSON.Member("received", .integer(received)), JSON.Member("lag_ms", .milliseconds(lag)),
      JSON.Member("source", source.map { .string($0) } ?? .null),
      JSON.Member("connected", .flag(isConnected)),
      JSON.Member("behind", behind.map { .integer($0) } ?? .null), JSON.Member("io", .string(io)),
      JSON.Member("seconds_behind", secondsBehind.map { .integer($0) } ?? .null),
    ])
  }
}

extension ServerReport {
  var json: JSON {
    .object([
      JSON.Member("name", .string(name)), JSON.Member("weight", .integer(weight)),
      JSON.Member("effective_weight", .integer(effectiveWeight)), JSON.Member("state", .string(state)),
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
