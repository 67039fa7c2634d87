import Blueprint

/// The workers of a component: a call arrives, waits for a worker, is served, and is answered.
///
/// What a component does with a call that is served is in its program; see `Dispatcher`.
enum Workers {
  // MARK: Calls

  /// Makes a call to a component for another call, which is then its caller.
  @inline(__always)
  static func newCall(
    at component: ID<Component>, for caller: ID<ServiceCall>, in site: inout SiteState
  ) -> ID<ServiceCall> {
    let kind = site[caller].kind
    let call = site.inFlight.newCall(at: component, kind, from: .call(caller), at: site.clock.now)
    site[call].request = site[caller].request
    site[call].requestNumber = site[caller].requestNumber
    site[call].isTraced = site[caller].isTraced
    if kind.isHealthCheck { site[component].counts.healthChecks &+= 1 }
    site[caller].child = call
    return call
  }

  /// Makes a call to a component for a request, which is then its caller.
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

  /// Makes a call to a component for a health check, which is then its caller.
  static func newCall(
    at component: ID<Component>, _ kind: CallKind, for check: ID<HealthCheck>, in site: inout SiteState
  ) -> ID<ServiceCall> {
    let call = site.inFlight.newCall(at: component, kind, from: .check(check), at: site.clock.now)
    site[call].request = .none
    site[call].requestNumber = 0
    site[call].isTraced = false
    site[component].counts.healthChecks &+= 1
    site[check].child = call
    return call
  }

  /// Ends the wait for an answer. The work goes on, unless the program notices that its caller is gone.
  static func abandon(_ call: ID<ServiceCall>, in site: inout SiteState) {
    site[call].caller = .none
    if site[call].phase == .waiting { Dispatcher.abandoned(call, in: &site) }
  }

  static func abandonChild(of call: ID<ServiceCall>, in site: inout SiteState) {
    let child = site[call].child
    if child.exists { abandon(child, in: &site) }
    site[call].child = .none
  }

  // MARK: Queue

  /// The call has arrived: it is served at once, or waits for a worker.
  static func enter(_ call: ID<ServiceCall>, in site: inout SiteState) {
    let component = site[call].component
    site.trace(.arrived(waiting: site[component].queue.waiting), of: call)
    if site[component].hasFreeWorker {
      // Work that takes no time is done at once. Only a call that had to wait is served through the calendar.
      let duration = start(call, at: component, in: &site)
      if duration > 0 {
        site.clock.schedule(.served, call, turn: site[call].turn, in: duration)
      } else {
        served(call, in: &site)
      }
    } else {
      site[component].queue.append(call, in: site.inFlight.calls, at: site.clock.now)
    }
    site[component].queue.updatePeak()
  }

  /// Gives the call to a worker, and returns how long its service takes.
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
    case .exponential: return slowness + site.draws.exponential(mean: mean)
    }
  }

  /// The component's own part of the call is done. A frozen process goes no further.
  static func served(_ call: ID<ServiceCall>, in site: inout SiteState) {
    guard site[site[call].component].isRunning else {
      site[call].phase = .frozen
      return
    }
    Dispatcher.served(call, in: &site)
  }

  /// Frees a worker, which takes the next call.
  static func freeWorker(of component: ID<Component>, in site: inout SiteState) {
    site[component].queue.change(busy: -1, at: site.clock.now)
    if site[component].queue.waiting > 0 { startWaiting(at: component, in: &site) }
  }

  /// Gives the calls that wait to the workers that are free.
  static func startWaiting(at component: ID<Component>, in site: inout SiteState) {
    while site[component].queue.waiting > 0, site[component].hasFreeWorker {
      let call = site[component].queue.removeFirst(in: site.inFlight.calls, at: site.clock.now)
      let duration = start(call, at: component, in: &site)
      site.clock.schedule(.served, call, turn: site[call].turn, in: duration)
    }
  }

  // MARK: Answers

  /// Answers the call, which ends with this. The answer reaches the caller if packets do.
  static func answer(_ call: ID<ServiceCall>, _ response: Response, in site: inout SiteState) {
    let component = site[call].component
    let caller = site[call].caller
    site.trace(.answered(code: Int32(response.code.rawValue)), of: call)
    site.inFlight.free(call)
    if response.code == .ok { site[component].counts.served += 1 } else { site[component].counts.failed += 1 }
    guard !site[component].isMuted else { return }
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
      if site.network.reaches(host, parentHost) { received(response, for: parent, in: &site) }
    case .check(let check):
      let balancer = site[site[check].balancer].host
      if site.network.reaches(host, balancer) { HealthChecker.received(response, for: check, in: &site) }
    }
  }

  /// The answer to a call's own call has arrived. A frozen process does not notice yet.
  @inline(__always)
  static func received(_ response: Response, for call: ID<ServiceCall>, in site: inout SiteState) {
    site[call].child = .none
    guard site[site[call].component].isRunning else {
      site[call].turn &+= 1
      site[call].phase = .answered
      site[call].pending = response
      return
    }
    Dispatcher.received(response, for: call, in: &site)
  }

  /// The timer of a call has ended. A frozen process does not notice yet.
  static func timedOut(_ call: ID<ServiceCall>, in site: inout SiteState) {
    guard site[site[call].component].isRunning else {
      site[call].phase = .overdue
      return
    }
    Dispatcher.timedOut(call, in: &site)
  }
}
