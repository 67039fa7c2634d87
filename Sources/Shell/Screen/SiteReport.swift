import Blueprint
import Inspector
import Simulator

/// The responses of `show` about a site.
struct SiteReport {
  let simulation: Simulation
  /// The traffic of the last run, whose requests the drawing shows.
  let lastRun: Traffic?
  let width: Int

  /// The drawing of the whole site.
  var drawing: CommandResponse {
    let picture = SitePicture(simulation, lastRun: lastRun)
    let lines = picture.lines(width: width)
    guard width >= SiteReport.leastWidthForText else { return CommandResponse(lines, [components]) }
    let drawing = picture.drawing(width: width)
    let left = drawing.reduce(0) { max($0, $1.text.columns) } + 4
    let room = width - left
    guard room >= SiteReport.leastText else { return CommandResponse(lines, [components]) }
    let sentences = simulation.sentences(lastRun: lastRun)
    let text = sentences.flatMap { Line($0).wrapped(to: room) }
    let rows = (0..<max(drawing.count, text.count)).map { row in
      let line = row < drawing.count ? drawing[row] : Line()
      guard row < text.count else { return line }
      return line + Line(String(repeating: " ", count: left - line.text.columns)) + text[row]
    }
    return CommandResponse(rows, [components])
  }

  /// The least widths of the screen and of the text for which the text is beside the drawing.
  private static let leastWidthForText = 120
  private static let leastText = 40

  private var components: JSON.Member {
    let components = simulation.components.map { component in
      JSON.object([
        JSON.Member(.id, .string(component.address.text)), JSON.Member(.kind, .string(component.kind)),
        JSON.Member(.host, .string(component.address.host)), JSON.Member(.state, .string(component.state)),
      ])
    }
    return JSON.Member(.components, .array(components))
  }

  var topology: CommandResponse {
    let topology = simulation.topology
    let name = "\(Topology.siteName) = \(Sentences.listed(topology.resolvedAddresses.map { $0.text }))"
    var lines = [Line("  \(name)")]
    for index in topology.hosts.indices.prefix(40) {
      let host = topology.hosts[index]
      lines.append(
        Line(
          "  \(Column.left(host.name, 12)) \(Column.left(topology.address(of: index).text, 14)) \(host.summary(in: topology))"
        ))
    }
    if topology.hosts.count > 40 {
      lines.append(Line("  and \(topology.hosts.count - 40) more hosts", .faint))
    }
    lines.append(Line("  \(topology.balancingSentence)"))
    if topology.sharing == .activePassive {
      lines.append(Line("  the address is held by \(Sentences.listed(simulation.addressHolders))"))
    }
    lines += simulation.troubles.map { Line("  \($0)", .failed) }
    return CommandResponse(lines, [components])
  }

  var servers: CommandResponse {
    let servers = simulation.serverReports
    let names = min(width / 2 - 10, servers.reduce(18) { max($0, $1.name.columns + 10) })
    let head = "\(Column.left("server", names)) weight   state     in flight    total"
    var lines = [Line("  \(head)", .faint)]
    for server in servers.prefix(60) {
      let state = [server.state.rawValue, server.counter ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
      let name = Column.left(server.name + (server.isBackup ? " (standby)" : ""), names)
      lines.append(
        Line("  ") + Line(name).cut(to: names) + Line(" \(Column.right("\(server.weight)", 6))   ")
          + Line(Column.left(state, 9), server.state.look)
          + Line(" \(Column.right("\(server.inFlight)", 9)) \(Column.right("\(server.total)", 8))"))
    }
    if servers.count > 60 { lines.append(Line("  and \(servers.count - 60) more servers", .faint)) }
    if servers.isEmpty {
      lines = [Line("  No servers yet. To add one: ") + Line("add server server-1", .accent)]
    }
    return CommandResponse(lines, [JSON.Member(.servers, .array(servers.map { $0.json }))])
  }

  var database: CommandResponse {
    let nodes = simulation.databaseReports
    var lines = nodes.drawn(width: width)
    if nodes.isEmpty {
      lines = [Line("  No database yet. To add one: ") + Line("add server db-1 with mysql", .accent)]
    }
    for setting in Setting.all where setting.owner == .database {
      guard let value = simulation.topology.value(of: setting, at: -1) else { continue }
      lines.append(
        Line("    \(Column.left(setting.name.rawValue, 18)) \(Column.left(value.command, 8)) ")
          + Line(setting.summary, .faint))
    }
    return CommandResponse(
      lines,
      [
        JSON.Member(.nodes, .array(nodes.map { $0.json })),
        SettingsReport(topology: simulation.topology).member(of: .database),
      ])
  }

  // MARK: Settings

  /// The settings of all balancers.
  var balancers: CommandResponse {
    settings(of: simulation.topology.balancers.map { Address(simulation.topology.hosts[$0].name) })
  }

  /// The settings that apply to the whole site.
  var siteSettings: CommandResponse {
    let settings = SettingsReport(topology: simulation.topology)
    return CommandResponse(settings.lines(of: .site, title: "site"), [settings.member(of: .site)])
  }

  func settings(of addresses: [Address]) -> CommandResponse {
    SettingsReport(topology: simulation.topology).answer(for: addresses) { states(of: $0) }
  }

  /// Returns the component's faults, its state at the balancer, and the role of its database node.
  private func states(of address: Address) -> [Line] {
    let ofHost = FaultTarget.component(Address(address.host))
    var lines = simulation.faults.filter { fault in
      guard case .component(let broken) = fault.target else { return false }
      return fault.target == ofHost
        || (broken.host == address.host && [nil, broken.component].contains(address.component))
    }.map { Line("  \($0.sentence), since \($0.since.clock)", .failed) }
    if address.component == nil,
      let server = simulation.serverReports.first(where: { $0.name == address.host })
    {
      lines.append(Line("  The balancer marks \(server.name): \(server.state.rawValue)"))
    }
    if [nil, .mysql].contains(address.component),
      let node = simulation.databaseReports.first(where: { $0.name == "\(address.host).mysql" })
    {
      lines.append(Line("  \(node.name), \(node.role.rawValue): \(node.roleText)"))
    }
    return lines
  }

  /// Returns whether a link is cut.
  func link(_ link: FaultTarget) -> CommandResponse {
    let name = link.text
    let isCut = simulation.faults.contains { $0.target == link }
    return CommandResponse(
      [
        Line("  \(name)  ")
          + Line(isCut ? "cut: no packets get through" : "healthy", isCut ? .failed : .good),
        Line("  To see what is sent over it: ") + Line("attack sniff \(name)", .accent),
      ], [JSON.Member(.link, .string(name)), JSON.Member(.state, .string(isCut ? "cut" : "whole"))])
  }
}

extension DatabaseReport {
  fileprivate var json: JSON {
    [
      .name: .string(name), .role: .string(role.rawValue), .position: .integer(position),
      .received: .integer(received), .lagMs: .milliseconds(lag), .source: source.map { .string($0) } ?? .null,
      .connected: .flag(isConnected), .behind: behind.map { .integer($0) } ?? .null,
      .io: .string(io.rawValue), .secondsBehind: secondsBehind.map { .integer($0) } ?? .null,
    ]
  }
}

extension ServerStatus {
  fileprivate var look: Line.Look {
    switch self {
    case .up: .good
    case .unchecked: .plain
    case .down: .failed
    case .drain, .maintenance: .attention
    }
  }
}

extension ServerReport {
  var json: JSON {
    [
      .name: .string(name), .weight: .integer(weight), .effectiveWeight: .integer(effectiveWeight),
      .state: .string(state.rawValue), .checks: counter.map { .string($0) } ?? .null,
      .backup: .flag(isBackup), .inFlight: .integer(inFlight), .total: .integer(total),
    ]
  }
}
