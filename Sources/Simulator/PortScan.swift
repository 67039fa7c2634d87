import Blueprint

/// Port scans, and the connections that firewalls allow.
extension Simulation {
  /// The ports to scan: all ports at which a component can listen.
  public static let scannedPorts = [80, 443, 3306, 8000, 9100]

  /// Returns the results of a port scan of a host.
  public func ports(of host: String, from vantage: Vantage) -> [PortReport] {
    let site = wired.site
    guard let place = site.topology.place(of: host) else { return [] }
    return Simulation.scannedPorts.map { port in
      let listener = Simulation.listener(
        at: port, on: site.topology[place], isEncryptedInside: site.balancers.encryptInside)
      let state = site.state(of: port, at: place, listener, from: vantage)
      return PortReport(host: host, port: port, state: state, part: listener)
    }
  }

  private static func listener(at port: Int, on host: Host, isEncryptedInside: Bool) -> ComponentKind? {
    switch port {
    case 80: return host.isBalancer ? .haproxy : host.nginx != nil ? .nginx : nil
    case 443:
      if host.tls != nil { return .haproxy }
      return host.nginx != nil && isEncryptedInside ? .nginx : nil
    case 8000: return host.app != nil ? .app : nil
    case 3306: return host.mysql != nil ? .mysql : nil
    case 9100: return host.monitor?.way == .pull ? .monitor : nil
    default: return nil
    }
  }

  /// Returns whether a host's firewall allows a connection to a port, even if packets cannot reach the host.
  /// True if the host has no firewall.
  public func firewall(of host: String, allows vantage: Vantage, at port: Port) -> Bool {
    let site = wired.site
    guard let place = site.topology.place(of: host) else { return false }
    return site.firewallAllows(vantage, to: site.network.hostAt[place], at: port)
  }

  /// Returns whether a host's firewall allows the operators to connect to its agent. True if the host has no
  /// firewall.
  public func firewallLetsOperators(in host: String) -> Bool {
    let site = wired.site
    guard let place = site.topology.place(of: host) else { return false }
    return site.network.firewalls.allow(.operators, to: site.network.hostAt[place], at: .agent)
  }
}

extension SiteState {
  fileprivate func state(of port: Int, at place: Int, _ listener: ComponentKind?, from vantage: Vantage)
    -> PortState
  {
    let host = network.hostAt[place]
    guard reaches(host, from: vantage), firewallAllows(vantage, to: host, at: .tcp(port)) else {
      return .filtered
    }
    guard let listener else { return .closed }
    let id = network.hosts[host][listener]
    guard id.exists else {
      let agent = Address(topology[place].name, listener)
      return faults.at(.part(agent)).contains { $0.fault == .crash } ? .closed : .open
    }
    let component = components[id]
    guard !component.isMuted else { return .filtered }
    switch component.condition {
    case .running, .hung: return .open
    case .crashed, .removed: return .closed
    }
  }

  private func reaches(_ host: ID<HostState>, from vantage: Vantage) -> Bool {
    switch vantage {
    case .internet: return network.reachesFromInternet(host)
    case .host(let name):
      let own = self.host(named: name)
      return own.exists && network.reaches(own, host)
    }
  }

  fileprivate func firewallAllows(_ vantage: Vantage, to host: ID<HostState>, at port: Port) -> Bool {
    switch vantage {
    case .internet: return network.firewalls.allow(.stranger, to: host, at: port)
    case .host(let name):
      let own = self.host(named: name)
      return own.exists && network.firewalls.allow(own, to: host, at: port)
    }
  }
}

extension IPv4 {
  /// An address on the internet that no firewall rule names.
  fileprivate static let stranger = IPv4(198, 51, 100, 200)
}
