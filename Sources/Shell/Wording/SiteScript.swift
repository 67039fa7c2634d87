import Blueprint
import Simulator

extension Simulation {
  /// The commands that build this site from nothing and inject its faults.
  var script: [String] { topology.script + faults.map { "break \($0.target.text) \($0.fault.command)" } }
}

extension Topology {
  /// The commands that build this site from nothing.
  var script: [String] {
    var writer = ScriptWriter()
    writer.build(self)
    return writer.lines
  }
}

/// Writes a site as commands. It builds a copy at the same time, so that it writes only what differs from the
/// defaults.
private struct ScriptWriter {
  var lines = ["new"]
  private var built = Topology.new

  mutating func build(_ site: Topology) {
    let startsAsNew = site.hosts.first?.name == "lb-1" && site.hosts.first?.isBalancer == true
    // If the first balancer has another name, a temporary balancer is built first and removed at the end.
    let standIn = startsAsNew ? nil : freeName(in: site)
    if let standIn {
      lines = ["new \(standIn)"]
      built = Topology.new(balancer: standIn)
    }
    let algorithm = site.algorithm
    let isConsistent = site.balancers.first.flatMap { site.hosts[$0].haproxy?.isConsistent } ?? false
    if algorithm != .roundrobin {
      change(
        .algorithm(algorithm, isConsistent: isConsistent),
        "algorithm \(algorithm.rawValue)\(isConsistent ? " consistent" : "")")
    }
    for host in site.hosts.dropFirst(startsAsNew ? 1 : 0) { add(host) }
    if let standIn { change(.remove(Address(standIn)), "remove \(standIn)") }
    if let primary = site.primaries.first, primary != built.primaries.first {
      built.setPrimary(at: primary)
      lines.append("promote \(site.hosts[primary].name)")
    }
    if let sharing = site.sharing { change(.serveBalancers(sharing), "mode \(sharing.rawValue) balancers") }
    for key in Setting.all where key.owner == .site { set(key, .site, at: -1, as: site) }
    for key in Setting.all where key.owner == .database { set(key, .database, at: -1, as: site) }
    for host in site.hosts { protect(host) }
    for place in site.hosts.indices { setKeys(ofHost: place, as: site) }
  }

  private func freeName(in site: Topology) -> String {
    var number = 1
    while site.place(of: "old-\(number)") != nil { number += 1 }
    return "old-\(number)"
  }

  private mutating func add(_ host: Host) {
    guard !host.isBalancer else { return change(.addBalancer(name: host.name), "add balancer \(host.name)") }
    var server = NewServer(name: host.name, parts: host.parts)
    server.weight = host.serving.initialWeight
    server.isBackup = host.serving.isBackup
    server.maxconn = host.serving.maxconn
    server.isDisabled = host.serving.state == .maint
    var line = "add server \(host.name)"
    if server.weight != 1 { line += " weight \(server.weight)" }
    if server.isBackup { line += " backup" }
    if let maxconn = server.maxconn { line += " maxconn \(maxconn)" }
    if server.isDisabled { line += " disabled" }
    if host.parts != ComponentKind.usualOfServers {
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

  private mutating func setKeys(ofHost place: Int, as site: Topology) {
    let host = site.hosts[place]
    for key in Setting.all {
      switch key.owner {
      case .server: set(key, .at(Address(host.name)), at: place, as: site)
      case .part(let kind):
        if host.has(kind) { set(key, .at(Address(host.name, kind)), at: place, as: site) }
      case .database:
        if host.mysql != nil, key.name == .lag {
          set(key, .at(Address(host.name, .mysql)), at: place, as: site)
        }
      case .site: break
      }
    }
  }

  private mutating func set(_ key: Setting, _ target: Target, at place: Int, as site: Topology) {
    guard let value = site.value(of: key, at: place), value != built.value(of: key, at: place) else { return }
    // A setting that several components share is set on the component; any other, on the host.
    var target = target
    if case .at(let address) = target,
      (try? built.key(named: key.name.rawValue, at: .at(Address(address.host)))) != nil
    {
      target = .at(Address(address.host))
    }
    change(
      .set(key, at: target, to: value),
      "set \(target.text) \(key.name.rawValue) \(value.command)")
  }

  private mutating func change(_ change: Change, _ line: String) {
    _ = try? built.apply(change)
    lines.append(line)
  }
}
