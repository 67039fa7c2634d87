import Blueprint

/// MySQL: handles writes on a primary, and reads on any node.
enum DatabaseServer {
  static func served(_ call: ID<ServiceCall>, in site: inout SiteState) {
    let node = site[site[call].component].node
    switch site[call].kind {
    case .write: write(call, at: node, in: &site)
    case .static, .read, .checkNginx, .checkApp, .checkDatabase:
      read(call, at: node, in: &site)
    }
  }

  /// Handles a write that no replica has confirmed in time. The primary then confirms writes without replicas
  /// until one is connected again.
  static func timedOut(_ call: ID<ServiceCall>, in site: inout SiteState) {
    let component = site[call].component
    if site.cluster.waitsForReplicas {
      site.cluster.waitsForReplicas = false
      site.report(site.address(of: component).text, .stoppedWaitingForReplicas)
    }
    for call in site.inFlight.calls.ids
    where site[call].component == component && site[call].phase == .unconfirmed {
      confirm(call, in: &site)
    }
  }

  private static func read(_ call: ID<ServiceCall>, at node: ID<DatabaseNode>, in site: inout SiteState) {
    site.cluster.catchUp(node, now: site.clock.now)
    var response = Response(code: .ok, database: site.cluster[node].host)
    response.isStale = site.cluster.isStale(node)
    Workers.answer(call, response, in: &site)
  }

  // MARK: Writing

  private static func write(_ call: ID<ServiceCall>, at node: ID<DatabaseNode>, in site: inout SiteState) {
    guard site.cluster[node].role == .primary else {
      let response = Response(code: .readOnly, database: site.cluster[node].host)
      return Workers.answer(call, response, in: &site)
    }
    if site[site[call].component].isDiskFull {
      site[call].phase = .stalled
      return
    }
    let number = site[call].requestNumber
    site[call].position = site.cluster.store(at: node, request: number, now: site.clock.now)
    noteStored(by: call, in: &site)
    guard site.topology.database.replication == .semiSync, site.cluster.waitsForReplicas,
      site.cluster.hasReplicas(of: node)
    else { return confirm(call, in: &site) }
    if site.cluster.sendAll(from: node) { return confirm(call, in: &site) }
    site[call].phase = .unconfirmed
    site[call].generation &+= 1
    let queue = site.timerQueue(site.topology.database.semiSyncTimeout)
    site.clock.start(.call, call, generation: site[call].generation, in: queue)
  }

  /// Confirms to the application that the write is stored.
  private static func confirm(_ call: ID<ServiceCall>, in site: inout SiteState) {
    let host = site.cluster[site[site[call].component].node].host
    let response = Response(code: .ok, database: host, position: site[call].position)
    Workers.answer(call, response, in: &site)
  }

  /// Records that a write is stored. Its user may already have seen an error.
  private static func noteStored(by call: ID<ServiceCall>, in site: inout SiteState) {
    let (request, number) = (site[call].request, site[call].requestNumber)
    if request.exists, site[request].number == number, site[request].user.isWaiting {
      site[request].recording.isStored = true
    } else {
      site.records.noteStoredAnyway(number)
    }
  }

  /// Confirms the writes that wait for a replica, if the primary has a connected replica.
  static func replicaConnected(to primary: ID<DatabaseNode>, in site: inout SiteState) {
    guard site.cluster.hasConnectedReplica(of: primary) else { return }
    let component = site.cluster[primary].component
    for call in site.inFlight.calls.ids
    where site[call].component == component && site[call].phase == .unconfirmed {
      site.cluster.sendAll(from: primary)
      let host = site.cluster[primary].host
      let response = Response(code: .ok, database: host, position: site[call].position)
      Workers.answer(call, response, in: &site)
    }
  }

  // MARK: Disk

  /// Schedules another attempt at the waiting writes after the disk has space again. MySQL checks for space
  /// once a minute.
  static func diskFreed(at component: ID<Component>, in site: inout SiteState) {
    let isWaiting = site.inFlight.calls.ids.contains {
      site[$0].component == component && site[$0].phase == .stalled
    }
    guard isWaiting else { return }
    let minute = Span.seconds(60).nanoseconds
    let generation = UInt32(bitPattern: site[component].incarnation)
    site.clock.schedule(.disk, component, generation: generation, in: minute - site.clock.now % minute)
  }

  static func retryWrites(at component: ID<Component>, generation: UInt32, in site: inout SiteState) {
    guard site[component].isRunning, site[component].incarnation == Int32(bitPattern: generation),
      !site[component].isDiskFull
    else { return }
    var count = 0
    for call in site.inFlight.calls.ids
    where site[call].component == component && site[call].phase == .stalled {
      write(call, at: site[component].node, in: &site)
      count += 1
    }
    if count > 0 { site.report(site.address(of: component).text, .diskFreed(writes: count)) }
  }
}
