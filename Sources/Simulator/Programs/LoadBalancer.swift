import Blueprint

/// haproxy: reads a request, chooses a server, connects to it, and forwards its answer.
///
/// A request goes to a server through `accept`, `served`, `choose`, `assign` and `connect`. Its answer comes
/// back through `received`.
enum LoadBalancer {
  // MARK: Reading requests

  /// Accepts a user's connection and reads the request.
  @inline(__always)
  static func accept(_ request: ID<Request>, by b: ID<Balancer>, in site: inout SiteState) {
    site[request].balancer = b
    site[request].times.accepted = site.clock.now
    site[request].phase = .atBalancer
    let component = site[b].component
    // A held request, or one that takes no time to read, is read at once, without a call.
    if site[request].user.isHeld && site[component].isRunning || isImmediate(site[component]) {
      site[component].counts.served += 1
      return choose(request, in: &site)
    }
    let call = Workers.newCall(at: component, for: request, in: &site)
    Workers.enter(call, in: &site)
  }

  @inline(__always)
  private static func isImmediate(_ component: Component) -> Bool {
    component.settings.cost == 0 && component.slowness == 0 && component.hasFreeWorker
      && component.queue.waiting == 0
  }

  /// Continues after haproxy has read the request.
  static func served(_ call: ID<ServiceCall>, in site: inout SiteState) {
    let request = site[call].request
    let component = site[call].component
    site.inFlight.free(call)
    site[component].counts.served += 1
    choose(request, in: &site)
  }

  /// Handles the answer of a server.
  static func received(_ response: Response, for request: ID<Request>, in site: inout SiteState) {
    site[request].pendingCall = .none
    guard site[site[site[request].balancer].component].isRunning else {
      site[request].generation &+= 1
      site[request].phase = .answered
      site[request].pending = response
      return
    }
    switch response.code {
    case .reset: respond(request, .status(502), flags: "SH", in: &site)
    case .ok, .notFound, .serverError, .badGateway, .gatewayTimeout, .readOnly, .tooMany, .tableFull:
      respond(request, .status(Int(response.code.rawValue)), with: response, flags: "--", in: &site)
    }
  }

  /// Handles the end of the request's timer. The effect depends on what the balancer waits for.
  static func timedOut(_ request: ID<Request>, in site: inout SiteState) {
    site[request].generation &+= 1
    let b = site[request].balancer
    guard !b.exists || site[site[b].component].isRunning else {
      site[request].isOverdue = true
      return
    }
    let phase = site[request].phase
    if phase != .pausing, phase != .connectingToSite { site.trace(.timedOut, of: request) }
    switch phase {
    case .connectingToSite: Client.connect(request, in: &site)
    case .queuedForAny, .queuedForOne:
      BalancerQueues.leave(request, in: &site)
      respond(request, .status(503), flags: "sQ", in: &site)
    case .connecting: connectionFailed(request, wasRefused: false, in: &site)
    case .pausing: tryAgain(request, in: &site)
    case .answering:
      abandonPendingCall(of: request, in: &site)
      respond(request, .status(504), flags: "sH", in: &site)
    case .free, .atBalancer, .held, .answered, .responseNotDelivered: break
    }
  }

  static func abandonPendingCall(of request: ID<Request>, in site: inout SiteState) {
    let pendingCall = site[request].pendingCall
    if pendingCall.exists { Workers.abandon(pendingCall, in: &site) }
    site[request].pendingCall = .none
  }

  // MARK: Choosing a server

  /// Chooses a server or a queue for the request.
  static func choose(_ request: ID<Request>, in site: inout SiteState) {
    let b = site[request].balancer
    // Queued requests go first, even if a server is idle.
    if site[b].queue.count > 0, site[b].pool.joinsQueue, site[b].pool.hasAvailableServer {
      return BalancerQueues.join(request, of: nil, in: &site)
    }
    let hash = hash(of: request, in: site)
    switch site[b].pick(hash: hash, avoiding: site[request].server.avoided) {
    case .server(let index):
      let entry = site[b].entry(at: index)
      site.traceChoice(of: entry, for: request)
      assign(request, to: entry, in: &site)
    case .waitForAny: BalancerQueues.join(request, of: nil, in: &site)
    case .waitFor(let index): BalancerQueues.join(request, of: site[b].entry(at: index), in: &site)
    case .noServer:
      site.trace(.noServerFound, of: request)
      respond(request, .status(503), flags: "SC", in: &site)
    }
  }

  @inline(__always)
  private static func hash(of request: ID<Request>, in site: SiteState) -> UInt32 {
    site.balancers[site[request].balancer].settings.algorithm == .uri
      ? site.inFlight.paths.hash(of: site[request].path) : SourceHash.of(IPv4(site[request].source))
  }

  /// Gives the request to a server.
  ///
  /// `isUncounted` is for requests that a returning server takes from the queue. HAProxy does not count them
  /// as in flight, so the server can get the same number of requests in addition.
  static func assign(
    _ request: ID<Request>, to entry: ID<BalancerEntry>, isUncounted: Bool = false, in site: inout SiteState
  ) {
    let b = site[request].balancer
    site[request].server.entry = entry
    site[request].times.picked = site.clock.now
    site[request].server.isUncounted = isUncounted
    if !isUncounted { site[b].pool.requestStarted(site[b].index(of: entry)) }
    site[entry].total += 1
    let host = site[entry].host
    site[host].inFlight += 1
    site[host].peakInFlight = max(site[host].peakInFlight, site[host].inFlight)
    connect(request, in: &site)
  }

  /// Frees the request's slot, and gives it to a queued request.
  static func releaseSlot(_ request: ID<Request>, in site: inout SiteState) {
    let entry = site[request].server.entry
    guard entry.exists else { return }
    site[request].server.entry = .none
    let b = site[request].balancer
    if !site[request].server.isUncounted { site[b].pool.requestEnded(site[b].index(of: entry)) }
    let host = site[entry].host
    site[host].inFlight -= 1
    if site[b].queue.count > 0 || site[entry].queue.count > 0 {
      BalancerQueues.serve(entry, of: b, in: &site)
    }
  }

  // MARK: Connecting to a server

  @inline(__always)
  private static func connect(_ request: ID<Request>, in site: inout SiteState) {
    let b = site[request].balancer
    let frontComponent = site[site[request].server.entry].frontComponent
    site[request].server.count += 1
    site[request].generation &+= 1
    let host = site[b].host
    let contact = site.contact(frontComponent, from: host)
    site.trace(.contacted(frontComponent, contact), of: request)
    switch contact {
    case .accepted: connected(request, to: frontComponent, in: &site)
    case .refused: connectionFailed(request, wasRefused: true, in: &site)
    case .silence:
      site[request].phase = .connecting
      site.clock.start(.request, request, generation: site[request].generation, in: site[b].timers.connect)
    }
  }

  @inline(__always)
  private static func connected(
    _ request: ID<Request>, to frontComponent: ID<Component>, in site: inout SiteState
  ) {
    site[request].times.connected = site.clock.now
    site[request].server.incarnation = site[frontComponent].incarnation
    guard !site[request].user.isHeld || !site[request].user.isWaiting else {
      site[request].phase = .held
      return
    }
    site[request].phase = .answering
    let pendingCall = Workers.newCall(at: frontComponent, for: request, in: &site)
    site[request].pendingCall = pendingCall
    let queue = site[site[request].balancer].timers.server
    site.clock.start(.request, request, generation: site[request].generation, in: queue)
    Workers.enter(pendingCall, in: &site)
  }

  /// Resumes a held request: the user sends the last byte.
  static func resume(_ request: ID<Request>, in site: inout SiteState) {
    site[request].user.isHeld = false
    guard site[request].phase == .held, site[request].server.entry.exists else { return }
    let b = site[request].balancer
    let frontComponent = site[site[request].server.entry].frontComponent
    let isReached =
      !site[frontComponent].isCutOff && site.network.reaches(site[b].host, site[frontComponent].host)
    if isReached, site[request].server.incarnation == site[frontComponent].incarnation {
      connected(request, to: frontComponent, in: &site)
    } else if isReached {
      // The server has a new process by now, which does not have this connection.
      received(Response(code: .reset), for: request, in: &site)
    } else {
      site[request].phase = .answering
      site.clock.start(.request, request, generation: site[request].generation, in: site[b].timers.server)
    }
  }

  /// Tries again or gives up after a failed connection. `redispatch` decides whether the retry may go to
  /// another server.
  private static func connectionFailed(_ request: ID<Request>, wasRefused: Bool, in site: inout SiteState) {
    let b = site[request].balancer
    let attemptsLeft = Int32(site[b].settings.retries) + 1 - site[request].server.count
    guard attemptsLeft > 0 else {
      return respond(request, .status(503), flags: wasRefused ? "SC" : "sC", in: &site)
    }
    let hasOthers = site[b].pool.activeUsable > 1
    let goesElsewhere =
      site[b].settings.redispatch
      && (site[b].server(site[request].server.entry).isUnavailable || attemptsLeft == 1
        || (site[b].pool.redispatchesAtOnce && hasOthers))
    if goesElsewhere {
      site[request].server.avoided = site[request].server.entry
      releaseSlot(request, in: &site)
    }
    // The same server would probably refuse again at once, so pause first. After a timeout, enough time has
    // already passed.
    if wasRefused, !goesElsewhere || site[b].pool.activeUsable <= 1 {
      site[request].phase = .pausing
      site[request].generation &+= 1
      site.trace(.pausedBeforeRetry, of: request)
      site.clock.start(.request, request, generation: site[request].generation, in: site[b].timers.pause)
    } else {
      tryAgain(request, in: &site)
    }
  }

  private static func tryAgain(_ request: ID<Request>, in site: inout SiteState) {
    if site[request].server.entry.exists { connect(request, in: &site) } else { choose(request, in: &site) }
  }

  /// Closes the connections of the held requests at a component whose process has ended.
  static func closeHeldRequests(at frontComponent: ID<Component>, in site: inout SiteState) {
    for request in site.inFlight.requests.ids
    where site[request].phase == .held && site[request].server.entry.exists {
      guard site[site[request].server.entry].frontComponent == frontComponent else { continue }
      received(Response(code: .reset), for: request, in: &site)
    }
  }

  // MARK: Answering users

  /// Finishes the request with an answer, which arrives if packets can reach the user. Without a response,
  /// the balancer itself answers with an error.
  private static func respond(
    _ request: ID<Request>, _ end: Record.End, with response: Response? = nil, flags: StaticString,
    in site: inout SiteState
  ) {
    let b = site[request].balancer
    if site[request].recording.isRecorded {
      site.recordBalancerEnd(of: request, isAnswered: response != nil, flags: flags)
    }
    if response == nil, b.exists { site[site[b].component].counts.failed += 1 }
    site[request].generation &+= 1
    if site[request].user.isWaiting, site.reachesUsers(b) {
      // A balancer without the key for the users' TLS cannot answer itself, so it can only close the
      // connection.
      let isClosed = response == nil && site[b].certificate.passesTLSThrough
      Client.conclude(request, isClosed ? .refused : end, with: response, in: &site)
    }
    releaseSlot(request, in: &site)
    if site[request].user.isWaiting {
      site[request].phase = .responseNotDelivered
    } else {
      site.inFlight.free(request)
    }
  }
}
