import Blueprint

/// Performs changes to the topology: adds and removes hosts and components, and applies settings.
enum SiteBuilder {
  static func perform(_ change: Change, in site: inout SiteState) throws(Problem) {
    switch change {
    case .set(let setting, _, _):
      // A server's setting takes effect in the running balancers, so they must be configured first.
      if setting.owner == .server { SiteConfiguration.configure(&site) }
      let indices = try site.topology.apply(change)
      SettingChanges.apply(setting, at: indices.first ?? -1, in: &site)
    case .remove(let address): try remove(address, change, in: &site)
    case .addBalancer, .addServer:
      for index in try site.topology.apply(change) { addHost(at: index, in: &site) }
    case .addFirewall:
      let indices = try site.topology.apply(change)
      if !site.needsConfiguration { Protections.updateFirewalls(at: indices, in: &site) }
    case .addMonitor:
      _ = try site.topology.apply(change)
      if !site.needsConfiguration { MetricsCollector.configure(in: &site) }
    // For these changes, the balancers must read their configuration again.
    case .addTLS, .algorithm, .setServerSharing, .setBalancerSharing:
      _ = try site.topology.apply(change)
      site.needsConfiguration = true
    }
  }

  static func addHost(at index: Int, in site: inout SiteState) {
    let host = site.topology[index]
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
    site.needsConfiguration = true
  }

  // MARK: Removing hosts and components

  private static func remove(_ address: Address, _ change: Change, in site: inout SiteState) throws(Problem) {
    let indices = try site.topology.apply(change)
    let touched = site.faults.concerning([address.host])
    let topology = site.topology
    site.faults.remove(touched.filter { isGone($0.target, with: address, in: topology) })
    for index in indices {
      if let kind = address.component {
        Dispatcher.removed(kind, at: index, in: &site)
      } else {
        removeHost(at: index, in: &site)
      }
    }
  }

  /// Returns whether the target of a fault was removed together with this host or component. A certificate is
  /// removed with its haproxy.
  private static func isGone(_ target: FaultTarget, with address: Address, in topology: Topology) -> Bool {
    switch target {
    case .link: return address.component == nil && target.concerns(host: address.host)
    case .component(let component):
      if component == address || (address.component == nil && component.host == address.host) { return true }
      guard let kind = component.component else { return false }
      return topology.host(named: component.host)?.has(kind) != true
    }
  }

  /// Stops a component that serves requests, or removes the code base.
  static func removeComponent(_ kind: ComponentKind, at index: Int, in site: inout SiteState) {
    let host = site.network.hostIDs[index]
    stop(site[host][kind], in: &site)
    site[host][kind] = .none
    if kind == .files { site[host].release = .none }
    site.needsConfiguration = true
  }

  private static func removeHost(at index: Int, in site: inout SiteState) {
    let host = site.network.hostIDs[index]
    for kind in ComponentKind.allCases { stop(site[host][kind], in: &site) }
    site.network.removeHost(at: index)
    site.needsConfiguration = true
  }

  private static func stop(_ component: ID<Component>, in site: inout SiteState) {
    if component.exists { ProcessLifecycle.remove(component, in: &site) }
  }
}
