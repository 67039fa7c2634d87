import Blueprint

/// Visits that wait for a slot: one line for any server, and one before each server whose algorithm knows no other.
extension Simulation {
  mutating func joinQueue(_ visit: Int32, of server: Int?) {
    lineUp(visit, of: server)
    let b = Int(visits[visit].balancer)
    if visits[visit].isTraced {
      note(.waitsForSlot, request: visits[visit].number, at: desks[b].station, visits[visit].queuePlace)
    }
    arm(desks[b].queueLane, .visit, visit, turn: visits[visit].turn)
  }

  /// Puts it at the end of the common line, or of a server's own.
  mutating func lineUp(_ visit: Int32, of server: Int?) {
    let b = Int(visits[visit].balancer)
    order &+= 1
    visits[visit].joined = order
    visits[visit].next = -1
    if let server {
      visits[visit].phase = .queuedForOne
      visits[visit].waitedForOne = true
      visits[visit].server = Int32(server)
      visits[visit].queuePlace = seats[seat(b, server)].queue.count
      append(visit, to: &seats[seat(b, server)].queue)
      balancers[b].farm.setOwnQueue(server, Int(seats[seat(b, server)].queue.count))
    } else {
      visits[visit].phase = .queuedForAny
      visits[visit].queuePlace = desks[b].queue.count
      append(visit, to: &desks[b].queue)
    }
  }

  private func append(_ visit: Int32, to queue: inout Waiting) {
    if queue.tail >= 0 { visits[queue.tail].next = visit } else { queue.head = visit }
    queue.tail = visit
    queue.count += 1
  }

  /// Takes the visit out of the line that it waits in.
  mutating func leaveQueue(_ visit: Int32) {
    let b = Int(visits[visit].balancer)
    let server = Int(visits[visit].server)
    if visits[visit].phase == .queuedForOne {
      remove(visit, from: &seats[seat(b, server)].queue)
      balancers[b].farm.setOwnQueue(server, Int(seats[seat(b, server)].queue.count))
      visits[visit].server = -1
    } else {
      remove(visit, from: &desks[b].queue)
    }
    visits[visit].turn &+= 1
  }

  private func remove(_ visit: Int32, from queue: inout Waiting) {
    var before: Int32 = -1
    var at = queue.head
    while at >= 0, at != visit {
      before = at
      at = visits[at].next
    }
    guard at == visit else { return }
    let after = visits[visit].next
    if before >= 0 { visits[before].next = after } else { queue.head = after }
    if after < 0 { queue.tail = before }
    queue.count -= 1
  }

  /// Gives the free slots of a server to those who have waited longest, in its own line or in the common one. A server
  /// without a limit has no slots to give.
  mutating func serveQueues(of server: Int, _ b: Int) {
    while balancers[b].farm.servers[server].inFlight < balancers[b].farm.servers[server].maxconn {
      let own = seats[seat(b, server)].queue.head
      let common = balancers[b].farm.isAllowed(server) ? desks[b].queue.head : -1
      guard own >= 0 || common >= 0 else { return }
      let isOwn = own >= 0 && (common < 0 || visits[own].joined < visits[common].joined)
      take(isOwn ? own : common, to: server, isGrabbed: false)
    }
  }

  /// The same for a server that is new, or whose limit has changed; one without a limit takes all.
  mutating func emptyQueues(of server: Int, _ b: Int) {
    serveQueues(of: server, b)
    guard balancers[b].farm.servers[server].maxconn == 0, balancers[b].farm.isAllowed(server) else { return }
    while desks[b].queue.head >= 0 { take(desks[b].queue.head, to: server, isGrabbed: false) }
  }

  private mutating func take(_ visit: Int32, to server: Int, isGrabbed: Bool) {
    leaveQueue(visit)
    if visits[visit].isTraced {
      let b = Int(visits[visit].balancer)
      note(.gotSlot, request: visits[visit].number, at: desks[b].station)
      notePick(visit, server)
    }
    assign(visit, to: server, isGrabbed: isGrabbed)
  }

  /// A server has come back from maintenance or from being DOWN: it grabs what waits in the common line.
  mutating func grab(_ server: Int, _ b: Int) {
    guard balancers[b].farm.isAllowed(server) else { return }
    let state = balancers[b].farm.servers[server]
    var left = state.maxconn == 0 ? Int.max : state.maxconn - state.inFlight
    while left > 0, desks[b].queue.head >= 0 {
      take(desks[b].queue.head, to: server, isGrabbed: true)
      left -= 1
    }
  }

  /// A server takes no new requests: with redispatch, those in its own line are chosen for again.
  mutating func scatter(_ server: Int, _ b: Int) {
    guard balancers[b].settings.redispatch else { return }
    var waiting: [Int32] = []
    var at = seats[seat(b, server)].queue.head
    while at >= 0 {
      waiting.append(at)
      at = visits[at].next
    }
    for visit in waiting {
      leaveQueue(visit)
      choose(visit)
    }
  }
}
