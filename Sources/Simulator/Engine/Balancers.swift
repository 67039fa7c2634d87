import Blueprint

/// A running haproxy: the farm that it chooses from, and who waits for a slot.
struct Balancer: Equatable, Sendable {
  let station: Int32
  let machine: Int32
  var settings: HAProxy
  var farm: Farm
  var members: [Member]
  /// What `random` draws from: HAProxy's own generator, which starts anew with each process.
  var draws = Xorshift32()
  /// Requests that wait for any server, by visit.
  var queue = Waiting()
  var connectLane: Int32 = -1
  var serverLane: Int32 = -1
  var queueLane: Int32 = -1
  var pauseLane: Int32 = -1

  mutating func pick(hash: UInt32, avoiding avoided: Int?) -> Farm.Choice {
    farm.pick(hash: hash, avoiding: avoided, draws: &draws)
  }

  /// A server as this balancer knows it; its place is its place in the farm.
  struct Member: Equatable, Sendable {
    let machine: Int32
    /// What answers there first: nginx, or the application where no nginx is.
    let front: Int32
    var queue = Waiting()
    var total = 0
  }

  /// A line of visits, linked through them.
  struct Waiting: Equatable, Sendable {
    var head: Int32 = -1
    var tail: Int32 = -1
    var count: Int32 = 0
  }
}

extension Simulation {
  func machineOfBalancer(_ balancer: Int32) -> Int32 { balancers[Int(balancer)].machine }

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
    if balancers[b].queue.count > 0, balancers[b].farm.joinsQueue, balancers[b].farm.hasAnyone {
      return joinQueue(visit, of: nil)
    }
    let hash =
      balancers[b].settings.algorithm == .uri ? paths.hash(visits[visit].path) : visits[visit].source
    let avoided = visits[visit].avoided
    let choice = balancers[b].pick(hash: hash, avoiding: avoided >= 0 ? Int(avoided) : nil)
    switch choice {
    case .server(let server):
      if visits[visit].isRecorded { notePick(visit, server) }
      assign(visit, to: server)
    case .waitForAny: joinQueue(visit, of: nil)
    case .waitFor(let server): joinQueue(visit, of: server)
    case .nobody:
      respond(visit, .status(503), flags: "SC")
    }
  }

  /// Gives the visit to a server. One that a returning server grabs from the queue is never counted as in flight by the
  /// balancer, so that the server accepts as many again: that is how HAProxy does it.
  mutating func assign(_ visit: Int32, to server: Int, isGrabbed: Bool = false) {
    let b = Int(visits[visit].balancer)
    visits[visit].server = Int32(server)
    visits[visit].pickedAt = now
    visits[visit].isGrabbed = isGrabbed
    if !isGrabbed { balancers[b].farm.began(server) }
    balancers[b].members[server].total += 1
    let machine = Int(balancers[b].members[server].machine)
    machines[machine].inFlight += 1
    if machines[machine].inFlight > machines[machine].peakInFlight {
      machines[machine].peakInFlight = machines[machine].inFlight
    }
    connect(visit)
  }

  /// Gives back the visit's slot, and hands it to whoever waits for it.
  private mutating func giveBackSlot(_ visit: Int32) {
    let server = Int(visits[visit].server)
    guard server >= 0 else { return }
    visits[visit].server = -1
    let b = Int(visits[visit].balancer)
    if !visits[visit].isGrabbed { balancers[b].farm.ended(server) }
    machines[Int(balancers[b].members[server].machine)].inFlight -= 1
    serveQueues(of: server, b)
  }

  // MARK: Connecting

  private mutating func connect(_ visit: Int32) {
    let b = Int(visits[visit].balancer)
    let front = balancers[b].members[Int(visits[visit].server)].front
    visits[visit].attempts += 1
    visits[visit].turn &+= 1
    let contact = contact(front, from: balancers[b].machine)
    if visits[visit].isRecorded {
      note(.asked(contact), request: visits[visit].number, at: balancers[b].station, front)
    }
    switch contact {
    case .accepted: connected(visit, to: front)
    case .refused: connectionFailed(visit, wasRefused: true)
    case .silence:
      visits[visit].phase = .connecting
      arm(balancers[b].connectLane, .visit, visit, turn: visits[visit].turn)
    }
  }

  private mutating func connected(_ visit: Int32, to front: Int32) {
    visits[visit].connectedAt = now
    guard !visits[visit].isHeld else {
      visits[visit].phase = .held
      return
    }
    visits[visit].phase = .answering
    let child = newCall(
      at: front, visits[visit].kind, parent: visit, .visit, visit: visit, isRecorded: visits[visit].isRecorded)
    visits[visit].child = child
    arm(balancers[Int(visits[visit].balancer)].serverLane, .visit, visit, turn: visits[visit].turn)
    enter(child)
  }

  /// The user of a held visit sends the last byte.
  mutating func goOn(_ visit: Int32) {
    visits[visit].isHeld = false
    guard visits[visit].phase == .held else { return }
    let member = balancers[Int(visits[visit].balancer)].members[Int(visits[visit].server)]
    connected(visit, to: member.front)
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
      if visits[visit].isRecorded { note(.pauses, request: visits[visit].number, at: balancers[b].station) }
      arm(balancers[b].pauseLane, .visit, visit, turn: visits[visit].turn)
    } else {
      tryAgain(visit)
    }
  }

  private mutating func tryAgain(_ visit: Int32) {
    if visits[visit].server >= 0 { connect(visit) } else { choose(visit) }
  }

  mutating func visitTimedOut(_ visit: Int32) {
    visits[visit].turn &+= 1
    let phase = visits[visit].phase
    if visits[visit].isRecorded, phase != .pausing, phase != .knocking {
      note(.timedOut, request: visits[visit].number, at: balancers[Int(visits[visit].balancer)].station)
    }
    switch phase {
    case .knocking: knock(visit)
    case .queuedForAny, .queuedForOne:
      leaveQueue(visit)
      respond(visit, .status(503), flags: "sQ")
    case .connecting: connectionFailed(visit, wasRefused: false)
    case .pausing: tryAgain(visit)
    case .answering:
      abandon(visits[visit].child)
      visits[visit].child = -1
      respond(visit, .status(504), flags: "sH")
    case .free, .atBalancer, .held, .unheard: break
    }
  }

  // MARK: Answering

  mutating func visitAnswered(_ visit: Int32, _ answer: Answer) {
    visits[visit].child = -1
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
    if visits[visit].isRecorded { noteBalancerEnd(visit, flags: flags) }
    let server: Int32
    if answer != nil, visits[visit].server >= 0 {
      server = balancers[Int(b)].members[Int(visits[visit].server)].machine
    } else {
      server = -1
    }
    visits[visit].turn &+= 1
    if visits[visit].hasUser, reachesFromInternet(machineOfBalancer(b)) {
      conclude(visit, end, server: server, answer)
    }
    giveBackSlot(visit)
    if visits[visit].hasUser { visits[visit].phase = .unheard } else { free(visit: visit) }
  }
}

extension Farm.Server {
  /// Whether the balancer knows that it cannot be asked at all.
  var isOut: Bool { isDown || state == .maint }
}
