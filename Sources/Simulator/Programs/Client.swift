import Blueprint

/// Users and their computers: how they connect, wait and give up, and how a request ends for them.
enum Client {
  // MARK: Connecting

  /// Connects to the site's address. If there is no answer, the user's computer tries again after 1, 3 and 7
  /// seconds. If the site has several addresses, each attempt uses the next address.
  static func connect(_ request: ID<Request>, in site: inout SiteState) {
    guard !site.balancers.isEmpty else { return retryLater(request, in: &site) }
    let addresses = site.topology.sharing == .activeActive ? site.balancers.count : 1
    var refusedBy = ID<Component>.none
    for addressIndex in 0..<addresses {
      let b = balancer(for: request, addressIndex, in: site)
      guard site.network.reachesFromInternet(site[b].host) else { return retryLater(request, in: &site) }
      if site.network.firewalls.hasAny, !site.allowsUser(site[request].source, to: b) {
        return retryLater(request, in: &site)
      }
      switch site.contactOnItsHost(site[b].component) {
      case .silence: return retryLater(request, in: &site)
      case .accepted: return connected(request, to: b, in: &site)
      // After a refusal, the next address is tried at once.
      case .refused: refusedBy = site[b].component
      }
    }
    site.traceUser(.contacted(refusedBy, .refused), of: request)
    conclude(request, .refused, in: &site)
    site.inFlight.free(request)
  }

  /// Returns the balancer with the address that the user's computer tries.
  @inline(__always)
  private static func balancer(for request: ID<Request>, _ addressIndex: Int, in site: SiteState) -> ID<
    Balancer
  > {
    switch site.topology.sharing {
    case nil: return ID(0)
    case .activePassive: return site.pair.activeID
    case .activeActive:
      let attempt = site[request].number &+ site[request].user.connectAttempts &+ Int32(addressIndex) &- 1
      return ID(Int(UInt32(bitPattern: attempt)) % site.balancers.count)
    }
  }

  private static func retryLater(_ request: ID<Request>, in site: inout SiteState) {
    let attempts = site[request].user.connectAttempts
    site.traceUser(.connectFailed(before: attempts), of: request)
    site[request].generation &+= 1
    site[request].user.connectAttempts += 1
    let queue = site.timerQueue(.seconds(1 << Int64(min(attempts, 30))))
    site.clock.start(.request, request, generation: site[request].generation, in: queue)
  }

  /// Handles an accepted connection. With TLS, a handshake comes first, in which the user's browser receives
  /// the certificate.
  @inline(__always)
  private static func connected(_ request: ID<Request>, to b: ID<Balancer>, in site: inout SiteState) {
    guard site[b].certificate.usesTLS else { return LoadBalancer.accept(request, by: b, in: &site) }
    // A request that `hold` keeps open needs no simulated handshake.
    guard site[request].user.hasHandshake || site[request].user.isHeld else {
      site[request].generation &+= 1
      return site.clock.schedule(
        .handshake, request, generation: site[request].generation, in: TLS.handshake.nanoseconds)
    }
    guard site.clock.now < site[b].certificate.expires else { return reject(request, from: b, in: &site) }
    site.traceUser(.handshakeCompleted(with: site[b].component), of: request)
    LoadBalancer.accept(request, by: b, in: &site)
  }

  static func handshakeEnded(_ request: ID<Request>, generation: UInt32, in site: inout SiteState) {
    guard site[request].generation == generation, site[request].phase == .connectingToSite else { return }
    site[request].user.hasHandshake = true
    connect(request, in: &site)
  }

  /// Ends the request because the browser rejects an expired certificate. No request is sent to the balancer.
  private static func reject(_ request: ID<Request>, from b: ID<Balancer>, in site: inout SiteState) {
    site.traceUser(.connectionRejected(from: site[b].component), of: request)
    conclude(request, .refused, in: &site)
    site.inFlight.free(request)
  }

  // MARK: Ends of requests

  /// Ends the request for its user, who has waited too long. The balancer continues with the request.
  static func timedOut(_ request: ID<Request>, in site: inout SiteState) {
    guard site[request].user.isWaiting else { return }
    let phase = site[request].phase
    site.traceUser(.gaveUp, of: request)
    conclude(request, .timeout, in: &site)
    switch phase {
    case .connectingToSite, .responseNotDelivered: site.inFlight.free(request)
    case .free, .atBalancer, .queuedForAny, .queuedForOne, .connecting, .pausing, .answering, .held,
      .answered:
      break
    }
  }

  /// Ends the request for its user, and counts and records it.
  static func conclude(
    _ request: ID<Request>, _ end: Record.End, with response: Response? = nil, in site: inout SiteState
  ) {
    site[request].user.isWaiting = false
    site[request].user.timeoutGeneration &+= 1
    let recording = site[request].recording
    let isSuccess = end == .status(200)
    let server = response?.server ?? .none
    let database = response?.database ?? .none
    let isStale = isSuccess && response?.isStale == true
    if isSuccess, let response, response.position != .start { site.cluster.acknowledge(response.position) }
    if recording.isCounted {
      site.records.tally.count(
        end, server: server, database: database, isStale: isStale,
        isStoredAnyway: !isSuccess && recording.isStored,
        duration: site.clock.now - site[request].times.started, at: site.clock.now)
      if !isSuccess { site.records.incidents.fail(at: site.time) }
    }
    if site[request].kind == .write, !isSuccess, !recording.isStored {
      site.records.unstored.insert(site[request], run: site.records.tally.number)
    }
    site.traceUser(.ended(code: RequestRow.code(of: end)), of: request)
    if recording.isRecorded {
      site.recordEnd(of: request, end, server: server, database: database, isStale: isStale)
    }
    if recording.isCounted {
      site[request].recording.isCounted = false
      RequestSender.requestEnded(isSuccess: isSuccess, in: &site)
    }
  }
}
