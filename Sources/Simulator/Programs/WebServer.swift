import Blueprint

/// nginx: answers requests for static files, and forwards all others to an application.
enum WebServer {
  static func served(_ call: ID<ServiceCall>, in site: inout SiteState) {
    if case .none = site[call].caller { return drop(call, in: &site) }
    let host = site[site[call].component].host
    switch site[call].kind {
    case .static:
      let code: Response.Code = site[host].release.lacksFiles ? .notFound : .ok
      Workers.answer(call, Response(code: code), in: &site)
    case .checkNginx: Workers.answer(call, Response(code: .ok), in: &site)
    case .read, .write, .checkApp, .checkDatabase:
      site[call].phase = .waiting
      forward(call, in: &site)
    }
  }

  /// Handles the answer of the application.
  static func received(_ response: Response, for call: ID<ServiceCall>, in site: inout SiteState) {
    switch response.code {
    case .reset: applicationFailed(call, .badGateway, wasSent: true, in: &site)
    case .ok, .notFound, .serverError, .badGateway, .gatewayTimeout, .readOnly, .tooMany, .tableFull:
      let upstream = site[site[call].component].upstream
      if upstream.exists { site.upstreams[upstream].noteSuccess(site[call].target) }
      Workers.answer(call, response, in: &site)
    }
  }

  static func timedOut(_ call: ID<ServiceCall>, in site: inout SiteState) {
    let wasSent = site[call].pendingCall.exists
    Workers.abandonPendingCall(of: call, in: &site)
    site.trace(.timedOut, of: call)
    applicationFailed(call, .gatewayTimeout, wasSent: wasSent, in: &site)
  }

  /// Handles a caller that has stopped waiting: nginx gives up too.
  static func abandoned(_ call: ID<ServiceCall>, in site: inout SiteState) {
    let pendingCall = site[call].pendingCall
    if pendingCall.exists { Workers.abandon(pendingCall, in: &site) }
    drop(call, in: &site)
  }

  static func configure(_ component: ID<Component>, from host: Host, in site: inout SiteState) {
    guard let nginx = host.nginx else { return }
    // If nginx has only the application on its own host, nginx's default timeout applies. haproxy's timeout
    // then ends first.
    let isProxy = site[component].upstream.exists || host.app == nil
    let usual = Span.seconds(isProxy ? 1 : 60)
    site[component].connectTimer = site.timerQueue(nginx.timeoutConnect ?? usual)
    site[component].answerTimer = site.timerQueue(nginx.timeoutRead ?? usual)
  }

  private static func drop(_ call: ID<ServiceCall>, in site: inout SiteState) {
    site[site[call].component].counts.failed += 1
    site.inFlight.free(call)
  }

  // MARK: Applications

  /// Forwards the call to an application: the only one, or the next in turn.
  @inline(__always)
  private static func forward(_ call: ID<ServiceCall>, in site: inout SiteState) {
    let host = site[site[call].component].host
    guard let target = application(for: call, on: host, in: &site) else {
      site.trace(.noServerFound, of: call)
      return Workers.answer(call, Response(code: .badGateway), in: &site)
    }
    site[call].target = target
    if Workers.send(call, to: target, in: &site) == .refused {
      applicationFailed(call, .badGateway, wasSent: false, in: &site)
    }
  }

  @inline(__always)
  private static func application(
    for call: ID<ServiceCall>, on host: ID<HostState>, in site: inout SiteState
  ) -> ID<Component>? {
    let upstream = site[site[call].component].upstream
    if upstream.exists { return nextPeer(of: upstream, for: call, on: host, in: &site) }
    let local = site[host].app
    return local.exists ? local : site.upstreams.sharedApplications.first
  }

  private static func nextPeer(
    of upstream: ID<Upstream>, for call: ID<ServiceCall>, on host: ID<HostState>, in site: inout SiteState
  ) -> ID<Component>? {
    let settings = settings(of: host, in: site)
    let peer = site.upstreams[upstream].pick(
      tried: site[call].tried, now: site.clock.now, maxFails: settings.maxFails,
      failTimeout: settings.failTimeout.nanoseconds)
    return peer.map { site.upstreams[upstream].peers[$0].component }
  }

  /// Returns the settings of the nginx on a host.
  @inline(__always)
  static func settings(of host: ID<HostState>, in site: SiteState) -> Nginx {
    site.topology.host(named: site.network.name(of: host))?.nginx ?? Nginx()
  }

  /// Tries the next application after a failure, or answers with an error. A write that may already be stored
  /// is not repeated.
  private static func applicationFailed(
    _ call: ID<ServiceCall>, _ code: Response.Code, wasSent: Bool, in site: inout SiteState
  ) {
    site[call].generation &+= 1
    let component = site[call].component
    let upstream = site[component].upstream
    guard upstream.exists else { return Workers.answer(call, Response(code: code), in: &site) }
    if let peer = site.upstreams[upstream].index(of: site[call].target) {
      site[call].tried |= 1 << UInt64(min(peer, 63))
      let settings = settings(of: site[component].host, in: site)
      site.upstreams[upstream].noteFailure(peer, now: site.clock.now, maxFails: settings.maxFails)
    }
    let isRepeatable = site[call].kind != .write || !wasSent
    let tried = site[call].tried
    let isLast = site.upstreams[upstream].peers.indices.allSatisfy { tried & (1 << UInt64(min($0, 63))) != 0 }
    if isRepeatable, !isLast {
      forward(call, in: &site)
    } else {
      Workers.answer(call, Response(code: code), in: &site)
    }
  }
}
