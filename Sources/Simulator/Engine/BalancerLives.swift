import Blueprint

/// How a balancer dies, and what becomes of it when it is back.
extension Simulation {
  /// Whether what the balancer answers gets to its users.
  @inline(__always)
  func isHeardByUsers(_ b: Int) -> Bool {
    !stations[desks[b].station].isMuted && reachesFromInternet(desks[b].machine)
  }

  /// The balancer has died: its users' connections are closed, or just silent.
  mutating func loseVisits(ofBalancer station: Int32, isHeard: Bool) {
    guard let b = desks.indices.first(where: { desks[$0].station == station }) else { return }
    let isHeard = isHeard && isHeardByUsers(b)
    var lost = 0
    for visit in visits.indices.map({ Int32($0) }) where visits[visit].balancer == Int32(b) {
      switch visits[visit].phase {
      case .free, .knocking, .unheard: continue
      case .atBalancer, .queuedForAny, .queuedForOne, .connecting, .pausing, .answering, .held, .answered:
        break
      }
      let child = visits[visit].child
      if child >= 0 { abandon(child) }
      visits[visit].child = -1
      let server = visits[visit].server
      let wasAssigned = server >= 0 && visits[visit].phase != .queuedForOne
      if wasAssigned { machines[Int(seats[seat(b, Int(server))].machine)].inFlight -= 1 }
      visits[visit].server = -1
      visits[visit].turn &+= 1
      visits[visit].phase = .unheard
      if !visits[visit].hasUser { free(visit: visit) } else if isHeard { lose(visit, &lost) }
    }
    if lost > 0 { tell(nameOfBalancer(b), .connectionsLost(lost)) }
  }

  /// The user of a visit that a dead balancer had is told that the connection is gone.
  mutating func lose(_ visit: Int32, _ lost: inout Int) {
    lost += 1
    tally.lostConnections += 1
    conclude(visit, .refused, server: -1, nil)
    free(visit: visit)
  }

  /// A new haproxy: every server is where the configuration says, and trusted until a check fails.
  mutating func restartBalancer(_ station: Int32) {
    guard let b = desks.indices.first(where: { desks[$0].station == station }) else { return }
    var lost = 0
    for visit in visits.indices.map({ Int32($0) })
    where visits[visit].balancer == Int32(b) && visits[visit].phase == .unheard && visits[visit].hasUser {
      lose(visit, &lost)
    }
    if lost > 0 { tell(nameOfBalancer(b), .connectionsLost(lost)) }
    let settings = balancers[b].settings
    balancers[b].farm = Farm(
      servers: topology.backends.map { Farm.Server(topology.hosts[$0].serving) },
      algorithm: settings.algorithm,
      consistent: settings.isConsistent, allBackups: settings.allBackups)
    balancers[b].draws = Xorshift32()
    desks[b].queue = Waiting()
    for i in servers(of: b) { seats[seat(b, i)].queue = Waiting() }
    beginChecks(of: b)
  }

  /// A frozen haproxy goes on: answers are passed on and timers go off, late.
  mutating func wakeVisits(ofBalancer station: Int32) {
    guard let b = desks.indices.first(where: { desks[$0].station == station }) else { return }
    for visit in visits.indices.map({ Int32($0) })
    where visits[visit].balancer == Int32(b) && visits[visit].phase != .free {
      if visits[visit].phase == .answered {
        visitAnswered(visit, visits[visit].pending)
      } else if visits[visit].isOverdue {
        visits[visit].isOverdue = false
        visitTimedOut(visit)
      }
    }
  }
}
