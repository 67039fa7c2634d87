import Blueprint

/// The workers of a component. A call arrives, waits for a worker, is served, and is answered.
///
/// What happens after a worker has served a call depends on the component's program; see `Dispatcher`.
enum Workers {
  // MARK: Calls

  /// Connects to another component for a call. Sends it a call if it accepts the connection.
  ///
  /// Starts the timer for the answer, or for the connection if nothing comes back.
  static func send(_ call: ID<ServiceCall>, to target: ID<Component>, in site: inout SiteState) -> Contact {
    let component = site[call].component
    site[call].pendingCall = .none
    let contact = site.contact(target, from: site[component].host)
    site.trace(.contacted(target, contact), of: call)
    switch contact {
    case .accepted:
      let pendingCall = newCall(at: target, for: call, in: &site)
      site.clock.start(.call, call, generation: site[call].generation, in: site[component].answerTimer)
      enter(pendingCall, in: &site)
    case .refused: break
    case .silence:
      site.clock.start(.call, call, generation: site[call].generation, in: site[component].connectTimer)
    }
    return contact
  }

  /// Creates a call to a component, with another call as its caller.
  @inline(__always)
  private static func newCall(
    at component: ID<Component>, for caller: ID<ServiceCall>, in site: inout SiteState
  ) -> ID<ServiceCall> {
    let kind = site[caller].kind
    let call = site.inFlight.newCall(at: component, kind, from: .call(caller), at: site.clock.now)
    site[call].request = site[caller].request
    site[call].requestNumber = site[caller].requestNumber
    site[call].isTraced = site[caller].isTraced
    if kind.isHealthCheck { site[component].counts.healthChecks &+= 1 }
    site[caller].pendingCall = call
    return call
  }

  /// Creates a call to a component, with a request as its caller.
  @inline(__always)
  static func newCall(
    at component: ID<Component>, for request: ID<Request>, in site: inout SiteState
  ) -> ID<ServiceCall> {
    let kind = site[request].kind
    let call = site.inFlight.newCall(at: component, kind, from: .request(request), at: site.clock.now)
    site[call].request = request
    site[call].requestNumber = site[request].number
    site[call].isTraced = site[request].recording.isTraced
    return call
  }

  /// Creates a call to a component, with a health check as its caller.
  static func newCall(
    at component: ID<Component>, _ kind: CallKind, for check: ID<HealthCheck>, in site: inout SiteState
  ) -> ID<ServiceCall> {
    let call = site.inFlight.newCall(at: component, kind, from: .check(check), at: site.clock.now)
    site[call].request = .none
    site[call].requestNumber = 0
    site[call].isTraced = false
    site[component].counts.healthChecks &+= 1
    site[check].pendingCall = call
    return call
  }

  /// Stops waiting for the answer to a call. The component continues its work, unless its program stops when
  /// the caller is gone.
  static func abandon(_ call: ID<ServiceCall>, in site: inout SiteState) {
    site[call].caller = .none
    if site[call].phase == .waiting { Dispatcher.abandoned(call, in: &site) }
  }

  static func abandonPendingCall(of call: ID<ServiceCall>, in site: inout SiteState) {
    let pendingCall = site[call].pendingCall
    if pendingCall.exists { abandon(pendingCall, in: &site) }
    site[call].pendingCall = .none
  }

  // MARK: Queue

  /// Handles the arrival of a call: it is served at once, or waits for a worker.
  static func enter(_ call: ID<ServiceCall>, in site: inout SiteState) {
    let component = site[call].component
    site.trace(.arrived(waiting: site[component].queue.waiting), of: call)
    if site[component].hasFreeWorker {
      // Service that takes no time ends at once, without a scheduled event.
      let duration = start(call, at: component, in: &site)
      if duration > 0 {
        site.clock.schedule(.served, call, generation: site[call].generation, in: duration)
      } else {
        Dispatcher.served(call, in: &site)
      }
    } else {
      site[component].queue.append(call, in: site.inFlight.calls, at: site.clock.now)
    }
    site[component].queue.updatePeak()
  }

  /// Gives the call to a worker, and returns how long the service takes, in nanoseconds.
  @inline(__always)
  private static func start(_ call: ID<ServiceCall>, at component: ID<Component>, in site: inout SiteState)
    -> Int64
  {
    site[component].queue.change(busy: 1, at: site.clock.now)
    site[component].counts.waitTime += Double(site.clock.now - site[call].since)
    site[component].counts.started += 1
    site[call].phase = .serving
    site.trace(.started, of: call)
    let mean = Dispatcher.cost(of: call, in: site)
    let slowness = site[component].slowness
    guard mean > 0 else { return slowness }
    switch site.topology.site.service {
    case .constant: return slowness + mean
    case .exponential: return slowness + site.generator.exponential(mean: mean)
    }
  }

  /// Frees a worker, which takes the next call.
  static func freeWorker(of component: ID<Component>, in site: inout SiteState) {
    site[component].queue.change(busy: -1, at: site.clock.now)
    if site[component].queue.waiting > 0 { startWaiting(at: component, in: &site) }
  }

  /// Gives waiting calls to the free workers.
  static func startWaiting(at component: ID<Component>, in site: inout SiteState) {
    while site[component].queue.waiting > 0, site[component].hasFreeWorker {
      let call = site[component].queue.removeFirst(in: site.inFlight.calls, at: site.clock.now)
      let duration = start(call, at: component, in: &site)
      site.clock.schedule(.served, call, generation: site[call].generation, in: duration)
    }
  }

  // MARK: Answers

  /// Answers and ends the call. The caller gets the answer if packets reach its host.
  static func answer(_ call: ID<ServiceCall>, _ response: Response, in site: inout SiteState) {
    let component = site[call].component
    let caller = site[call].caller
    site.trace(.answered(code: Int32(response.code.rawValue)), of: call)
    site.inFlight.free(call)
    if response.code == .ok { site[component].counts.served += 1 } else { site[component].counts.failed += 1 }
    guard !site[component].isCutOff else { return }
    let host = site[component].host
    var response = response
    if !response.server.exists { response.server = host }
    switch caller {
    case .none: break
    case .request(let request):
      let balancer = site[site[request].balancer].host
      if site.network.reaches(host, balancer) { LoadBalancer.received(response, for: request, in: &site) }
    case .call(let parent):
      let parentHost = site[site[parent].component].host
      if site.network.reaches(host, parentHost) { Dispatcher.received(response, for: parent, in: &site) }
    case .check(let check):
      let balancer = site[site[check].balancer].host
      if site.network.reaches(host, balancer) { HealthChecker.received(response, for: check, in: &site) }
    }
  }
}
