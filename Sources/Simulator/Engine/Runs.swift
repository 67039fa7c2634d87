import Blueprint

/// Requests that are still to be sent by the running command.
struct Run: Equatable, Sendable {
  var sending = Sending(count: 0)
  var paths: [Int32] = []
  var startedAt: Int64 = 0
  /// The mean time between two requests.
  var meanGap: Int64 = 0
  var sent = 0
  /// Where all are of one kind.
  var single: RequestKind?

  var isSerial: Bool { sending.rate == nil }
  var share: Double { Double(sent) / Double(max(1, sending.count)) }
}

extension Simulation {
  /// Nanoseconds times requests a second, in millionths.
  private static let rateScale: Int64 = 1_000_000_000_000_000

  /// So many requests of one command are kept row by row.
  public static let mostRows = 10_000
  /// So many of them, the last ones, are still there at the next command: each command copies them.
  public static let mostKept = 2_000
  /// And of so many, every step.
  public static let mostTraced = 2_000

  mutating func send(_ sending: Sending, _ goOn: GoOn) throws(Problem) -> Outcome {
    if let rate = sending.rate {
      try checkTime(Int64(clamping: Int128(sending.count) * Int128(Simulation.rateScale) / Int128(rate)))
    }
    guard sending.count <= Sending.mostRequests else {
      throw .tooMany("requests", limit: Sending.mostRequests)
    }
    wire()
    resetPeaks()
    tally.begin(machines: machines.count, at: now)
    tally.open = sending.count
    let before = sending.isRecorded ? sums : []
    let start = now
    beginWatchingRun()
    let paths = sending.paths.map { self.paths.place(of: $0) }
    run = Run(sending: sending, paths: paths, startedAt: now, single: sending.mix.single)
    if let rate = sending.rate { run.meanGap = Simulation.rateScale / rate }
    let firstRow = firstRow + rows.count
    if sending.count > 0 { nextArrival() }
    try finishRun(goOn)
    endWatchingRun(sending)
    var traffic = totals(sent: run.sending.count)
    run = Run()
    var outcome = Outcome()
    if sending.isRecorded {
      outcome.records = records(from: firstRow)
      addShares(to: &traffic)
      traffic.stations = loads(since: before, from: start)
    }
    outcome.traffic = traffic
    return outcome
  }

  mutating func nextArrival() {
    guard run.sent < run.sending.count else { return }
    let sent = run.sent
    run.sent = sent + 1
    if let rate = run.sending.rate, sent + 1 < run.sending.count { scheduleArrival(sent + 1, rate) }
    let kind = run.single ?? draw(from: run.sending.mix)
    let sources = run.sending.sources.count
    let visit = newVisit(
      kind, source: run.sending.sources[sources == 1 ? 0 : sent % sources],
      path: run.paths.isEmpty ? Paths.usual(kind) : run.paths[sent % run.paths.count])
    visits[visit].isCounted = true
    visits[visit].patience &+= 1
    if sent < Simulation.mostRows, run.sending.isRecorded { addRow(visit) }
    arm(patienceLane, .patience, visit, turn: visits[visit].patience)
    knock(visit)
  }

  /// Evenly spaced from the start of the run, or, where services are drawn, with drawn distances.
  @inline(__always)
  private mutating func scheduleArrival(_ i: Int, _ rate: Int64) {
    switch topology.site.service {
    case .exponential:
      scheduleArrival(in: draws.exponential(mean: run.meanGap))
    case .constant:
      let started = run.startedAt
      let due = Int64(clamping: Int128(i) * Int128(Simulation.rateScale) / Int128(rate))
      scheduleArrival(in: max(0, started + due - now))
    }
  }

  @inline(__always)
  private mutating func draw(from mix: Sending.Mix) -> RequestKind {
    let number = Int(draws.below(100))
    if number < mix.static { return .static }
    return number < mix.static + mix.read ? .read : .write
  }

  private mutating func resetPeaks() {
    for i in machines.indices { machines[i].peakInFlight = machines[i].inFlight }
    for i in stations.indices { stations[i].longestQueue = stations[i].queued }
  }
}

extension Simulation {
  mutating func hold(_ names: [String], _ sending: Sending) throws(Problem) -> Outcome {
    try checkHolding(names)
    wire()
    let firstRow = firstRow + rows.count
    let paths = sending.paths.map { self.paths.place(of: $0) }
    for (i, name) in names.enumerated() {
      let kind = sending.mix.single ?? .read
      let path = paths.isEmpty ? Paths.usual(kind) : paths[i % paths.count]
      let visit = newVisit(kind, source: sending.sources[i % sending.sources.count], path: path)
      visits[visit].isHeld = true
      addRow(visit)
      held.append(
        Held(name: name, visit: visit, number: visits[visit].number, row: Int(visits[visit].record)))
      knock(visit)
    }
    var outcome = Outcome()
    outcome.records = records(from: firstRow)
    return outcome
  }

  /// Throws if a name is already in use or is listed twice.
  func checkHolding(_ names: [String]) throws(Problem) {
    var said: Set<String> = []
    for name in names where held.named(name) != nil || !said.insert(name).inserted {
      throw .alreadyHeld(name)
    }
  }

  mutating func release(_ names: [String], _ goOn: GoOn) throws(Problem) -> Outcome {
    var said: Set<String> = []
    for name in names where held.named(name) == nil || !said.insert(name).inserted {
      throw .notHeld(name, held: held.all.map { $0.name })
    }
    wire()
    tally.begin(machines: machines.count, at: now)
    let waiting = isAnyoneQueued ? held.all.filter { isQueued($0) && !said.contains($0.name) } : []
    var outcome = Outcome()
    for name in names {
      guard let one = held.named(name) else { continue }
      held.remove(one)
      if isOpen(one) { try finish(one, goOn) }
      outcome.records.append(record(at: one.row, name: one.name))
    }
    outcome.dequeued = waiting.filter { isOpen($0) && !isQueued($0) }.map {
      record(at: $0.row, name: $0.name)
    }
    return outcome
  }

  private var isAnyoneQueued: Bool {
    desks.indices.contains { desks[$0].queue.count > 0 }
      || seats.indices.contains { seats[$0].queue.count > 0 }
  }

  private mutating func finish(_ one: Held, _ goOn: GoOn) throws(Problem) {
    visits[one.visit].isCounted = true
    visits[one.visit].patience &+= 1
    arm(patienceLane, .patience, one.visit, turn: visits[one.visit].patience)
    tally.open = 1
    self.goOn(one.visit)
    try finishRun(goOn)
  }

  func isOpen(_ one: Held) -> Bool { visits[one.visit].number == one.number && visits[one.visit].hasUser }

  func isQueued(_ one: Held) -> Bool { isOpen(one) && visits[one.visit].isQueued }
}
