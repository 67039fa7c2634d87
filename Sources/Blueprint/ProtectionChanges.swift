/// The changes that add firewalls, certificates and monitoring agents.
extension Topology {
  // MARK: Firewalls

  /// Adds a firewall to the host, or to every host if `name` is nil. If a host already has a firewall, adds
  /// the rules to it.
  ///
  /// Without openings, the firewall allows the connections that the site needs.
  mutating func addFirewall(
    _ name: String?, _ openings: [Firewall.Opening], denying sources: [Source]
  ) throws(Problem) -> [Int] {
    for case .host(let source) in openings.map({ $0.source }) + sources where index(of: source) == nil {
      throw .unknownHost(source)
    }
    let indices = try self.indices(named: name)
    for index in indices {
      let openings = openings.isEmpty ? neededOpenings(at: index) : openings
      // Change the firewall in place, because copying a firewall with many rules would be slow.
      self[index].firewall = self[index].firewall ?? Firewall()
      self[index].firewall?.add(openings, denying: sources)
    }
    return indices
  }

  /// Returns the connections that a host must allow for the site to work.
  ///
  /// Users connect to the balancers, and balancers to the web servers. Applications and other nodes connect
  /// to a database node.
  public func neededOpenings(at index: Int) -> [Firewall.Opening] {
    let host = hosts[index]
    var needed: [Firewall.Opening] = []
    func allow(_ port: Port, _ source: Source) { needed.append(Firewall.Opening(port, from: source)) }
    if host.isBalancer {
      allow(.http, .internet)
      allow(.https, .internet)
      if balancers.count > 1 { allow(.vrrp, .hostsWith(.haproxy)) }
    }
    if host.nginx != nil {
      allow(.http, .hostsWith(.haproxy))
      allow(.https, .hostsWith(.haproxy))
    } else if host.app != nil {
      allow(.app, .hostsWith(hasWebServers ? .nginx : .haproxy))
    }
    if host.mysql != nil {
      allow(.mysql, .hostsWith(.app))
      allow(.mysql, .hostsWith(.mysql))
    }
    if host.monitor?.direction == .pull { allow(.agent, .operator) }
    return needed
  }

  private var hasWebServers: Bool { hosts.contains { $0.nginx != nil } }

  private func indices(named name: String?) throws(Problem) -> [Int] {
    guard let name else { return Array(hosts.indices) }
    guard let index = index(of: name) else { throw .unknownHost(name) }
    return [index]
  }

  // MARK: Certificates

  mutating func addTLS(_ name: String?, _ reach: TLS.Reach) throws(Problem) -> [Int] {
    let indices = name == nil ? balancers : try self.indices(named: name)
    for index in indices {
      guard let haproxy = hosts[index].haproxy else { throw .notABalancer(hosts[index].name) }
      if reach == .through, haproxy.algorithm == .uri { throw .cannotReadPaths(hosts[index].name) }
    }
    for index in indices {
      var tls = hosts[index].tls ?? TLS()
      tls.reach = reach
      self[index].tls = tls
    }
    return indices
  }

  // MARK: Monitoring agents

  mutating func addMonitor(_ name: String?, _ monitor: Monitor) throws(Problem) -> [Int] {
    guard monitor.alerts.count <= Monitor.alertLimit else {
      throw .tooMany("alerts", limit: Monitor.alertLimit)
    }
    let indices = try self.indices(named: name)
    for index in indices { self[index].monitor = monitor }
    return indices
  }
}
