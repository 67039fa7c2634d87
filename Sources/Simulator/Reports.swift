import Blueprint

/// The reports on hosts and components.
extension Simulation {
  // MARK: Servers

  /// The servers, with their status in the balancer that users reach.
  public var serverReports: [ServerReport] {
    let site = configured.site
    guard !site.balancers.isEmpty else { return [] }
    return site.balancers[site.servingBalancer].entries.enumerated().map { (index, entry) in
      let server = site.balancers[site.servingBalancer].pool.servers[index]
      let host = site.balancers.entries[entry].host
      let (status, counter) = site.status(of: entry)
      return ServerReport(
        name: site.network.name(of: host), weight: server.weight,
        effectiveWeight: (server.effectiveWeight + 15) / 16, state: status, counter: counter,
        isBackup: server.isBackup, inFlight: site.network.hosts[host].inFlight,
        // All balancers have the same servers in the same order.
        total: site.balancers.all.reduce(0) { $0 + site.balancers.entries[$1.entry(at: index)].total })
    }
  }

  /// Returns whether the balancer that users reach marks this server UP.
  public func isUp(server name: String) -> Bool {
    let site = configured.site
    guard !site.balancers.isEmpty else { return false }
    let entry = site.balancers.entry(for: site.host(named: name), of: site.servingBalancer)
    return entry.map { site.status(of: $0).status == .up } ?? false
  }

  // MARK: Components

  public var components: [ComponentReport] {
    site.topology.hosts.flatMap { host in
      [report(of: Address(host.name))] + host.components.map { report(of: Address(host.name, $0)) }
    }
  }

  private func report(of address: Address) -> ComponentReport {
    let faults = site.faults.on(address.host).filter {
      $0.target == .component(address) || $0.target == .component(Address(address.host))
    }.map { $0.fault }
    let isExpired = address.component == .certificate && !isCertificateGood(of: address.host)
    return ComponentReport(
      address: address, faults: isExpired && !faults.contains(.expired) ? [.expired] : faults)
  }

  public var statistics: [ComponentStatistics] {
    let now = site.clock.now
    return site.servingComponents.map { (address, id) in
      let component = site.components[id]
      let (queue, counts) = (component.queue, component.counts)
      let possible = Double(max(1, now)) * Double(component.settings.workers)
      return ComponentStatistics(
        address: address, served: component.successCount, failed: counts.failed,
        utilisation: Int(queue.busyTime(at: now) * 1_000 / possible),
        workers: Int(component.settings.workers),
        waiting: Int(queue.waiting), inService: Int(queue.busy), peak: Int(queue.peak),
        meanWait: Span(nanoseconds: Int64(counts.waitTime / Double(max(1, counts.started)))),
        meanCallsInFlight: queue.presentTime(at: now) / Double(max(1, now)))
    }
  }

  /// Returns the rate of requests at a component during the last run, without health checks, in thousandths
  /// of a request per second. The result is nil if there is no such component or no time has passed.
  public func qps(of address: Address) -> Int64? {
    let run = site.records.lastRun
    guard let index = site.topology.index(of: address.host), let component = address.component,
      run.duration > 0
    else {
      return nil
    }
    let id = site.network.hosts[site.network.hostIDs[index]][component]
    guard id.exists else { return nil }
    let before = id.index < run.arrivalsBefore.count ? run.arrivalsBefore[id.index] : 0
    let arrivalCount = Int128(site.components[id].arrivals - before)
    return Int64(
      clamping: (arrivalCount * 1_000_000_000_000 + Int128(run.duration / 2)) / Int128(run.duration))
  }

  // MARK: Database

  public var databaseReports: [DatabaseReport] {
    var site = configured.site
    DatabaseReplication.settle(in: &site)
    let newest = site.cluster.newestPrimary.map { site.cluster.total(site.cluster[$0].applied) }
    return site.cluster.ids.map { i in
      let node = site.cluster[i]
      let host = site.network.hosts[node.host]
      let position = site.cluster.total(node.applied)
      let status = DatabaseReplication.status(of: i, in: site)
      let behind = node.isConnected ? newest.map { Int(max(0, $0 - position)) } : nil
      return DatabaseReport(
        name: site.name(of: i), role: node.role,
        isUp: site.components[node.component].isRunning && !host.isPoweredOff, isCutOff: !host.isOnline,
        position: Int(position), received: Int(site.cluster.total(node.received)),
        lag: Span(nanoseconds: node.lag), source: node.source.exists ? site.name(of: node.source) : nil,
        isConnected: node.isConnected, behind: node.role == .primary ? 0 : behind, io: status.io,
        secondsBehind: status.secondsBehind.map { Int($0) })
    }
  }

  // MARK: Balancers and certificates

  /// The names of the balancers that hold the shared address. Holders that users do not reach are included
  /// only if users reach none.
  public var addressHolders: [String] {
    guard site.topology.sharing == .activePassive else { return [] }
    let holders = site.pair.holders.filter { $0.index < site.balancers.count }
    let reachable = holders.filter { site.receivesUsers($0) }
    return (reachable.isEmpty ? holders : reachable).map { site.name(of: $0) }
  }

  /// Returns whether a host's certificate is valid: it has not expired and has no fault. True if the host has
  /// no certificate.
  public func isCertificateGood(of host: String) -> Bool {
    guard let tls = site.topology.host(named: host)?.tls else { return true }
    return site.clock.now < tls.validity.nanoseconds
      && site.faults.at(.component(Address(host, .certificate))).isEmpty
  }

  // MARK: Agents

  /// The monitoring agents, in the order of their hosts.
  public var agentReports: [AgentReport] {
    let site = configured.site
    return site.monitoring.agents.map { agent in
      AgentReport(
        host: site.network.name(of: agent.host), isMissed: agent.isMissed,
        lastReceived: agent.hasReported ? Span(nanoseconds: agent.lastReceived) : nil)
    }
  }
}

extension SiteState {
  /// Returns the status of a server, and a counter of its progress towards another status, if there is any.
  fileprivate func status(of entry: ID<BalancerEntry>) -> (status: ServerStatus, counter: String?) {
    let b = balancers[servingBalancer]
    switch b.server(entry).state {
    case .maint: return (.maintenance, nil)
    case .drain: return (.drain, nil)
    case .ready: break
    }
    guard let check = b.check(of: entry) else { return (.unchecked, nil) }
    let (rise, fall) = (b.settings.rise, b.settings.fall)
    let health = Int(balancers.checks[check].health)
    if health >= rise {
      let isBest = health == rise + fall - 1
      return (.up, isBest ? nil : "\(health - rise + 1)/\(fall)")
    }
    return (.down, health == 0 ? nil : "\(health)/\(rise)")
  }
}
