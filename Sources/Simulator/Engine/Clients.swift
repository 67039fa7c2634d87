import Blueprint

/// Users: how they reach the site, wait, give up, and what they saw in the end.
extension Simulation {
  // MARK: Visits

  @inline(__always)
  mutating func newVisit(_ kind: RequestKind, source: IPv4, path: Int32) -> Int32 {
    var place = freeVisit
    if place >= 0 {
      freeVisit = visits[place].next
    } else {
      place = Int32(visits.count)
      visits.append(Visit())
    }
    requestCount += 1
    visits[place].begin(
      number: Int32(truncatingIfNeeded: requestCount), Call.Kind(kind), source: source.number, path: path,
      now: now)
    return place
  }

  @inline(__always)
  mutating func free(visit: Int32) {
    visits.edit(visit) { visit in
      visit.turn &+= 1
      visit.patience &+= 1
      visit.phase = .free
      visit.next = freeVisit
    }
    freeVisit = visit
  }

  // MARK: Reaching the site

  /// The user's machine tries to connect to the name's address. Silence is met with another try after 1, 3 and 7 s;
  /// where the name has several addresses, at the next of them.
  mutating func knock(_ visit: Int32) {
    guard !balancers.isEmpty else { return wait(visit) }
    let addresses = topology.sharing == .activeActive ? balancers.count : 1
    var refusedBy: Int32 = -1
    for turn in 0..<addresses {
      let b = balancerForUser(visit, turn)
      let station = desks[b].station
      guard reachesFromInternet(desks[b].machine) else { return wait(visit) }
      if walls.areUp, !isAdmitted(visits[visit].source, to: b) { return wait(visit) }
      switch contact(onHostOf: station) {
      case .silence: return wait(visit)
      case .accepted:
        guard desks[b].speaksTLS else { return accept(visit, by: b) }
        guard visits[visit].isGreeted || visits[visit].isHeld else { return shakeHands(visit) }
        guard isCertificateGood(of: b) else { return turnAway(visit, from: b) }
        if visits[visit].isTraced { note(.shookHands, request: visits[visit].number, at: -1, station) }
        return accept(visit, by: b)
      // The next address is tried at once.
      case .refused: refusedBy = station
      }
    }
    if visits[visit].isTraced { note(.asked(.refused), request: visits[visit].number, at: -1, refusedBy) }
    conclude(visit, .refused, server: -1, nil)
    free(visit: visit)
  }

  /// The balancer that has the address which the user tries.
  private func balancerForUser(_ visit: Int32, _ turn: Int) -> Int {
    switch topology.sharing {
    case nil: 0
    case .activePassive: pair.reached
    case .activeActive:
      Int(UInt32(bitPattern: visits[visit].number &+ visits[visit].knocks &+ Int32(turn) &- 1))
        % balancers.count
    }
  }

  private mutating func wait(_ visit: Int32) {
    if visits[visit].isTraced {
      note(.knocked, request: visits[visit].number, at: -1, visits[visit].knocks)
    }
    visits[visit].turn &+= 1
    let seconds: Int64 = 1 << Int64(min(visits[visit].knocks, 30))
    visits[visit].knocks += 1
    arm(lane(seconds * 1_000_000_000), .visit, visit, turn: visits[visit].turn)
  }

  @inline(__always)
  private mutating func accept(_ visit: Int32, by b: Int) {
    visits.edit(visit) { visit in
      visit.balancer = Int32(b)
      visit.acceptedAt = now
      visit.phase = .atBalancer
    }
    let station = desks[b].station
    let isInstant = visits[visit].isHeld && stations[station].condition == .running
    if isInstant || (stations[station].cost == 0 && isIdle(station)) {
      stations[station].served += 1
      return choose(visit)
    }
    let call = newCall(
      at: station, visits[visit].kind, parent: visit, .visit, visit: visit, request: visits[visit].number,
      isTraced: visits[visit].isTraced)
    enter(call)
  }

  /// Whether work that takes no time would be done at once.
  @inline(__always)
  private func isIdle(_ station: Int32) -> Bool {
    stations[station].slowness == 0 && stations[station].busy < stations[station].workers
      && stations[station].queued == 0 && stations[station].condition == .running
  }

  // MARK: Ends

  /// The user waits no longer. The balancer does not notice.
  mutating func userGaveUp(_ visit: Int32) {
    guard visits[visit].hasUser else { return }
    let phase = visits[visit].phase
    if visits[visit].isTraced { note(.gaveUp, request: visits[visit].number, at: -1) }
    conclude(visit, .timeout, server: -1, nil)
    switch phase {
    case .knocking, .unheard: free(visit: visit)
    case .free, .atBalancer, .queuedForAny, .queuedForOne, .connecting, .pausing, .answering, .held,
      .answered:
      break
    }
  }

  /// The user has an end: it is counted and recorded.
  mutating func conclude(_ visit: Int32, _ end: Record.End, server: Int32, _ answer: Answer?) {
    visits.edit(visit) { visit in
      visit.hasUser = false
      visit.patience &+= 1
    }
    let isFine = end == .status(200)
    let database = answer?.database ?? -1
    if isFine, let answer, answer.position > 0 { databases.acknowledge(Simulation.unpack(answer.position)) }
    if visits[visit].isCounted {
      tally.count(
        end, server: server, database: database, isStale: isFine && answer?.isStale == true,
        isStoredAnyway: !isFine && visits[visit].isStored, duration: now - visits[visit].startedAt, at: now)
      if !isFine { watch.fail(at: time) }
    }
    if visits[visit].kind == .write, !isFine, !visits[visit].isStored {
      unstored.remember(visits[visit], run: tally.number)
    }
    if visits[visit].isTraced { note(.ended, request: visits[visit].number, at: server, Row.code(of: end)) }
    if visits[visit].isRecorded {
      concludeRow(visit, end, server: server, database: database, isStale: isFine && answer?.isStale == true)
    }
    if visits[visit].isCounted {
      visits[visit].isCounted = false
      tally.open -= 1
      if !isFine, run.isSerial, run.sending.endsAtFailure {
        tally.open -= run.sending.count - run.sent
        run.sending.count = run.sent
      }
      // Through the calendar: what this end frees is free before the next one comes.
      if run.isSerial, run.sent < run.sending.count { scheduleArrival(in: 0) }
    }
  }
}
