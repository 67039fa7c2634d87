import Blueprint

extension Simulation {
  // MARK: Calls

  /// A new call at a station that has accepted the connection.
  @inline(__always)
  mutating func newCall(
    at station: Int32, _ kind: Call.Kind, parent: Int32, _ parentKind: Call.Parent, visit: Int32,
    request: Int32, isTraced: Bool
  ) -> Int32 {
    let place = placeForCall()
    calls.edit(place) { new in
      new.begin(at: station, kind, parent: parent, parentKind, isTraced: isTraced, now: now)
      new.visit = visit
      new.request = request
    }
    if kind.isCheck { stations[station].checks &+= 1 }
    return place
  }

  @inline(__always)
  mutating func placeForCall() -> Int32 {
    let place = freeCall
    if place >= 0 {
      freeCall = calls[place].next
      return place
    }
    calls.append(Call())
    return Int32(calls.count - 1)
  }

  /// A call that asks further for another.
  @inline(__always)
  mutating func newCall(at station: Int32, under call: Int32) -> Int32 {
    let above = calls[call]
    let child = newCall(
      at: station, above.kind, parent: call, .call, visit: above.visit, request: above.request,
      isTraced: above.isTraced)
    calls[call].child = child
    return child
  }

  @inline(__always)
  mutating func free(_ call: Int32) {
    calls.edit(call) { old in
      old.turn &+= 1
      old.phase = .free
      old.next = freeCall
    }
    freeCall = call
  }

  /// Nobody waits for the answer any more. The work goes on; only nginx notices and lets go.
  mutating func abandon(_ call: Int32) {
    calls[call].parentKind = .nobody
    let station = calls[call].station
    if calls[call].phase == .waiting, stations[station].kind == .nginx {
      let child = calls[call].child
      if child >= 0 { abandon(child) }
      stations[station].failed += 1
      free(call)
    }
  }

  // MARK: Queue and workers

  /// The call has arrived: it is served at once, or waits.
  mutating func enter(_ call: Int32) {
    let place = calls[call].station
    if calls[call].isTraced {
      note(.arrived, request: calls[call].request, at: place, stations[place].queued)
    }
    let hasWorker =
      stations[place].busy < stations[place].workers && stations[place].condition == .running
    if hasWorker {
      // Work that takes no time is done at once; only a call that had to wait is served through the calendar.
      let duration = start(call, at: place)
      if duration > 0 {
        schedule(.served, subject: call, turn: calls[call].turn, in: duration)
      } else {
        serviceEnded(call)
      }
    } else {
      append(call, toQueueOf: place)
    }
    stations.edit(place) { $0.peak = max($0.peak, $0.busy + $0.queued) }
  }

  @inline(__always)
  mutating func append(_ call: Int32, toQueueOf place: Int32) {
    calls[call].next = -1
    let tail = stations[place].tail
    if tail >= 0 { calls[tail].next = call } else { stations[place].head = call }
    stations[place].tail = call
    stations[place].change(queued: 1, at: now)
    stations[place].longestQueue = max(stations[place].longestQueue, stations[place].queued)
  }

  /// Gives the call to a worker, and returns how long its service takes.
  @inline(__always)
  private mutating func start(_ call: Int32, at place: Int32) -> Int64 {
    let waited = now - calls[call].since
    stations.edit(place) { station in
      station.change(busy: 1, at: now)
      station.waitTime += Double(waited)
      station.started += 1
    }
    calls[call].phase = .serving
    if calls[call].isTraced { note(.started, request: calls[call].request, at: place) }
    return serviceTime(of: calls[call].kind, at: place)
  }

  @inline(__always)
  mutating func serviceTime(of kind: Call.Kind, at place: Int32) -> Int64 {
    let (station, machine, slowness) = stations.edit(place) { ($0.kind, $0.machine, $0.slowness) }
    var mean = stations[place].cost
    // A release that is broken fails early.
    if station == .app, kind != .static, fails(kind, on: machine) {
      mean = min(mean, Simulation.costOfFailing)
    }
    guard mean > 0 else { return slowness }
    return slowness + (topology.site.service == .exponential ? draws.exponential(mean: mean) : mean)
  }

  private static let costOfFailing: Int64 = 1_000_000

  /// The station's own part of the call is done.
  mutating func serviceEnded(_ call: Int32) {
    let place = calls[call].station
    guard stations[place].condition == .running else {
      calls[call].phase = .frozen
      return
    }
    switch stations[place].kind {
    case .haproxy: balancerServed(call)
    case .nginx: nginxServed(call)
    case .app: applicationServed(call)
    case .mysql: databaseServed(call)
    case .files, .firewall, .certificate, .monitor: break
    }
  }

  /// A worker is free again and takes the next call.
  mutating func freeWorker(of place: Int32) {
    let isAwaited = stations.edit(place) { station in
      station.change(busy: -1, at: now)
      return station.queued > 0
    }
    if isAwaited { takeNext(at: place) }
  }

  /// Lets free workers take what waits.
  mutating func takeNext(at place: Int32) {
    while stations[place].queued > 0, stations[place].busy < stations[place].workers,
      stations[place].condition == .running
    {
      let call = stations[place].head
      let next = calls[call].next
      stations.edit(place) { station in
        station.head = next
        if next < 0 { station.tail = -1 }
        station.change(queued: -1, at: now)
      }
      let duration = start(call, at: place)
      schedule(.served, subject: call, turn: calls[call].turn, in: duration)
    }
  }

  // MARK: Answers

  /// The call is answered, and over. The answer reaches whoever waits for it if a packet does.
  mutating func answer(_ call: Int32, _ answer: Answer) {
    let (place, parent, parentKind, isTraced) = calls.edit(call) {
      ($0.station, $0.parent, $0.parentKind, $0.isTraced)
    }
    if isTraced { note(.answered, request: calls[call].request, at: place, Int32(answer.code.rawValue)) }
    free(call)
    let (machine, isMuted) = stations.edit(place) { station in
      if answer.code == .ok { station.served += 1 } else { station.failed += 1 }
      return (station.machine, station.isMuted)
    }
    guard !isMuted else { return }
    var answer = answer
    if answer.server < 0 { answer.server = machine }
    switch parentKind {
    case .nobody: break
    case .visit:
      if reaches(machine, machineOfBalancer(visits[parent].balancer)) { visitAnswered(parent, answer) }
    case .call:
      if reaches(machine, stations[calls[parent].station].machine) { heard(parent, answer) }
    case .check:
      if reaches(machine, machineOfCheck(parent)) { checkAnswered(parent, answer) }
    }
  }

  /// A caller has waited too long.
  mutating func callTimedOut(_ call: Int32) {
    guard stations[calls[call].station].condition == .running else {
      calls[call].phase = .overdue
      return
    }
    switch stations[calls[call].station].kind {
    case .nginx: nginxTimedOut(call)
    case .app: applicationTimedOut(call)
    case .mysql: replicaDidNotConfirm(call)
    case .haproxy, .files, .firewall, .certificate, .monitor: break
    }
  }
}
