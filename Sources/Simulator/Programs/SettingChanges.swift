import Blueprint

/// Applies changed settings to the running programs.
enum SettingChanges {
  static func apply(_ setting: Setting, at index: Int, in site: inout SiteState) {
    switch setting.owner {
    case .server: applyServer(setting.name, at: index, in: &site)
    case .site: if setting.name == .seed { site.generator = RandomGenerator(seed: site.topology.site.seed) }
    case .database:
      DatabaseReplication.settle(in: &site)
      // If a configuration is pending, it will apply these settings.
      guard !site.needsConfiguration else { return }
      DatabaseReplication.configure(in: &site)
      DatabaseReplication.update(in: &site)
    case .component(.monitor): MetricsCollector.configure(in: &site)
    case .component(.certificate):
      for b in site.balancers.ids { Protections.updateCertificate(of: b, in: &site) }
    case .component(let kind): apply(to: site[site.network.hostIDs[index]][kind], at: index, in: &site)
    }
  }

  private static func apply(to component: ID<Component>, at index: Int, in site: inout SiteState) {
    let kind = site[component].kind
    if let work = site.topology[index][work: kind] {
      site[component].settings = ServiceSettings(work, keepsWorker: site[component].settings.keepsWorker)
      Workers.startWaiting(at: component, in: &site)
    }
    if let b = site.balancers.balancer(of: component), let settings = site.topology[index].haproxy {
      applyBalancer(b, settings, in: &site)
    }
    Dispatcher.configure(component, from: site.topology[index], in: &site)
  }

  // MARK: Balancers

  private static func applyBalancer(_ b: ID<Balancer>, _ settings: HAProxy, in site: inout SiteState) {
    let old = site[b].settings
    if settings.allBackups != old.allBackups { site[b].pool.setAllBackups(settings.allBackups) }
    site[b].settings = settings
    SiteConfiguration.setTimers(of: b, in: &site)
    HealthChecker.settingsChanged(of: b, from: old, in: &site)
    AddressTakeover.update(in: &site)
  }

  private static func applyServer(_ name: Setting.Name, at index: Int, in site: inout SiteState) {
    let serverSettings = site.topology[index].serverSettings
    let host = site.network.hostIDs[index]
    for b in site.balancers.ids {
      guard let entry = site.balancers.entry(for: host, of: b) else { continue }
      let server = site[b].index(of: entry)
      switch name {
      case .weight: site[b].pool.setWeight(server, serverSettings.weight)
      case .state: setState(of: entry, b, to: serverSettings.state, in: &site)
      case .maxconn:
        site[b].pool.setMaxconn(server, serverSettings.maxconn ?? 0)
        BalancerQueues.empty(into: entry, of: b, in: &site)
      default: site.needsConfiguration = true
      }
    }
  }

  private static func setState(
    of entry: ID<BalancerEntry>, _ b: ID<Balancer>, to state: ServerState, in site: inout SiteState
  ) {
    let before = site[b].server(entry).state
    site[b].pool.setState(site[b].index(of: entry), state)
    if before == .maint, state != .maint { HealthChecker.setBarelyUp(entry, of: b, in: &site) }
    if before == .maint, state == .ready { BalancerQueues.refill(entry, of: b, in: &site) }
    if state != .ready { BalancerQueues.redistribute(entry, of: b, in: &site) }
  }
}
