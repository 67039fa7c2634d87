import Blueprint
import Simulator

extension Simulation {
  /// The commands that build this site from nothing and inject its faults.
  var script: [String] { topology.script + faults.map { $0.command(at: time) } }
}

extension Topology {
  /// The commands that build this site from nothing.
  var script: [String] {
    var writer = ScriptWriter()
    writer.build(self)
    return writer.lines
  }
}

/// Writes the commands that build a site. It builds a copy at the same time, so that it writes only what
/// differs from the defaults.
private struct ScriptWriter {
  var lines = ["new"]
  private var built = Topology.new

  mutating func build(_ site: Topology) {
    let startsAsNew = site.hosts.first?.name == "lb-1" && site.hosts.first?.isBalancer == true
    // If the first balancer has another name, a temporary balancer is built first and removed at the end.
    let placeholder = startsAsNew ? nil : availableName(in: site)
    if let placeholder {
      lines = ["new \(placeholder)"]
      built = Topology.new(balancer: placeholder)
    }
    let algorithm = site.algorithm
    let isConsistent = site.balancers.first.flatMap { site.hosts[$0].haproxy?.isConsistent } ?? false
    if algorithm != .roundrobin {
      change(
        .algorithm(algorithm, isConsistent: isConsistent),
        "algorithm \(algorithm.rawValue)\(isConsistent ? " consistent" : "")")
    }
    for host in site.hosts.dropFirst(startsAsNew ? 1 : 0) { add(host) }
    if let placeholder { change(.remove(Address(placeholder)), "remove \(placeholder)") }
    if let primary = site.primaries.first, primary != built.primaries.first {
      built.setPrimary(at: primary)
      lines.append("promote \(site.hosts[primary].name)")
    }
    if let sharing = site.sharing {
      change(.setBalancerSharing(sharing), "mode \(sharing.rawValue) balancers")
    }
    for setting in Setting.all where setting.owner == .site { set(setting, .site, at: -1, as: site) }
    for setting in Setting.all where setting.owner == .database { set(setting, .database, at: -1, as: site) }
    for host in site.hosts { protect(host) }
    for index in site.hosts.indices { setSettings(ofHost: index, as: site) }
  }

  private func availableName(in site: Topology) -> String {
    var number = 1
    while site.index(of: "old-\(number)") != nil { number += 1 }
    return "old-\(number)"
  }

  private mutating func add(_ host: Host) {
    guard !host.isBalancer else { return change(.addBalancer(name: host.name), "add balancer \(host.name)") }
    var server = NewServer(name: host.name, components: host.parts)
    server.weight = host.serverSettings.initialWeight
    server.isBackup = host.serverSettings.isBackup
    server.maxconn = host.serverSettings.maxconn
    server.isDisabled = host.serverSettings.state == .maint
    var line = "add server \(host.name)"
    if server.weight != 1 { line += " weight \(server.weight)" }
    if server.isBackup { line += " backup" }
    if let maxconn = server.maxconn { line += " maxconn \(maxconn)" }
    if server.isDisabled { line += " disabled" }
    if host.parts != ComponentKind.serverDefaults {
      line += " with \(host.parts.map({ $0.rawValue }).joined(separator: ","))"
    }
    change(.addServer(server), line)
  }

  private mutating func protect(_ host: Host) {
    if let firewall = host.firewall {
      let rules = firewall.rules.map { " \($0)" }.joined()
      change(
        .addFirewall(host: host.name, firewall.allowed, denying: firewall.denied),
        "add firewall \(host.name)\(rules)")
    }
    if let tls = host.tls {
      let reach = tls.reach == .balancer ? "" : " \(tls.reach.rawValue)"
      change(.addTLS(balancer: host.name, tls.reach), "add tls \(host.name)\(reach)")
    }
    if let monitor = host.monitor {
      change(.addMonitor(host: host.name, monitor), "add monitor \(host.name) \(monitor.command)")
    }
  }

  private mutating func setSettings(ofHost index: Int, as site: Topology) {
    let host = site.hosts[index]
    for setting in Setting.all {
      switch setting.owner {
      case .server: set(setting, .at(Address(host.name)), at: index, as: site)
      case .component(let kind):
        if host.has(kind) { set(setting, .at(Address(host.name, kind)), at: index, as: site) }
      case .database:
        if host.mysql != nil, setting.name == .lag {
          set(setting, .at(Address(host.name, .mysql)), at: index, as: site)
        }
      case .site: break
      }
    }
  }

  private mutating func set(_ setting: Setting, _ target: Target, at index: Int, as site: Topology) {
    guard let value = site.value(of: setting, at: index), value != built.value(of: setting, at: index) else {
      return
    }
    // A setting that several components share is set on the component, any other on the host.
    var target = target
    if case .at(let address) = target,
      (try? built.setting(named: setting.name.rawValue, at: .at(Address(address.host)))) != nil
    {
      target = .at(Address(address.host))
    }
    change(
      .set(setting, at: target, to: value),
      "set \(target.text) \(setting.name.rawValue) \(value.command)")
  }

  private mutating func change(_ change: Change, _ line: String) {
    _ = try? built.apply(change)
    lines.append(line)
  }
}
