import Blueprint

/// Configures the site after a change: every program reads the new configuration and gets its connections.
///
/// Balancers get their servers, web servers their applications, and replicas their source.
enum SiteConfiguration {
  /// Makes the programs read their configuration, if it has changed.
  static func configure(_ site: inout SiteState) {
    guard site.needsConfiguration else { return }
    site.needsConfiguration = false
    site.upstreams.sharedApplications = site.topology.sharedApplications.map {
      site.network.hosts[site.network.hostIDs[$0]].app
    }
    DatabaseReplication.configure(in: &site)
    for index in site.topology.hosts.indices { configureComponents(at: index, in: &site) }
    Protections.makeFirewalls(in: &site)
    configureBalancers(in: &site)
    DatabaseReplication.update(in: &site)
    MetricsCollector.configure(in: &site)
  }

  // MARK: Components

  private static func configureComponents(at index: Int, in site: inout SiteState) {
    let host = site.network.hostIDs[index]
    if site[host].nginx.exists { configureUpstream(of: host, in: &site) }
    for kind in site.topology[index].parts {
      let component = site[host][kind]
      if component.exists { Dispatcher.configure(component, from: site.topology[index], in: &site) }
    }
  }

  /// Sets the list of applications for an nginx that has several. The recorded failures of each application
  /// are kept.
  private static func configureUpstream(of host: ID<HostState>, in site: inout SiteState) {
    let (nginx, app) = (site[host].nginx, site[host].app)
    let targets = (app.exists ? [app] : []) + site.upstreams.sharedApplications
    let upstream = site[nginx].upstream
    guard targets.count > 1 else {
      site[nginx].upstream = .none
      return
    }
    let known = upstream.exists ? site.upstreams[upstream].peers : []
    let peers = targets.map { target in
      known.first { $0.component == target } ?? UpstreamPeer(component: target)
    }
    if upstream.exists {
      site.upstreams[upstream].peers = peers
    } else {
      site[nginx].upstream = site.upstreams.add(Upstream(peers: peers))
    }
  }

  // MARK: Balancers

  private static func configureBalancers(in site: inout SiteState) {
    let old = site.balancers
    let known = old.ids.map { HealthChecker.health(of: $0, site[$0].settings, in: site) }
    for call in site.inFlight.calls.ids {
      if case .check = site[call].caller { site[call].caller = .none }
    }
    site.balancers.removeAll()
    let backends = site.topology.backends
    for index in site.topology.balancers {
      guard let settings = site.topology[index].haproxy else { continue }
      let before = old.balancer(on: site.network.hostIDs[index])
      let b = addBalancer(at: index, settings, inFrontOf: backends, in: &site)
      HealthChecker.restart(of: b, keeping: before.map { known[$0.index] } ?? [:], in: &site)
      keepMarkedDown(b, in: &site)
      if let before { site[b].generator = old[before].generator }
    }
    if !old.isEmpty { keepRequests(of: old, in: &site) }
    for b in site.balancers.ids where site[b].queue.count > 0 {
      for entry in site[b].entries { BalancerQueues.empty(into: entry, of: b, in: &site) }
    }
    AddressTakeover.configure(in: &site)
  }

  private static func addBalancer(
    at index: Int, _ settings: HAProxy, inFrontOf backends: [Int], in site: inout SiteState
  ) -> ID<Balancer> {
    let host = site.network.hostIDs[index]
    let balancer = Balancer(
      settings: settings,
      pool: Balancer.makeServerPool(settings, of: backends.map { site.topology[$0].serverSettings }),
      component: site[host][.haproxy], host: host, firstEntry: site.balancers.entries.nextID,
      entryCount: backends.count)
    let entries = backends.map { backend in
      let host = site.network.hostIDs[backend]
      return BalancerEntry(host: host, frontComponent: site.network.hosts[host].frontComponent)
    }
    site.balancers.append(balancer, entries)
    let b = ID<Balancer>(site.balancers.count - 1)
    Protections.updateCertificate(of: b, in: &site)
    setTimers(of: b, in: &site)
    return b
  }

  static func setTimers(of b: ID<Balancer>, in site: inout SiteState) {
    let settings = site[b].settings
    site[b].timers.connect = site.timerQueue(settings.timeoutConnect)
    site[b].timers.server = site.timerQueue(settings.timeoutServer)
    site[b].timers.queue = site.timerQueue(settings.timeoutQueue ?? settings.timeoutConnect)
    site[b].timers.pause = site.timerQueue(min(settings.timeoutConnect, .seconds(1)))
  }

  /// Keeps servers DOWN that were DOWN before.
  private static func keepMarkedDown(_ b: ID<Balancer>, in site: inout SiteState) {
    for entry in site[b].entries {
      guard let check = site[b].check(of: entry) else { continue }
      let isDown = site[check].health < Int32(site[b].settings.rise)
      if isDown { site[b].pool.setDown(site[b].index(of: entry), true) }
    }
  }

  /// Transfers the requests in flight to the new configuration.
  private static func keepRequests(of old: Balancers, in site: inout SiteState) {
    for b in site.balancers.ids {
      guard let before = old.balancer(of: site[b].component) else { continue }
      for oldEntry in old[before].entries {
        guard let entry = site.balancers.entry(for: old.entries[oldEntry].host, of: b) else { continue }
        site[entry].total = old.entries[oldEntry].total
      }
    }
    for request in site.inFlight.requests.ids
    where site[request].balancer.exists && site[request].phase != .free {
      guard let b = site.balancers.balancer(of: old[site[request].balancer].component) else {
        // The request's balancer was removed, and has closed the connection.
        site[request].balancer = .none
        site[request].server.entry = .none
        continue
      }
      let oldEntry = site[request].server.entry
      let host = oldEntry.exists ? old.entries[oldEntry].host : .none
      let entry = oldEntry.exists ? site.balancers.entry(for: host, of: b) : nil
      site[request].balancer = b
      site[request].server.avoided = .none
      if oldEntry.exists, entry == nil, site[request].phase != .queuedForOne { site[host].inFlight -= 1 }
      site[request].server.entry = entry ?? .none
      transfer(request, to: entry, in: &site)
    }
  }

  private static func transfer(
    _ request: ID<Request>, to entry: ID<BalancerEntry>?, in site: inout SiteState
  ) {
    let phase = site[request].phase
    switch phase {
    case .queuedForAny: BalancerQueues.append(request, of: nil, in: &site)
    case .queuedForOne: BalancerQueues.append(request, of: entry, in: &site)
    case .free, .connectingToSite, .atBalancer, .connecting, .pausing, .answering, .held, .answered,
      .responseNotDelivered:
      let b = site[request].balancer
      if let entry {
        if !site[request].server.isUncounted { site[b].pool.requestStarted(site[b].index(of: entry)) }
      } else if phase == .connecting || phase == .pausing {
        // The request's server was removed, so the balancer chooses again.
        site[request].generation &+= 1
        LoadBalancer.choose(request, in: &site)
      } else if phase == .held {
        LoadBalancer.received(Response(code: .reset), for: request, in: &site)
      }
    }
  }
}
