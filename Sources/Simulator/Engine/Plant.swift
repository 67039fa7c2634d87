import Blueprint

/// What is built becomes what runs: hosts become machines, parts become stations, and the wiring between them.
extension Simulation {
  // MARK: Changes

  mutating func perform(_ change: Change) throws(Problem) {
    switch change {
    case .set(let target, let name, let value):
      let (key, place) = try topology.key(named: name, at: target)
      // What is set while it runs is set on the running farm, so there must be one.
      if key.owner == .server { wire() }
      _ = try topology.apply(.set(target, key: name, to: value))
      retune(key, at: place)
    case .remove(let address):
      let places = try topology.apply(change)
      faults.removeAll { $0.target.isGone(with: address) }
      for place in places { uninstall(address, at: place) }
    case .addBalancer, .addServer:
      for place in try topology.apply(change) { installMachine(at: place) }
    case .algorithm, .serveServers, .serveBalancers:
      _ = try topology.apply(change)
      isUnwired = true
    }
  }

  mutating func installMachine(at place: Int) {
    let host = topology[place]
    var machine = Machine()
    let i = Int32(machines.count)
    for kind in host.parts {
      if let work = host[work: kind] {
        machine.setStation(Int32(stations.count), of: kind)
        stations.append(Station(kind: kind, machine: i, work: work))
      }
    }
    if !host.hasFiles { machine.release = .none }
    machines.append(machine)
    names.append(host.name)
    tally.addMachine()
    machineAt.append(i)
    isUnwired = true
  }

  private mutating func uninstall(_ address: Address, at place: Int) {
    let machine = Int(machineAt[place])
    if let part = address.part {
      close(machines[machine].station(of: part))
      machines[machine].setStation(-1, of: part)
      if part == .files { machines[machine].release = .none }
    } else {
      for kind in ComponentKind.allCases { close(machines[machine].station(of: kind)) }
      machines[machine].isRemoved = true
      machineAt.remove(at: place)
    }
    isUnwired = true
  }

  /// What is taken away ends as a process does that is stopped: its connections are closed.
  private mutating func close(_ station: Int32) {
    guard station >= 0 else { return }
    stations[station].condition = .removed
    die(station)
  }

  /// A setting takes effect on what runs.
  private mutating func retune(_ key: Key, at place: Int) {
    switch key.owner {
    case .server: retuneServer(key.name, at: place)
    case .site:
      draws = key.name == .seed ? Draws(seed: topology.site.seed) : draws
      patienceLane = lane(topology.site.patience.nanoseconds)
    case .database:
      settleReplication()
      wireDatabases()
      connectReplicas()
    case .part(let kind):
      let station = machines[Int(machineAt[place])].station(of: kind)
      if let work = topology[place][work: kind] { tune(station, work) }
      if kind == .haproxy { retuneBalancer(station, at: place) } else { tune(station, at: place) }
    }
  }

  private mutating func tune(_ station: Int32, _ work: Work) {
    stations[station].account(at: now)
    stations[station].workers = Int32(clamping: work.workers)
    stations[station].cost = work.cost.nanoseconds
    stations[station].queueLimit = Int32(clamping: work.queue)
    takeNext(at: station)
  }

  private mutating func retuneServer(_ key: Key.Name, at place: Int) {
    let serving = topology[place].serving
    let machine = machineAt[place]
    for b in balancers.indices {
      guard let server = server(on: machine, of: b) else { continue }
      switch key {
      case .weight: balancers[b].farm.setWeight(server, serving.weight)
      case .state: setState(of: server, b, to: serving.state)
      case .maxconn:
        balancers[b].farm.setMaxconn(server, serving.maxconn ?? 0)
        emptyQueues(of: server, b)
      default: isUnwired = true
      }
    }
  }

  private mutating func setState(of server: Int, _ b: Int, to state: ServerState) {
    let before = balancers[b].farm.servers[server].state
    balancers[b].farm.setState(server, state)
    if before == .maint, state != .maint { trustAgain(server, b) }
    if before == .maint, state == .ready { grab(server, b) }
    if state != .ready { scatter(server, b) }
  }

  private mutating func retuneBalancer(_ station: Int32, at place: Int) {
    guard let b = desks.indices.first(where: { desks[$0].station == station }),
      let settings = topology[place].haproxy
    else { return }
    if settings.allBackups != balancers[b].settings.allBackups {
      balancers[b].farm.setAllBackups(settings.allBackups)
    }
    let old = balancers[b].settings
    balancers[b].settings = settings
    setLanes(ofBalancer: b)
    restateChecks(of: b, from: old)
    watchBalancers()
  }

  private mutating func setLanes(ofBalancer b: Int) {
    let settings = balancers[b].settings
    desks[b].connectLane = lane(settings.timeoutConnect.nanoseconds)
    desks[b].serverLane = lane(settings.timeoutServer.nanoseconds)
    desks[b].queueLane = lane((settings.timeoutQueue ?? settings.timeoutConnect).nanoseconds)
    desks[b].pauseLane = lane(min(settings.timeoutConnect, .seconds(1)).nanoseconds)
  }

  // MARK: Wiring

  /// Makes the wiring anew where something was built: a new configuration, read by every part.
  mutating func wire() {
    guard isUnwired else { return }
    isUnwired = false
    patienceLane = lane(topology.site.patience.nanoseconds)
    sharedApplications = topology.sharedApplications.map { machines[Int(machineAt[$0])].app }
    wireDatabases()
    for place in topology.hosts.indices { wireParts(at: place) }
    wireBalancers()
    connectReplicas()
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
  private mutating func tune(_ station: Int32, at place: Int) {
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
    case .haproxy, .files, .mysql: break
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
    let known = place >= 0 ? upstreams[place].peers : []
    let peers = targets.map { target in known.first { $0.station == target } ?? Upstream.Peer(station: target)
    }
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
    for place in topology.balancers {
      guard let settings = topology[place].haproxy else { continue }
      let before = old.1.indices.first { old.1[$0].machine == machineAt[place] }
      addBalancer(at: place, settings, keeping: before.map { known[$0] })
      if let before { balancers[balancers.count - 1].draws = old.0[before].draws }
    }
    if old.1.count > 0 { takeOver(old.1, old.2) }
    for b in desks.indices where desks[b].queue.count > 0 {
      for server in servers(of: b) { emptyQueues(of: server, b) }
    }
    arrangePair()
  }

  private mutating func addBalancer(at place: Int, _ settings: HAProxy, keeping known: ((Int32) -> Int32?)?) {
    let b = balancers.count
    let backends = topology.backends
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

extension Farm.Server {
  init(_ serving: Serving) {
    self.init(
      weight: serving.weight, initialWeight: serving.initialWeight, isBackup: serving.isBackup,
      state: serving.state,
      maxconn: serving.maxconn ?? 0)
  }
}

extension Topology {
  /// The algorithm of the balancers, which are configured alike.
  public var algorithm: Algorithm { balancers.first.flatMap { hosts[$0].haproxy?.algorithm } ?? .roundrobin }
}

extension Breakable {
  /// Whether it is gone when that host or part is.
  func isGone(with address: Address) -> Bool {
    switch self {
    case .part(let part): part == address || (address.part == nil && part.host == address.host)
    case .link: address.part == nil && concerns(host: address.host)
    }
  }
}
