import Blueprint

/// Port scans, and the connections that firewalls allow.
extension Simulation {
  /// The ports to scan: all ports on which a component can listen. The ports of optional components are
  /// scanned only if the site has such a component.
  public var scannedPorts: [Int] {
    let hosts = configured.site.topology.hosts
    return Simulation.numbers(
      of: Listener.all.filter { listener in
        !listener.isOptional || hosts.contains { $0.has(listener.kind) }
      })
  }

  /// Returns the results of a port scan of a host. If `ports` is nil, it covers all ports on which its
  /// components can listen.
  public func ports(of host: String, from origin: ScanOrigin, at ports: [Int]? = nil) -> [PortReport] {
    let site = configured.site
    guard let index = site.topology.index(of: host) else { return [] }
    let topology = site.topology[index]
    let ports =
      ports ?? Simulation.numbers(of: Listener.all.filter { !$0.isOptional || topology.has($0.kind) })
    return ports.map { port in
      let listener = Listener.all.first {
        $0.listens(at: .tcp(port), on: topology, isEncryptedInside: site.balancers.encryptInside)
      }
      let state = site.state(of: port, at: index, listener?.kind, from: origin)
      return PortReport(host: host, port: port, state: state, part: listener?.kind)
    }
  }

  private static func numbers(of listeners: [Listener]) -> [Int] {
    Set(listeners.flatMap { $0.numbers }).sorted()
  }

  /// Returns whether a host's firewall allows a connection to a port, even if packets cannot reach the host.
  /// True if the host has no firewall.
  public func firewall(of host: String, allows origin: ScanOrigin, at port: Port) -> Bool {
    let site = configured.site
    guard let index = site.topology.index(of: host) else { return false }
    return site.firewallAllows(origin, to: site.network.hostIDs[index], at: port)
  }

  /// Returns whether a host's firewall allows the operators to connect to its agent. True if the host has no
  /// firewall.
  public func firewallAllowsOperators(in host: String) -> Bool {
    let site = configured.site
    guard let index = site.topology.index(of: host) else { return false }
    return site.network.firewalls.allow(.operatorAddress, to: site.network.hostIDs[index], at: .agent)
  }
}

/// A kind of component that listens on a port.
private struct Listener {
  let kind: ComponentKind
  let port: Port
  let encryptedPort: Port?
  let isOptional: Bool

  static let all = ComponentKind.allCases.compactMap { kind -> Listener? in
    let profile = kind.profile
    return profile.port.map {
      Listener(kind: kind, port: $0, encryptedPort: profile.encryptedPort, isOptional: profile.isOptional)
    }
  }

  var numbers: [Int] {
    [port, encryptedPort].compactMap { if case .tcp(let number) = $0 { number } else { nil } }
  }

  /// Returns whether a component of the kind listens on a port of the host.
  func listens(at port: Port, on host: Host, isEncryptedInside: Bool) -> Bool {
    guard host.has(kind) else { return false }
    if port == encryptedPort { return host.isBalancer ? host.tls != nil : isEncryptedInside }
    // An agent that sends its metrics does not listen for the collector.
    if kind == .monitor, host.monitor?.direction != .pull { return false }
    return port == self.port
  }
}

extension SiteState {
  fileprivate func state(of port: Int, at index: Int, _ listener: ComponentKind?, from origin: ScanOrigin)
    -> PortState
  {
    let host = network.hostIDs[index]
    guard reaches(host, from: origin), firewallAllows(origin, to: host, at: .tcp(port)) else {
      return .filtered
    }
    guard let listener else { return .closed }
    let id = network.hosts[host][listener]
    guard id.exists else {
      let agent = Address(topology[index].name, listener)
      return faults.at(.component(agent)).contains { $0.fault.row.effect == .stopsProcess } ? .closed : .open
    }
    let component = components[id]
    guard !component.isCutOff else { return .filtered }
    switch component.condition {
    case .running, .hung: return .open
    case .crashed, .removed: return .closed
    }
  }

  private func reaches(_ host: ID<HostState>, from origin: ScanOrigin) -> Bool {
    switch origin {
    case .internet: return network.reachesFromInternet(host)
    case .host(let name):
      let source = self.host(named: name)
      return source.exists && network.reaches(source, host)
    }
  }

  fileprivate func firewallAllows(_ origin: ScanOrigin, to host: ID<HostState>, at port: Port) -> Bool {
    switch origin {
    case .internet: return network.firewalls.allow(.outsideAddress, to: host, at: port)
    case .host(let name):
      let source = self.host(named: name)
      return source.exists && network.firewalls.allow(source, to: host, at: port)
    }
  }
}

extension IPv4 {
  /// An address on the internet that no firewall rule names.
  fileprivate static let outsideAddress = IPv4(198, 51, 100, 200)
}
