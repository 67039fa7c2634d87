import Blueprint

/// The commands `send`, `hold` and `release`, which start and finish requests.
enum RequestSender {
  // MARK: Sending requests

  static func send(
    _ sending: SendOptions, in site: inout SiteState, _ shouldContinue: (Double) -> Bool
  ) throws(Problem) -> Outcome {
    if let rate = sending.rate {
      let duration = Int64(clamping: Int128(sending.count) * Int128(SendingRun.rateScale) / Int128(rate))
      try EventLoop.checkTime(duration, in: site)
    }
    guard sending.count <= SendOptions.requestLimit else {
      throw .tooMany("requests", limit: SendOptions.requestLimit)
    }
    resetPeaks(in: &site)
    site.records.tally.begin(hosts: site.network.hosts.count, at: site.clock.now)
    site.records.tally.open = sending.count
    let before = sending.isRecorded ? site.componentSums : []
    let start = site.clock.now
    site.records.incidents.beginRun()
    site.records.lastRun = LastSendingRun(
      arrivalsBefore: site.components.indices.map { site.components[$0].arrivals }, startedAt: start)
    let paths = sending.paths.map { site.inFlight.paths.id(of: $0) }
    site.run = SendingRun(sending: sending, paths: paths, startedAt: start, onlyKind: sending.mix.onlyKind)
    if let rate = sending.rate { site.run.meanGap = SendingRun.rateScale / rate }
    let firstRow = site.records.nextRow
    if sending.count > 0 { nextArrival(in: &site) }
    try EventLoop.finishRun(in: &site, shouldContinue)
    endRun(sending, in: &site)
    var traffic = site.traffic(sent: site.run.sending.count)
    site.run = SendingRun()
    var outcome = Outcome()
    if sending.isRecorded {
      outcome.records = site.records(from: firstRow)
      site.addShares(to: &traffic)
      traffic.componentLoads = site.loads(since: before, from: start)
    }
    outcome.traffic = traffic
    return outcome
  }

  private static func resetPeaks(in site: inout SiteState) {
    for host in site.network.hosts.ids { site[host].peakInFlight = site[host].inFlight }
    for component in site.components.ids { site[component].queue.resetLongest() }
  }

  /// Ends the run. With a rate, its duration includes the interval after the last request.
  private static func endRun(_ sending: SendOptions, in site: inout SiteState) {
    site.records.incidents.endRun()
    let arrivalPeriod = Int64(clamping: Int128(sending.count) * Int128(site.run.meanGap))
    site.records.lastRun.duration = max(site.clock.now - site.records.lastRun.startedAt, arrivalPeriod)
  }

  /// Starts the next request of the run, and schedules the arrival of the one after it if there is a rate.
  static func nextArrival(in site: inout SiteState) {
    guard !site.run.isFinished else { return }
    let sent = site.run.sent
    site.run.sent = sent + 1
    if let rate = site.run.sending.rate, sent + 1 < site.run.sending.count {
      scheduleArrival(sent + 1, rate, in: &site)
    }
    let kind = site.run.onlyKind ?? pickKind(from: site.run.sending.mix, in: &site)
    let sources = site.run.sending.sources.count
    let request = site.inFlight.newRequest(
      kind, source: site.run.sending.sources[sources == 1 ? 0 : sent % sources],
      path: site.run.paths.isEmpty ? URLPaths.defaults(kind) : site.run.paths[sent % site.run.paths.count],
      at: site.clock.now)
    if sent < Records.rowLimit, site.run.sending.isRecorded { site.addRow(for: request) }
    count(request, in: &site)
    Client.connect(request, in: &site)
  }

  /// Makes the run wait for the request, and starts the timer after which its user gives up.
  @inline(__always)
  private static func count(_ request: ID<Request>, in site: inout SiteState) {
    site[request].recording.isCounted = true
    site[request].user.timeoutGeneration &+= 1
    let queue = site.timerQueue(site.topology.site.patience)
    site.clock.start(.patience, request, generation: site[request].user.timeoutGeneration, in: queue)
  }

  /// Schedules the arrival of request `i`. The intervals are equal, or random if the service times are
  /// random.
  @inline(__always)
  private static func scheduleArrival(_ i: Int, _ rate: Int64, in site: inout SiteState) {
    switch site.topology.site.service {
    case .exponential:
      site.clock.scheduleArrival(in: site.generator.exponential(mean: site.run.meanGap))
    case .constant:
      let due = Int64(clamping: Int128(i) * Int128(SendingRun.rateScale) / Int128(rate))
      site.clock.scheduleArrival(in: max(0, site.run.startedAt + due - site.clock.now))
    }
  }

  @inline(__always)
  private static func pickKind(from mix: SendOptions.Mix, in site: inout SiteState) -> RequestKind {
    mix.kind(at: Int(site.generator.below(100)))
  }

  /// Handles the end of a request of the run. Without a rate, the next request follows.
  static func requestEnded(isSuccess: Bool, in site: inout SiteState) {
    site.records.tally.open -= 1
    guard site.run.isSerial else { return }
    if !isSuccess, site.run.sending.stopsAtFailure {
      site.records.tally.open -= site.run.sending.count - site.run.sent
      site.run.sending.count = site.run.sent
    }
    // Schedule the next request instead of starting it here. By then, everything that this request used is
    // free.
    if !site.run.isFinished { site.clock.scheduleArrival(in: 0) }
  }

  // MARK: Holding requests

  static func hold(_ names: [String], _ sending: SendOptions, in site: inout SiteState) throws(Problem)
    -> Outcome
  {
    try checkHolding(names, in: site)
    let firstRow = site.records.nextRow
    let paths = sending.paths.map { site.inFlight.paths.id(of: $0) }
    let kind = sending.mix.onlyKind ?? .read
    for (i, name) in names.enumerated() {
      let path = paths.isEmpty ? URLPaths.defaults(kind) : paths[i % paths.count]
      let source = sending.sources[i % sending.sources.count]
      let request = site.inFlight.newRequest(kind, source: source, path: path, at: site.clock.now)
      site[request].user.isHeld = true
      site.addRow(for: request)
      site.inFlight.held.append(
        HeldRequest(
          name: name, request: request, number: site[request].number, row: Int(site[request].recording.row)))
      Client.connect(request, in: &site)
    }
    var outcome = Outcome()
    outcome.records = site.records(from: firstRow)
    return outcome
  }

  /// Throws if a name is already in use or is listed twice.
  static func checkHolding(_ names: [String], in site: SiteState) throws(Problem) {
    var seen: Set<String> = []
    for name in names where site.inFlight.held.named(name) != nil || !seen.insert(name).inserted {
      throw .alreadyHeld(name)
    }
  }

  static func release(
    _ names: [String], in site: inout SiteState, _ shouldContinue: (Double) -> Bool
  ) throws(Problem) -> Outcome {
    var seen: Set<String> = []
    for name in names where site.inFlight.held.named(name) == nil || !seen.insert(name).inserted {
      throw .notHeld(name, held: site.inFlight.held.all.map { $0.name })
    }
    site.records.tally.begin(hosts: site.network.hosts.count, at: site.clock.now)
    let waiting =
      site.balancers.isAnythingQueued
      ? site.inFlight.held.all.filter { site.inFlight.isQueued($0) && !seen.contains($0.name) } : []
    var outcome = Outcome()
    for name in names {
      guard let held = site.inFlight.held.named(name) else { continue }
      site.inFlight.held.remove(held)
      if site.inFlight.isOpen(held) { try finish(held, in: &site, shouldContinue) }
      outcome.records.append(site.record(at: held.row, name: held.name))
    }
    outcome.dequeued = waiting.filter { site.inFlight.isOpen($0) && !site.inFlight.isQueued($0) }.map {
      site.record(at: $0.row, name: $0.name)
    }
    return outcome
  }

  private static func finish(
    _ held: HeldRequest, in site: inout SiteState, _ shouldContinue: (Double) -> Bool
  ) throws(Problem) {
    count(held.request, in: &site)
    site.records.tally.open = 1
    LoadBalancer.resume(held.request, in: &site)
    try EventLoop.finishRun(in: &site, shouldContinue)
  }
}
