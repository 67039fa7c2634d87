import Blueprint

/// Removes the requests and health checks that would disturb a measurement.
enum InFlightRemoval {
  /// Removes everything in flight except held requests.
  static func removeOthers(in site: inout SiteState) {
    for check in site.balancers.checks.ids {
      site[check].generation = 0
      site[check].pendingCall = .none
    }
    for component in site.components.ids { site[component].queue.removeAll(at: site.clock.now) }
    for call in site.inFlight.calls.ids where site[call].phase != .free { site.inFlight.free(call) }
    let leaving = site.inFlight.requests.ids.filter {
      site[$0].phase != .free && !site[$0].user.isHeld
    }
    for request in leaving where site[request].isQueued { BalancerQueues.leave(request, in: &site) }
    for request in leaving {
      LoadBalancer.releaseSlot(request, in: &site)
      site.inFlight.free(request)
    }
  }
}
