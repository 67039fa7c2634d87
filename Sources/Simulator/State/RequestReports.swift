import Blueprint

/// The public records of requests, made from the compact rows and steps.
extension SiteState {
  // MARK: Rows

  /// Returns the records from this row on.
  func records(from first: Int) -> [Record] {
    (first..<max(first, records.nextRow)).map { record(at: $0) }
  }

  func record(at index: Int, name: String? = nil) -> Record {
    let row = records[index]
    let held = row.isEnded ? nil : inFlight.held.numbered(row.number)
    var record = Record(
      number: Int(row.number), name: name ?? held?.name, kind: row.requestKind, source: IPv4(row.source),
      path: inFlight.paths[row.path].text, startedAt: Span(nanoseconds: row.times.started))
    record.end = row.end
    record.endedAt = row.isEnded ? Span(nanoseconds: row.times.ended) : nil
    record.balancer = self.name(of: row.balancer)
    record.server = self.name(of: row.server)
    record.database = self.name(of: row.database).map { $0 + ".mysql" }
    record.isStale = row.isStale
    record.isStoredAnyway = row.isStoredAnyway
    record.log = timing(of: row)
    if let held { describe(held, in: &record) }
    return record
  }

  private func name(of host: ID<HostState>) -> String? { host.exists ? network.name(of: host) : nil }

  /// Adds the current state of a held request to its record.
  private func describe(_ held: HeldRequest, in record: inout Record) {
    record.isQueued = inFlight.isQueued(held)
    let request = inFlight.requests[held.request]
    guard request.number == held.number, request.balancer.exists else { return }
    record.balancer = name(of: request.balancer)
    let isAtServer = request.phase == .held || request.phase == .answering || request.phase == .answered
    if request.server.entry.exists, isAtServer { record.server = name(of: request.server.entry) }
  }

  private func timing(of row: RequestRow) -> Record.Timing {
    func span(_ nanoseconds: Int64) -> Span? { nanoseconds >= 0 ? Span(nanoseconds: nanoseconds) : nil }
    var timing = Record.Timing()
    timing.queue = span(row.times.queue)
    timing.connect = span(row.times.connect)
    timing.response = span(row.times.response)
    timing.server = name(of: row.tried)
    timing.retries = Int(max(0, row.counts.attempts - 1))
    timing.redispatched = row.redispatched
    timing.serverConnections = Int(row.counts.serverConnections)
    timing.backendConnections = Int(row.counts.backendConnections)
    timing.serverQueue = Int(row.counts.serverQueue)
    timing.backendQueue = Int(row.counts.backendQueue)
    timing.flags = String(decoding: [UInt8(row.flags >> 8), UInt8(row.flags & 255)], as: UTF8.self)
    return timing
  }

  // MARK: Steps

  func step(of entry: JournalEntry) -> RequestStep {
    RequestStep(
      time: Span(nanoseconds: entry.time),
      component: entry.component.exists ? address(of: entry.component) : nil, kind: words(for: entry.step))
  }

  private func words(for step: JournalStep) -> RequestStep.Kind {
    switch step {
    case .connectFailed(let before): .triedToConnect(Int(before) + 1)
    case .gaveUp: .gaveUp
    case .handshakeCompleted(let component): .handshakeCompleted(with: address(of: component))
    case .connectionRejected(let component): .connectionRejected(from: address(of: component))
    case .ended(let code): .ended(RequestRow.end(ofCode: code))
    case .picked(let host, let usable, let load):
      .picked(
        server: network.name(of: host), algorithm: topology.algorithm, usable: Int(usable), load: Int(load))
    case .queuedForSlot(let before): .queuedForSlot(before: Int(before))
    case .slotAssigned: .slotAssigned
    case .pausedBeforeRetry: .pausedBeforeRetry
    case .contacted(let component, .accepted): .connected(address(of: component))
    case .contacted(let component, .refused): .connectionRefused(by: address(of: component))
    case .contacted(let component, .silence): .noResponse(from: address(of: component))
    case .timedOut: .timedOut
    case .noServerFound: .noServerFound
    case .arrived(let waiting): .arrived(waiting: Int(waiting))
    case .started: .started
    case .answered(let code): .answered(Int(code))
    }
  }
}

extension Topology {
  /// The algorithm of the balancers, which all have the same configuration.
  public var algorithm: Algorithm { balancers.first.flatMap { hosts[$0].haproxy?.algorithm } ?? .roundrobin }
}
