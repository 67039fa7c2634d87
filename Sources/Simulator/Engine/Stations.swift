import Blueprint

extension Simulation {
  // MARK: Calls

  /// A new call at a station that has accepted the connection.
  mutating func newCall(
    at station: Int32, _ kind: Call.Kind, parent: Int32, _ parentKind: Call.Parent, visit: Int32,
    request: Int32, isTraced: Bool
  ) -> Int32 {
    var place = freeCall
    if place >= 0 {
      freeCall = calls[place].next
    } else {
      place = Int32(calls.count)
      calls.append(Call())
    }
    calls[place].begin(at: station, kind, parent: parent, parentKind, isTraced: isTraced, now: now)
    calls[place].visit = visit
    calls[place].request = request
    return place
  }

  mutating func free(_ call: Int32) {
    calls[call].turn &+= 1
    calls[call].phase = .free
    calls[call].next = freeCall
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
    stations[place].account(at: now)
    if calls[call].isTraced {
      note(.arrived, request: calls[call].request, at: place, stations[place].queued)
    }
    if stations[place].busy < stations[place].workers, stations[place].condition == .running {
      start(call, at: place, inPassing: true)
    } else {
      append(call, toQueueOf: place)
    }
    let present = stations[place].busy + stations[place].queued
    if present > stations[place].peak { stations[place].peak = present }
  }

  private mutating func append(_ call: Int32, toQueueOf place: Int32) {
    calls[call].next = -1
    let tail = stations[place].tail
    if tail >= 0 { calls[tail].next = call } else { stations[place].head = call }
    stations[place].tail = call
    stations[place].queued += 1
  }

  /// A worker takes the call. `inPassing` does work that takes no time at once instead of through the calendar.
  private mutating func start(_ call: Int32, at place: Int32, inPassing: Bool) {
    stations[place].busy += 1
    stations[place].waitTime += Double(now - calls[call].since)
    stations[place].started += 1
    calls[call].phase = .serving
    if calls[call].isTraced { note(.started, request: calls[call].request, at: place) }
    let duration = serviceTime(of: calls[call].kind, at: place)
    if duration == 0, inPassing {
      serviceEnded(call)
    } else {
      schedule(.served, subject: call, turn: calls[call].turn, in: duration)
    }
  }

  private mutating func serviceTime(of kind: Call.Kind, at place: Int32) -> Int64 {
    var mean = stations[place].cost
    // A release that is broken fails early.
    if stations[place].kind == .app, kind != .static, fails(kind, on: stations[place].machine) {
      mean = min(mean, Simulation.costOfFailing)
    }
    let slowness = stations[place].slowness
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
    case .files: break
    }
  }

  /// A worker is free again and takes the next call.
  mutating func freeWorker(of place: Int32) {
    stations[place].account(at: now)
    stations[place].busy -= 1
    takeNext(at: place)
  }

  /// Lets free workers take what waits.
  mutating func takeNext(at place: Int32) {
    while stations[place].queued > 0, stations[place].busy < stations[place].workers,
      stations[place].condition == .running
    {
      let call = stations[place].head
      stations[place].head = calls[call].next
      if stations[place].head < 0 { stations[place].tail = -1 }
      stations[place].queued -= 1
      start(call, at: place, inPassing: false)
    }
  }

  // MARK: Answers

  /// The call is answered, and over. The answer reaches whoever waits for it if a packet does.
  mutating func answer(_ call: Int32, _ answer: Answer) {
    let place = calls[call].station
    let parent = calls[call].parent
    let parentKind = calls[call].parentKind
    if answer.code == .ok { stations[place].served += 1 } else { stations[place].failed += 1 }
    if calls[call].isTraced {
      note(.answered, request: calls[call].request, at: place, Int32(answer.code.rawValue))
    }
    free(call)
    guard !stations[place].isMuted else { return }
    let machine = stations[place].machine
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
    case .haproxy, .files: break
    }
  }
}
