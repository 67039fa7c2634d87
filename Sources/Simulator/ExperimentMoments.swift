import Blueprint

/// The moments at which something changes that users cannot see. Experiments need these moments.
extension Simulation {
  /// Returns the times until each step of the serving balancer's health check of a server: the check starts,
  /// reaches the next hop, or is answered.
  ///
  /// The times cover at least one whole check. Between two of these moments, the time of a fault makes no
  /// difference to the check.
  public func checkMoments(of name: String, shouldContinue: ContinueCheck) throws(Problem) -> [Span] {
    var site = configured.site
    site.makeUnique()
    let host = site.host(named: name)
    let b = site.servingBalancer
    guard host.exists, let entry = site.balancers.entry(for: host, of: b),
      let check = site.balancers[b].check(of: entry)
    else { return [] }
    var moments: [Span] = []
    var progress = site.progress(of: check)
    // Continue until two checks have ended: the current check and the next one.
    var ends = 0
    var left = 4_096
    while ends < 2, site.clock.nextTime != nil {
      EventLoop.step(in: &site)
      left -= 1
      if left == 0 {
        left = 4_096
        guard shouldContinue(0) else { throw .interrupted }
      }
      let next = site.progress(of: check)
      guard next != progress else { continue }
      if next[0] != progress[0] { ends += 1 }
      progress = next
      let moment = site.time - time
      if moments.last != moment { moments.append(moment) }
    }
    return moments
  }

  /// Whether a server passes some of its checks and fails others. Call it only on a site that has run for a
  /// while.
  public var hasUnstableChecks: Bool {
    site.balancers.checks.ids.contains { check in
      let fall = site.balancers[site.balancers.checks[check].balancer].settings.fall
      let streak = site.balancers.checks[check].streak
      // A server in maintenance is not checked, so its streak may be 0.
      return streak > 0 && Int(streak) < fall
    }
  }

  // MARK: Applications that nginx skips

  /// The most applications that have failed to answer the same nginx, if it has several. An application that
  /// refuses connections does not count, because a refusal costs users no time.
  public var maxUnresponsivePeers: Int {
    site.network.hosts.ids.map { site.unresponsivePeers(nginxOn: $0).count }.max() ?? 0
  }

  /// Returns the time until nginx tries a skipped application again: the first one, or the last one if `last`
  /// is true. The result is nil if no application is skipped.
  public func timeUntilRetry(last: Bool) -> Span? {
    let pauses = site.network.hosts.ids.flatMap { host in
      site.unresponsivePeers(nginxOn: host).compactMap { peer -> Int64? in
        let settings = WebServer.settings(of: host, in: site)
        let left = peer.checked - site.clock.now + settings.failTimeout.nanoseconds + 1
        return settings.maxFails > 0 && peer.fails >= settings.maxFails && left > 0 ? left : nil
      }
    }
    return (last ? pauses.max() : pauses.min()).map { Span(nanoseconds: $0) }
  }
}

extension SiteState {
  /// Returns numbers that change with each step of a check: its generation, and the phases of its calls.
  fileprivate func progress(of id: ID<HealthCheck>) -> [Int64] {
    let check = balancers.checks[id]
    var progress = [Int64(check.generation), check.isConnecting ? 1 : 0]
    var call = check.pendingCall
    while call.exists, progress.count < 16 {
      let one = inFlight.calls[call]
      progress += [Int64(call.raw), Int64(one.generation), Int64(one.phase.rawValue)]
      call = one.pendingCall
    }
    return progress
  }

  fileprivate func unresponsivePeers(nginxOn host: ID<HostState>) -> [UpstreamPeer] {
    let nginx = network.hosts[host].nginx
    guard !network.hosts[host].isRemoved, nginx.exists, components[nginx].upstream.exists else { return [] }
    return upstreams[components[nginx].upstream].peers.filter {
      $0.fails > 0 && contact($0.component, from: host) != .refused
    }
  }
}
