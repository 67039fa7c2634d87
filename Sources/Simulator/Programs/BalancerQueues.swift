import Blueprint

/// The queues of requests that wait for a slot.
///
/// Each balancer has a common queue of requests that any server may take. Each server also has its own queue,
/// for algorithms that choose a particular server.
enum BalancerQueues {
  /// Makes the request wait for one server, or for any server if `entry` is nil.
  static func join(_ request: ID<Request>, of entry: ID<BalancerEntry>?, in site: inout SiteState) {
    append(request, of: entry, in: &site)
    site.trace(.queuedForSlot(before: site[request].queueing.position), of: request)
    let queue = site[site[request].balancer].timers.queue
    site.clock.start(.request, request, generation: site[request].generation, in: queue)
  }

  /// Appends the request to a server's queue, or to the common queue if `entry` is nil.
  static func append(_ request: ID<Request>, of entry: ID<BalancerEntry>?, in site: inout SiteState) {
    let b = site[request].balancer
    site[request].queueing.joined = site.clock.nextNumber()
    if let entry {
      site[request].phase = .queuedForOne
      site[request].queueing.wasForOneServer = true
      site[request].server.entry = entry
      site[request].queueing.position = site[entry].queue.count
      site[entry].queue.append(request, in: site.inFlight.requests)
      updateOwnQueue(of: entry, b, in: &site)
    } else {
      site[request].phase = .queuedForAny
      site[request].queueing.position = site[b].queue.count
      site[b].queue.append(request, in: site.inFlight.requests)
    }
  }

  /// Removes the request from its queue.
  static func leave(_ request: ID<Request>, in site: inout SiteState) {
    let b = site[request].balancer
    if site[request].phase == .queuedForOne {
      let entry = site[request].server.entry
      site[entry].queue.remove(request, in: site.inFlight.requests)
      updateOwnQueue(of: entry, b, in: &site)
      site[request].server.entry = .none
    } else {
      site[b].queue.remove(request, in: site.inFlight.requests)
    }
    site[request].generation &+= 1
  }

  private static func updateOwnQueue(
    of entry: ID<BalancerEntry>, _ b: ID<Balancer>, in site: inout SiteState
  ) {
    site[b].pool.setOwnQueue(site[b].index(of: entry), Int(site[entry].queue.count))
  }

  /// Gives the free slots of a server to the requests that have waited longest, in its own queue or in the
  /// common queue. Does nothing for a server without a limit.
  static func serve(_ entry: ID<BalancerEntry>, of b: ID<Balancer>, in site: inout SiteState) {
    while site[b].server(entry).inFlight < site[b].server(entry).maxconn {
      let ownHead = site[entry].queue.head
      let commonHead = site[b].canServe(entry) ? site[b].queue.head : .none
      guard ownHead.exists || commonHead.exists else { return }
      let isOwn =
        ownHead.exists
        && (!commonHead.exists || site[ownHead].queueing.joined < site[commonHead].queueing.joined)
      assign(isOwn ? ownHead : commonHead, to: entry, isUncounted: false, in: &site)
    }
  }

  /// Gives queued requests to a server that is new or has a new limit. A server without a limit gets all
  /// requests in the common queue.
  static func empty(into entry: ID<BalancerEntry>, of b: ID<Balancer>, in site: inout SiteState) {
    serve(entry, of: b, in: &site)
    guard site[b].server(entry).maxconn == 0, site[b].canServe(entry) else { return }
    while site[b].queue.head.exists {
      assign(site[b].queue.head, to: entry, isUncounted: false, in: &site)
    }
  }

  /// Gives requests in the common queue to a server that has come back from maintenance or from DOWN.
  static func refill(_ entry: ID<BalancerEntry>, of b: ID<Balancer>, in site: inout SiteState) {
    guard site[b].canServe(entry) else { return }
    let server = site[b].server(entry)
    var left = server.maxconn == 0 ? Int.max : server.maxconn - server.inFlight
    while left > 0, site[b].queue.head.exists {
      assign(site[b].queue.head, to: entry, isUncounted: true, in: &site)
      left -= 1
    }
  }

  private static func assign(
    _ request: ID<Request>, to entry: ID<BalancerEntry>, isUncounted: Bool, in site: inout SiteState
  ) {
    leave(request, in: &site)
    site.trace(.slotAssigned, of: request)
    site.traceChoice(of: entry, for: request)
    LoadBalancer.assign(request, to: entry, isUncounted: isUncounted, in: &site)
  }

  /// Repeats the choice for each request in the queue of a server that takes no new requests. Does nothing if
  /// `redispatch` is off.
  static func redistribute(_ entry: ID<BalancerEntry>, of b: ID<Balancer>, in site: inout SiteState) {
    guard site[b].settings.redispatch else { return }
    var waiting: [ID<Request>] = []
    var at = site[entry].queue.head
    while at.exists {
      waiting.append(at)
      at = site[at].queueing.next
    }
    for request in waiting {
      leave(request, in: &site)
      LoadBalancer.choose(request, in: &site)
    }
  }
}
