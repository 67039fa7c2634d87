import Blueprint

/// Functions that record requests while they are in flight.
extension SiteState {
  // MARK: Steps

  /// Records a step of a request. This is not inlined, because few requests are traced.
  @inline(never)
  mutating func trace(_ step: JournalStep, of request: Int32, at component: ID<Component>) {
    records.journal.append(JournalEntry(time: clock.now, request: request, component: component, step: step))
  }

  /// Records a step of the call's component, if the call is traced.
  @inline(__always)
  mutating func trace(_ step: JournalStep, of call: ID<ServiceCall>) {
    guard inFlight.calls[call].isTraced else { return }
    trace(step, of: inFlight.calls[call].requestNumber, at: inFlight.calls[call].component)
  }

  /// Records a step of the request's balancer, if the request is traced.
  @inline(__always)
  mutating func trace(_ step: JournalStep, of request: ID<Request>) {
    guard inFlight.requests[request].recording.isTraced else { return }
    let component = balancers[inFlight.requests[request].balancer].component
    trace(step, of: inFlight.requests[request].number, at: component)
  }

  /// Records a step of the request's user, if the request is traced.
  @inline(__always)
  mutating func traceUser(_ step: JournalStep, of request: ID<Request>) {
    guard inFlight.requests[request].recording.isTraced else { return }
    trace(step, of: inFlight.requests[request].number, at: .none)
  }

  @inline(__always)
  mutating func traceChoice(of entry: ID<BalancerEntry>, for request: ID<Request>) {
    guard inFlight.requests[request].recording.isTraced else { return }
    let b = inFlight.requests[request].balancer
    let usable = Int32(balancers[b].pool.allowedCount)
    let load = Int32(balancers[b].server(entry).inFlight)
    trace(.picked(balancers.entries[entry].host, usable: usable, load: load), of: request)
  }

  // MARK: Rows

  mutating func addRow(for request: ID<Request>) {
    let row = records.nextRow
    inFlight.requests[request].recording.row = Int32(truncatingIfNeeded: row)
    inFlight.requests[request].recording.isTraced = run.sent <= Records.traceLimit
    records.append(RequestRow(inFlight.requests[request]))
  }

  /// Records the balancer's times and counts when it finishes the request.
  mutating func recordBalancerEnd(of request: ID<Request>, isAnswered: Bool, flags: StaticString) {
    let r = inFlight.requests[request]
    let row = Int(r.recording.row)
    guard row >= records.firstRow else { return }
    let isPicked = r.server.entry.exists && r.phase != .queuedForOne
    flags.withUTF8Buffer { records[row].flags = UInt16($0[0]) << 8 | UInt16($0[1]) }
    records[row].redispatched = r.server.avoided.exists
    records[row].tried = isPicked ? balancers.entries[r.server.entry].host : .none
    records[row].times.queue = isPicked ? r.times.picked - r.times.accepted : -1
    records[row].times.connect = r.times.connected >= 0 ? r.times.connected - r.times.picked : -1
    records[row].times.response = isAnswered && r.times.connected >= 0 ? clock.now - r.times.connected : -1
    let b = r.balancer
    records[row].counts = RequestRowCounts(
      attempts: r.server.count,
      serverConnections: isPicked ? Int32(balancers[b].server(r.server.entry).inFlight) : 0,
      backendConnections: Int32(balancers[b].pool.inFlight),
      serverQueue: r.queueing.wasForOneServer ? r.queueing.position : 0,
      backendQueue: r.queueing.wasForOneServer ? 0 : r.queueing.position)
  }

  /// Records how the request ended for its user.
  mutating func recordEnd(
    of request: ID<Request>, _ end: Record.End, server: ID<HostState>, database: ID<HostState>, isStale: Bool
  ) {
    let r = inFlight.requests[request]
    let row = Int(r.recording.row)
    guard row >= records.firstRow else { return }
    records[row].isEnded = true
    records[row].times.ended = clock.now
    records[row].code = RequestRow.code(of: end)
    records[row].balancer = r.balancer.exists ? balancers[r.balancer].host : .none
    records[row].server = server
    records[row].database = database
    records[row].isStale = isStale
    records[row].isStoredAnyway = end != .status(200) && r.recording.isStored
    records[row].counts.attempts = r.server.count
  }
}
