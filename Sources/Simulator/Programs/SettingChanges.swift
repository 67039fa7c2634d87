import Blueprint

/// Applies changed settings to the running programs.
enum SettingChanges {
  static func apply(_ key: Setting, at place: Int, in site: inout SiteState) {
    switch key.owner {
    case .server: applyServer(key.name, at: place, in: &site)
    case .site: if key.name == .seed { site.draws = Draws(seed: site.topology.site.seed) }
    case .database:
      DatabaseReplication.settle(in: &site)
      // If wiring is pending, it will apply these settings.
      guard !site.needsWiring else { return }
      DatabaseReplication.wire(in: &site)
      DatabaseReplication.update(in: &site)
    case .part(.monitor): MetricsCollector.arrange(in: &site)
    case .part(.certificate): for b in site.balancers.ids { Protections.updateCertificate(of: b, in: &site) }
    case .part(let kind): apply(to: site[site.network.hostAt[place]][kind], at: place, in: &site)
    }
  }

  private static func apply(to component: ID<Component>, at place: Int, in site: inout SiteState) {
    let kind = site[component].kind
    if let work = site.topology[place][work: kind] {
      site[component].settings = ServiceSettings(work, keepsWorker: site[component].settings.keepsWorker)
      Workers.startWaiting(at: component, in: &site)
    }
    if let b = site.balancers.balancer(of: component), let settings = site.topology[place].haproxy {
      applyBalancer(b, settings, in: &site)
    }
    Dispatcher.configure(component, from: site.topology[place], in: &site)
  }

  // MARK: Balancers

  private static func applyBalancer(_ b: ID<Balancer>, _ settings: HAProxy, in site: inout SiteState) {
    let old = site[b].settings
    if settings.allBackups != old.allBackups { site[b].farm.setAllBackups(settings.allBackups) }
    site[b].settings = settings
    SiteWiring.setTimers(of: b, in: &site)
    HealthChecker.settingsChanged(of: b, from: old, in: &site)
    AddressTakeover.update(in: &site)
  }

  private static func applyServer(_ name: Setting.Name, at place: Int, in site: inout SiteState) {
    let serving = site.topology[place].serving
    let host = site.network.hostAt[place]
    for b in site.balancers.ids {
      guard let entry = site.balancers.entry(for: host, of: b) else { continue }
      let server = site[b].place(of: entry)
      switch name {
      case .weight: site[b].farm.setWeight(server, serving.weight)
      case .state: setState(of: entry, b, to: serving.state, in: &site)
      case .maxconn:
        site[b].farm.setMaxconn(server, serving.maxconn ?? 0)
        BalancerQueues.empty(into: entry, of: b, in: &site)
      default: site.needsWiring = true
      }
    }
  }

  private static func setState(
    of entry: ID<BalancerEntry>, _ b: ID<Balancer>, to state: ServerState, in site: inout SiteState
  ) {
    let before = site[b].server(entry).state
    site[b].farm.setState(site[b].place(of: entry), state)
    if before == .maint, state != .maint { HealthChecker.trust(entry, of: b, in: &site) }
    if before == .maint, state == .ready { BalancerQueues.refill(entry, of: b, in: &site) }
    if state != .ready { BalancerQueues.redistribute(entry, of: b, in: &site) }
  }
}
