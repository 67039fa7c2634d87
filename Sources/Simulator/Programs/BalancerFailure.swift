import Blueprint

/// What happens to requests when a haproxy process ends, starts or resumes.
enum BalancerFailure {
  /// Handles the end of a haproxy process. If `isNoticed`, its users see their connections closed; otherwise
  /// they receive nothing.
  static func processEnded(_ component: ID<Component>, isNoticed: Bool, in site: inout SiteState) {
    guard let b = site.balancers.balancer(of: component) else { return }
    let isNoticed = isNoticed && site.reachesUsers(b)
    var lost = 0
    for request in site.inFlight.requests.ids where site[request].balancer == b {
      switch site[request].phase {
      case .free, .connectingToSite, .responseNotDelivered: continue
      case .atBalancer, .queuedForAny, .queuedForOne, .connecting, .pausing, .answering, .held, .answered:
        break
      }
      LoadBalancer.abandonPendingCall(of: request, in: &site)
      let entry = site[request].server.entry
      let wasAssigned = entry.exists && site[request].phase != .queuedForOne
      if wasAssigned { site[site[entry].host].inFlight -= 1 }
      site[request].server.entry = .none
      site[request].generation &+= 1
      site[request].phase = .responseNotDelivered
      if !site[request].user.isWaiting {
        site.inFlight.free(request)
      } else if isNoticed {
        closeConnection(of: request, &lost, in: &site)
      }
    }
    reportLost(lost, by: b, in: &site)
  }

  /// Handles the start of a haproxy process. Every server has its configured state, and counts as UP until a
  /// check fails.
  static func processStarted(_ component: ID<Component>, in site: inout SiteState) {
    guard let b = site.balancers.balancer(of: component) else { return }
    var lost = 0
    for request in site.inFlight.requests.ids
    where site[request].balancer == b && site[request].phase == .responseNotDelivered
      && site[request].user.isWaiting
    {
      closeConnection(of: request, &lost, in: &site)
    }
    reportLost(lost, by: b, in: &site)
    let servers = site.topology.backends.map { site.topology.hosts[$0].serverSettings }
    site[b].pool = Balancer.makeServerPool(site[b].settings, of: servers)
    site[b].generator = Xorshift32()
    site[b].queue = RequestQueue()
    for entry in site[b].entries { site[entry].queue = RequestQueue() }
    HealthChecker.restart(of: b, in: &site)
  }

  /// Handles the end of a freeze: the process forwards pending answers, and handles the timers that have
  /// ended in the meantime.
  static func processResumed(_ component: ID<Component>, in site: inout SiteState) {
    guard let b = site.balancers.balancer(of: component) else { return }
    for request in site.inFlight.requests.ids
    where site[request].balancer == b && site[request].phase != .free {
      if site[request].phase == .answered {
        LoadBalancer.received(site[request].pending, for: request, in: &site)
      } else if site[request].isOverdue {
        site[request].isOverdue = false
        LoadBalancer.timedOut(request, in: &site)
      }
    }
  }

  /// Handles the move of users' packets to another balancer. The existing connections are lost, because the
  /// other balancer has no record of them.
  static func usersMoved(from old: ID<Balancer>, to b: ID<Balancer>, in site: inout SiteState) {
    var lost = 0
    for request in site.inFlight.requests.ids
    where site[request].balancer == old && site[request].user.isWaiting {
      switch site[request].phase {
      case .free, .connectingToSite: continue
      case .responseNotDelivered: closeConnection(of: request, &lost, in: &site)
      case .atBalancer, .queuedForAny, .queuedForOne, .connecting, .pausing, .answering, .held, .answered:
        // The old balancer still handles the request, but its user no longer waits for the answer.
        loseConnection(of: request, &lost, in: &site)
        // A held request ends here, because it was still waiting for its user.
        if site[request].phase == .held {
          LoadBalancer.releaseSlot(request, in: &site)
          site.inFlight.free(request)
        }
      }
    }
    reportLost(lost, by: old, cause: site.name(of: b), in: &site)
  }

  private static func closeConnection(of request: ID<Request>, _ lost: inout Int, in site: inout SiteState) {
    loseConnection(of: request, &lost, in: &site)
    site.inFlight.free(request)
  }

  private static func loseConnection(of request: ID<Request>, _ lost: inout Int, in site: inout SiteState) {
    lost += 1
    site.records.tally.lostConnections += 1
    site.records.lostConnections += 1
    Client.conclude(request, .refused, in: &site)
  }

  private static func reportLost(
    _ lost: Int, by b: ID<Balancer>, cause: String = "", in site: inout SiteState
  ) {
    if lost > 0 { site.report(site.name(of: b), .connectionsLost(lost), cause: cause) }
  }
}
