/// The changes that add firewalls, certificates and monitoring agents.
extension Topology {
  // MARK: Firewalls

  /// Adds a firewall to the host, or to every host if `name` is nil. Adds the rules to an existing firewall.
  ///
  /// Without openings, it allows what the site needs there.
  mutating func addFirewall(
    _ name: String?, _ openings: [Firewall.Opening], denying sources: [Source]
  ) throws(Problem) -> [Int] {
    for case .host(let source) in openings.map({ $0.source }) + sources where place(of: source) == nil {
      throw .unknownHost(source)
    }
    let places = try self.places(named: name)
    for place in places {
      let openings = openings.isEmpty ? neededOpenings(at: place) : openings
      // Change the firewall in place, because copying a firewall with many rules would be slow.
      self[place].firewall = self[place].firewall ?? Firewall()
      self[place].firewall?.add(openings, denying: sources)
    }
    return places
  }

  /// Returns the connections that a host must allow for the site to work.
  ///
  /// Users connect to the balancers, and balancers to the web servers. Applications and other nodes connect
  /// to a database node.
  public func neededOpenings(at place: Int) -> [Firewall.Opening] {
    let host = hosts[place]
    var needed: [Firewall.Opening] = []
    func allow(_ port: Port, _ source: Source) { needed.append(Firewall.Opening(port, from: source)) }
    if host.isBalancer {
      allow(.http, .internet)
      allow(.https, .internet)
      if balancers.count > 1 { allow(.vrrp, .carrying(.haproxy)) }
    }
    if host.nginx != nil {
      allow(.http, .carrying(.haproxy))
      allow(.https, .carrying(.haproxy))
    } else if host.app != nil {
      allow(.app, .carrying(hasWebServers ? .nginx : .haproxy))
    }
    if host.mysql != nil {
      allow(.mysql, .carrying(.app))
      allow(.mysql, .carrying(.mysql))
    }
    if host.monitor?.way == .pull { allow(.agent, .operator) }
    return needed
  }

  private var hasWebServers: Bool { hosts.contains { $0.nginx != nil } }

  private func places(named name: String?) throws(Problem) -> [Int] {
    guard let name else { return Array(hosts.indices) }
    guard let place = place(of: name) else { throw .unknownHost(name) }
    return [place]
  }

  // MARK: Certificates

  mutating func addTLS(_ name: String?, _ reach: TLS.Reach) throws(Problem) -> [Int] {
    let places = name == nil ? balancers : try self.places(named: name)
    for place in places {
      guard let haproxy = hosts[place].haproxy else { throw .notABalancer(hosts[place].name) }
      if reach == .through, haproxy.algorithm == .uri { throw .blindToPaths(hosts[place].name) }
    }
    for place in places {
      var tls = hosts[place].tls ?? TLS()
      tls.reach = reach
      self[place].tls = tls
    }
    return places
  }

  // MARK: Monitoring agents

  mutating func addMonitor(_ name: String?, _ monitor: Monitor) throws(Problem) -> [Int] {
    guard monitor.alerts.count <= Monitor.mostAlerts else {
      throw .tooMany("alerts", limit: Monitor.mostAlerts)
    }
    let places = try self.places(named: name)
    for place in places { self[place].monitor = monitor }
    return places
  }
}
