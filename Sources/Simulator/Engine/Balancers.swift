import Blueprint

/// A running haproxy: how it is configured, and the farm that it chooses from.
struct Balancer: Equatable, Sendable {
  var settings: HAProxy
  var farm: Farm
  /// What `random` draws from: HAProxy's own generator, which starts anew with each process.
  var draws = Xorshift32()

  mutating func pick(hash: UInt32, avoiding avoided: Int32) -> Farm.Choice {
    farm.pick(hash: hash, avoiding: avoided >= 0 ? Int(avoided) : nil, draws: &draws)
  }
}

extension Simulation {
  @inline(__always)
  func machineOfBalancer(_ balancer: Int32) -> Int32 { desks[Int(balancer)].machine }

  // MARK: Choosing

  /// haproxy has read the request.
  mutating func balancerServed(_ call: Int32) {
    let visit = calls[call].parent
    let station = calls[call].station
    free(call)
    stations[station].served += 1
    freeWorker(of: station)
    choose(visit)
  }

  /// Chooses a server for the visit, or a queue.
  mutating func choose(_ visit: Int32) {
    let b = Int(visits[visit].balancer)
    // Those who wait go first, even where a server is idle.
    if desks[b].queue.count > 0, desks[b].joinsQueue, balancers[b].farm.hasAnyone {
      return joinQueue(visit, of: nil)
    }
    let hash = hash(of: visit, b)
    take(balancers[b].pick(hash: hash, avoiding: visits[visit].avoided), for: visit)
  }

  @inline(__always)
  func hash(of visit: Int32, _ b: Int) -> UInt32 {
    desks[b].choosesByPath ? paths.hash(visits[visit].path) : SourceHash.of(IPv4(visits[visit].source))
  }

  /// The visit goes where the farm says.
  @inline(__always)
  mutating func take(_ choice: Farm.Choice, for visit: Int32) {
    switch choice {
    case .server(let server):
      if visits[visit].isTraced { notePick(visit, server) }
      assign(visit, to: server)
    case .waitForAny: joinQueue(visit, of: nil)
    case .waitFor(let server): joinQueue(visit, of: server)
    case .nobody:
      if visits[visit].isTraced {
        note(
          .foundNobody, request: visits[visit].number, at: desks[Int(visits[visit].balancer)].station)
      }
      respond(visit, .status(503), flags: "SC")
    }
  }

  /// Gives the visit to a server. One that a returning server grabs from the queue is never counted as in flight by the
  /// balancer, so that the server accepts as many again: that is how HAProxy does it.
  mutating func assign(_ visit: Int32, to server: Int, isGrabbed: Bool = false) {
    let b = Int(visits[visit].balancer)
    visits.edit(visit) { visit in
      visit.server = Int32(server)
      visit.pickedAt = now
      visit.isGrabbed = isGrabbed
    }
    if !isGrabbed { balancers[b].farm.began(server) }
    let machine = seats.edit(Int32(seat(b, server))) { seat in
      seat.total += 1
      return seat.machine
    }
    machines.edit(machine) { machine in
      machine.inFlight += 1
      machine.peakInFlight = max(machine.peakInFlight, machine.inFlight)
    }
    connect(visit)
  }

  /// Gives back the visit's slot, and hands it to whoever waits for it.
  mutating func giveBackSlot(_ visit: Int32) {
    let server = Int(visits[visit].server)
    guard server >= 0 else { return }
    visits[visit].server = -1
    let b = Int(visits[visit].balancer)
    if !visits[visit].isGrabbed { balancers[b].farm.ended(server) }
    machines[Int(seats[seat(b, server)].machine)].inFlight -= 1
    if desks[b].queue.count > 0 || seats[seat(b, server)].queue.count > 0 { serveQueues(of: server, b) }
  }

  // MARK: Connecting

  @inline(__always)
  private mutating func connect(_ visit: Int32) {
    let b = Int(visits[visit].balancer)
    let front = seats[seat(b, Int(visits[visit].server))].front
    visits.edit(visit) { visit in
      visit.attempts += 1
      visit.turn &+= 1
    }
    // Said first: as an argument it would make the compiler copy the whole simulation.
    let machine = desks[b].machine
    let contact = contact(front, from: machine)
    if visits[visit].isTraced {
      note(.asked(contact), request: visits[visit].number, at: desks[b].station, front)
    }
    switch contact {
    case .accepted: connected(visit, to: front)
    case .refused: connectionFailed(visit, wasRefused: true)
    case .silence:
      visits[visit].phase = .connecting
      arm(desks[b].connectLane, .visit, visit, turn: visits[visit].turn)
    }
  }

  @inline(__always)
  private mutating func connected(_ visit: Int32, to front: Int32) {
    let life = stations[front].life
    let (isHeld, v) = visits.edit(visit) { visit in
      visit.connectedAt = now
      visit.life = life
      let isHeld = visit.isHeld && visit.hasUser
      visit.phase = isHeld ? .held : .answering
      return (isHeld, visit)
    }
    guard !isHeld else { return }
    let child = newCall(
      at: front, v.kind, parent: visit, .visit, visit: visit, request: v.number, isTraced: v.isTraced)
    visits[visit].child = child
    arm(desks[v.balancer].serverLane, .visit, visit, turn: v.turn)
    enter(child)
  }

  /// The user of a held visit sends the last byte.
  mutating func goOn(_ visit: Int32) {
    visits[visit].isHeld = false
    guard visits[visit].phase == .held, visits[visit].server >= 0 else { return }
    let b = Int(visits[visit].balancer)
    let front = seats[seat(b, Int(visits[visit].server))].front
    let isReached = !stations[front].isMuted && reaches(desks[b].machine, stations[front].machine)
    if isReached, visits[visit].life == stations[front].life {
      connected(visit, to: front)
    } else if isReached {
      // The server has lived and died since, and knows nothing of this connection.
      visitAnswered(visit, Answer(code: .reset))
    } else {
      visits[visit].phase = .answering
      arm(desks[b].serverLane, .visit, visit, turn: visits[visit].turn)
    }
  }

  /// Only a failed connection is tried again; where, depends on redispatch and on who is left.
  private mutating func connectionFailed(_ visit: Int32, wasRefused: Bool) {
    let b = Int(visits[visit].balancer)
    let settings = balancers[b].settings
    let attemptsLeft = Int32(settings.retries) + 1 - visits[visit].attempts
    guard attemptsLeft > 0 else { return respond(visit, .status(503), flags: wasRefused ? "SC" : "sC") }
    let server = Int(visits[visit].server)
    let goesElsewhere =
      settings.redispatch
      && (balancers[b].farm.servers[server].isOut || attemptsLeft == 1
        || (balancers[b].farm.redispatchesAtOnce && balancers[b].farm.activeUsable > 1))
    if goesElsewhere {
      visits[visit].avoided = visits[visit].server
      giveBackSlot(visit)
    }
    // The same server would most likely refuse again at once; after silence enough time has passed.
    if wasRefused, !goesElsewhere || balancers[b].farm.activeUsable <= 1 {
      visits[visit].phase = .pausing
      visits[visit].turn &+= 1
      if visits[visit].isTraced { note(.pauses, request: visits[visit].number, at: desks[b].station) }
      arm(desks[b].pauseLane, .visit, visit, turn: visits[visit].turn)
    } else {
      tryAgain(visit)
    }
  }

  private mutating func tryAgain(_ visit: Int32) {
    if visits[visit].server >= 0 { connect(visit) } else { choose(visit) }
  }

  mutating func visitTimedOut(_ visit: Int32) {
    visits[visit].turn &+= 1
    let b = visits[visit].balancer
    guard b < 0 || stations[desks[Int(b)].station].condition == .running else {
      visits[visit].isOverdue = true
      return
    }
    let phase = visits[visit].phase
    if visits[visit].isTraced, phase != .pausing, phase != .knocking {
      note(.timedOut, request: visits[visit].number, at: desks[Int(visits[visit].balancer)].station)
    }
    switch phase {
    case .knocking: knock(visit)
    case .queuedForAny, .queuedForOne:
      leaveQueue(visit)
      respond(visit, .status(503), flags: "sQ")
    case .connecting: connectionFailed(visit, wasRefused: false)
    case .pausing: tryAgain(visit)
    case .answering:
      if visits[visit].child >= 0 { abandon(visits[visit].child) }
      visits[visit].child = -1
      respond(visit, .status(504), flags: "sH")
    case .free, .atBalancer, .held, .answered, .unheard: break
    }
  }

  // MARK: Answering

  mutating func visitAnswered(_ visit: Int32, _ answer: Answer) {
    visits[visit].child = -1
    guard stations[desks[Int(visits[visit].balancer)].station].condition == .running else {
      visits[visit].turn &+= 1
      visits[visit].phase = .answered
      visits[visit].pending = answer
      return
    }
    switch answer.code {
    case .reset: respond(visit, .status(502), flags: "SH")
    case .ok, .notFound, .serverError, .badGateway, .gatewayTimeout, .readOnly, .tooMany, .tableFull:
      respond(visit, .status(Int(answer.code.rawValue)), by: answer, flags: "--")
    }
  }

  /// The balancer is done with the visit: the user gets this, if a packet reaches them.
  private mutating func respond(
    _ visit: Int32, _ end: Record.End, by answer: Answer? = nil, flags: StaticString
  ) {
    let b = visits[visit].balancer
    if visits[visit].isRecorded { noteBalancerEnd(visit, isAnswered: answer != nil, flags: flags) }
    let server = answer?.server ?? -1
    // Its own words: what came from behind it is no failure of its own.
    if answer == nil, b >= 0 { stations[desks[Int(b)].station].failed += 1 }
    visits[visit].turn &+= 1
    if visits[visit].hasUser, isHeardByUsers(Int(b)) {
      // One that cannot speak to users in their TLS can only close the connection.
      conclude(visit, answer == nil && desks[Int(b)].isBlind ? .refused : end, server: server, answer)
    }
    giveBackSlot(visit)
    if visits[visit].hasUser { visits[visit].phase = .unheard } else { free(visit: visit) }
  }
}

extension Farm.Server {
  /// Whether the balancer knows that it cannot be asked at all.
  var isOut: Bool { isDown || state == .maint }
}
