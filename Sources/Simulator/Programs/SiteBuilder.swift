import Blueprint

/// Performs changes to the topology: adds and removes hosts and components, and applies settings.
enum SiteBuilder {
  static func perform(_ change: Change, in site: inout SiteState) throws(Problem) {
    switch change {
    case .set(let key, let target, _):
      let place = try site.topology.place(of: key, at: target)
      // A server's setting takes effect in the running balancers, so they must be wired first.
      if key.owner == .server { SiteWiring.wire(&site) }
      _ = try site.topology.apply(change)
      SettingChanges.apply(key, at: place, in: &site)
    case .remove(let address): try remove(address, change, in: &site)
    case .addBalancer, .addServer:
      for place in try site.topology.apply(change) { addHost(at: place, in: &site) }
    case .addFirewall:
      let places = try site.topology.apply(change)
      if !site.needsWiring { Protections.updateFirewalls(at: places, in: &site) }
    case .addMonitor:
      _ = try site.topology.apply(change)
      if !site.needsWiring { MetricsCollector.arrange(in: &site) }
    // For these changes, the balancers must read their configuration again.
    case .addTLS, .algorithm, .serveServers, .serveBalancers:
      _ = try site.topology.apply(change)
      site.needsWiring = true
    }
  }

  static func addHost(at place: Int, in site: inout SiteState) {
    let host = site.topology[place]
    var state = HostState()
    let id = site.network.hosts.nextID
    for kind in host.parts {
      if let work = host[work: kind] {
        state[kind] = site.components.nextID
        site.components.append(Component(kind: kind, host: id, work: work))
      }
    }
    if !host.hasFiles { state.release = .none }
    site.network.add(state, name: host.name)
    site.records.tally.addHost()
    site.needsWiring = true
  }

  // MARK: Removing hosts and components

  private static func remove(_ address: Address, _ change: Change, in site: inout SiteState) throws(Problem) {
    let places = try site.topology.apply(change)
    let touched = site.faults.concerning([address.host])
    let topology = site.topology
    site.faults.remove(touched.filter { isGone($0.target, with: address, in: topology) })
    for place in places {
      if let kind = address.part {
        Dispatcher.removed(kind, at: place, in: &site)
      } else {
        removeHost(at: place, in: &site)
      }
    }
  }

  /// Returns whether the target of a fault was removed together with this host or component. A certificate is
  /// removed with its haproxy.
  private static func isGone(_ target: FaultTarget, with address: Address, in topology: Topology) -> Bool {
    switch target {
    case .link: return address.part == nil && target.concerns(host: address.host)
    case .part(let part):
      if part == address || (address.part == nil && part.host == address.host) { return true }
      guard let kind = part.part else { return false }
      return topology.host(named: part.host)?.has(kind) != true
    }
  }

  /// Stops a component that serves requests, or removes the code base.
  static func removeComponent(_ kind: ComponentKind, at place: Int, in site: inout SiteState) {
    let host = site.network.hostAt[place]
    stop(site[host][kind], in: &site)
    site[host][kind] = .none
    if kind == .files { site[host].release = .none }
    site.needsWiring = true
  }

  private static func removeHost(at place: Int, in site: inout SiteState) {
    let host = site.network.hostAt[place]
    for kind in ComponentKind.allCases { stop(site[host][kind], in: &site) }
    site.network.removeHost(at: place)
    site.needsWiring = true
  }

  private static func stop(_ component: ID<Component>, in site: inout SiteState) {
    if component.exists { ProcessLifecycle.remove(component, in: &site) }
  }
}
