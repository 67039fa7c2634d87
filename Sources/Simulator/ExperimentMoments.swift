import Blueprint

/// Moments that matter for experiments: something changes then that users cannot see yet.
extension Simulation {
  /// Returns how long it is until each change in the serving balancer's check of a server, through one whole check: it
  /// starts, gets a hop further, is answered. Failures between two of these moments meet the same check at the same hop.
  public func checkMoments(of name: String, shouldContinue: ContinueCheck) throws(Problem) -> [Span] {
    var site = wired.site
    site.own()
    let host = site.host(named: name)
    let b = site.servingBalancer
    guard host.exists, let entry = site.balancers.entry(for: host, of: b),
      let check = site.balancers[b].check(of: entry)
    else { return [] }
    var moments: [Span] = []
    var progress = site.progress(of: check)
    // From the end of the check that is running to the end of the next.
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

  /// Whether some server passes some of its checks and fails others, on a site that had time to settle.
  public var checksWaver: Bool {
    site.balancers.checks.ids.contains { check in
      let fall = site.balancers[site.balancers.checks[check].balancer].settings.fall
      let streak = site.balancers.checks[check].streak
      // A server in maintenance is not checked.
      return streak > 0 && Int(streak) < fall
    }
  }

  // MARK: Applications that nginx skips

  /// The most applications that have not answered an nginx that has others to ask. An application that refuses connections
  /// does not count, because it costs users no time.
  public var mostUnanswering: Int {
    site.network.hosts.ids.map { site.unanswering(nginxOn: $0).count }.max() ?? 0
  }

  /// Returns how long it is until the first of the applications that nginx skips is asked again, or the last; nil if none
  /// is skipped.
  public func untilAskedAgain(last: Bool) -> Span? {
    let pauses = site.network.hosts.ids.flatMap { host in
      site.unanswering(nginxOn: host).compactMap { peer -> Int64? in
        let settings = WebServer.settings(of: host, in: site)
        let left = peer.checked - site.clock.now + settings.failTimeout.nanoseconds + 1
        return settings.maxFails > 0 && peer.fails >= settings.maxFails && left > 0 ? left : nil
      }
    }
    return (last ? pauses.max() : pauses.min()).map { Span(nanoseconds: $0) }
  }
}

extension SiteState {
  /// The turn of a check, and those of the calls that it waits for.
  fileprivate func progress(of id: ID<HealthCheck>) -> [Int64] {
    let check = balancers.checks[id]
    var progress = [Int64(check.turn), check.isConnecting ? 1 : 0]
    var call = check.child
    while call.exists, progress.count < 16 {
      let one = inFlight.calls[call]
      progress += [Int64(call.raw), Int64(one.turn), Int64(one.phase.rawValue)]
      call = one.child
    }
    return progress
  }

  fileprivate func unanswering(nginxOn host: ID<HostState>) -> [UpstreamPeer] {
    let nginx = network.hosts[host].nginx
    guard !network.hosts[host].isRemoved, nginx.exists, components[nginx].upstream.exists else { return [] }
    return upstreams[components[nginx].upstream].peers.filter {
      $0.fails > 0 && contact($0.component, from: host) != .refused
    }
  }
}
