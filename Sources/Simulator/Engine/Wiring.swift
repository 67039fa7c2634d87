import Blueprint

/// The wiring between what is built: who chooses among whom, who asks whom, and what goes on when that changes.
extension Simulation {
  /// Makes the wiring anew where something was built: a new configuration, read by every part.
  mutating func wire() {
    guard isUnwired else { return }
    isUnwired = false
    patienceLane = lane(topology.site.patience.nanoseconds)
    sharedApplications = topology.sharedApplications.map { machines[Int(machineAt[$0])].app }
    wireDatabases()
    for place in topology.hosts.indices { wireParts(at: place) }
    walls = Walls(topology, machineAt: machineAt, count: machines.count)
    wireBalancers()
    connectReplicas()
    arrangeAgents()
  }

  private mutating func wireParts(at place: Int) {
    let host = topology[place]
    let machine = machines[Int(machineAt[place])]
    if host.nginx != nil {
      wireUpstream(machine)
      tune(machine.nginx, at: place)
    }
    if host.app != nil { tune(machine.app, at: place) }
  }

  private static let minute: Int64 = 60_000_000_000
  private static let second: Int64 = 1_000_000_000

  /// The timers and switches of a part.
  mutating func tune(_ station: Int32, at place: Int) {
    let host = topology[place]
    switch stations[station].kind {
    case .nginx:
      guard let nginx = host.nginx else { return }
      // With no application but its own it keeps nginx's own patience, and haproxy's ends first.
      let isProxy = stations[station].extra >= 0 || host.app == nil
      let usual = isProxy ? Simulation.second : Simulation.minute
      stations[station].connectLane = lane(nginx.timeoutConnect?.nanoseconds ?? usual)
      stations[station].answerLane = lane(nginx.timeoutRead?.nanoseconds ?? usual)
    case .app:
      stations[station].connectLane = lane(Simulation.databaseTimeout)
      stations[station].answerLane = lane(Simulation.databaseTimeout)
      stations[station].holdsWorker = host.app?.isBlocking == true
    case .haproxy, .files, .mysql, .firewall, .certificate, .monitor: break
    }
  }

  /// Gives an nginx its choice of applications, where it has one, and what it remembered of each.
  private mutating func wireUpstream(_ machine: Machine) {
    var targets = sharedApplications
    if machine.app >= 0 { targets.insert(machine.app, at: 0) }
    let place = Int(stations[machine.nginx].extra)
    guard targets.count > 1 else {
      stations[machine.nginx].extra = -1
      return
    }
    var known: [Int32: Upstream.Peer] = [:]
    if place >= 0 { for peer in upstreams[place].peers { known[peer.station] = peer } }
    let peers = targets.map { known[$0] ?? Upstream.Peer(station: $0) }
    if place >= 0 {
      upstreams[place].peers = peers
    } else {
      stations[machine.nginx].extra = Int32(upstreams.count)
      upstreams.append(Upstream(peers: peers))
    }
  }

  private mutating func wireBalancers() {
    let old = (balancers, desks, seats)
    let known = balancers.indices.map { health(of: $0, balancers[$0].settings) }
    for call in calls.indices where calls[call].parentKind == .check { calls[call].parentKind = .nobody }
    checks.removeAll()
    balancers = []
    desks = Slab()
    seats = Slab()
    let backends = topology.backends
    for place in topology.balancers {
      guard let settings = topology[place].haproxy else { continue }
      let before = old.1.indices.first { old.1[$0].machine == machineAt[place] }
      addBalancer(at: place, settings, choosingAmong: backends, keeping: before.map { known[$0] })
      if let before { balancers[balancers.count - 1].draws = old.0[before].draws }
    }
    if old.1.count > 0 { takeOver(old.1, old.2) }
    for b in desks.indices where desks[b].queue.count > 0 {
      for server in servers(of: b) { emptyQueues(of: server, b) }
    }
    arrangePair()
  }

  private mutating func addBalancer(
    at place: Int, _ settings: HAProxy, choosingAmong backends: [Int], keeping known: ((Int32) -> Int32?)?
  ) {
    let b = balancers.count
    let farm = Farm(
      servers: backends.map { Farm.Server(topology[$0].serving) }, algorithm: settings.algorithm,
      consistent: settings.isConsistent, allBackups: settings.allBackups)
    let station = machines[Int(machineAt[place])].haproxy
    var desk = Desk(
      station: station, machine: machineAt[place], firstSeat: Int32(seats.count),
      seatCount: Int32(backends.count))
    desk.choosesByPath = settings.algorithm == .uri
    desk.joinsQueue = farm.joinsQueue
    desks.append(desk)
    certify(b)
    for backend in backends {
      let machine = machines[Int(machineAt[backend])]
      seats.append(Seat(machine: machineAt[backend], front: machine.nginx >= 0 ? machine.nginx : machine.app))
    }
    balancers.append(Balancer(settings: settings, farm: farm))
    setLanes(ofBalancer: b)
    beginChecks(of: b, keeping: known ?? { _ in nil })
    keepDown(b)
  }

  /// A server that was DOWN before the new configuration is DOWN after it.
  private mutating func keepDown(_ b: Int) {
    for server in servers(of: b) {
      guard let check = check(of: server, at: b) else { continue }
      if checks[check].health < Int32(balancers[b].settings.rise) { balancers[b].farm.setDown(server, true) }
    }
  }

  /// What is in flight goes on behind the new configuration.
  private mutating func takeOver(_ oldDesks: Slab<Desk>, _ oldSeats: Slab<Seat>) {
    for b in desks.indices {
      guard let before = oldDesks.indices.first(where: { oldDesks[$0].station == desks[b].station }) else {
        continue
      }
      for i in 0..<Int(oldDesks[before].seatCount) {
        let seat = oldSeats[Int(oldDesks[before].firstSeat) + i]
        if let server = server(on: seat.machine, of: b) { seats[self.seat(b, server)].total = seat.total }
      }
    }
    for visit in visits.indices.map({ Int32($0) })
    where visits[visit].balancer >= 0 && visits[visit].phase != .free {
      let before = oldDesks[Int(visits[visit].balancer)]
      guard let b = desks.indices.first(where: { desks[$0].station == before.station }) else {
        // Its balancer was taken away, and has closed the connection.
        visits[visit].balancer = -1
        visits[visit].server = -1
        continue
      }
      let old = visits[visit].server
      let place = old >= 0 ? server(on: oldSeats[Int(before.firstSeat + old)].machine, of: b) : nil
      visits[visit].balancer = Int32(b)
      visits[visit].avoided = -1
      if old >= 0, place == nil, visits[visit].phase != .queuedForOne {
        machines[oldSeats[Int(before.firstSeat + old)].machine].inFlight -= 1
      }
      visits[visit].server = place.map { Int32($0) } ?? -1
      goOn(visit, at: place, b)
    }
  }

  private mutating func goOn(_ visit: Int32, at server: Int?, _ b: Int) {
    switch visits[visit].phase {
    case .queuedForAny: lineUp(visit, of: nil)
    case .queuedForOne: lineUp(visit, of: server)
    case .free, .knocking, .atBalancer, .connecting, .pausing, .answering, .held, .answered, .unheard:
      if let server {
        if !visits[visit].isGrabbed { balancers[b].farm.began(server) }
      } else if visits[visit].phase == .connecting || visits[visit].phase == .pausing {
        // Its server is gone: the next attempt finds another one.
        visits[visit].turn &+= 1
        choose(visit)
      } else if visits[visit].phase == .held {
        visitAnswered(visit, Answer(code: .reset))
      }
    }
  }
}
