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
    var machine = Machine(name: host.name)
    let i = Int32(machines.count)
    for kind in host.parts {
      if let work = host[work: kind] {
        machine.setStation(Int32(stations.count), of: kind)
        stations.append(Station(kind: kind, machine: i, work: work))
      }
    }
    if !host.hasFiles { machine.release = .none }
    machines.append(machine)
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

  private mutating func close(_ station: Int32) {
    if station >= 0 { stations[station].condition = .removed }
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
      guard let server = balancers[b].members.firstIndex(where: { $0.machine == machine }) else { continue }
      switch key {
      case .weight: balancers[b].farm.setWeight(server, serving.weight)
      case .state: setState(of: server, b, to: serving.state)
      case .maxconn:
        balancers[b].farm.setMaxconn(server, serving.maxconn ?? 0)
        serveQueues(of: server, b)
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
    guard let b = balancers.firstIndex(where: { $0.station == station }),
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
    balancers[b].connectLane = lane(settings.timeoutConnect.nanoseconds)
    balancers[b].serverLane = lane(settings.timeoutServer.nanoseconds)
    balancers[b].queueLane = lane((settings.timeoutQueue ?? settings.timeoutConnect).nanoseconds)
    balancers[b].pauseLane = lane(min(settings.timeoutConnect, .seconds(1)).nanoseconds)
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
    let members = topology.backends.map { place -> (member: Balancer.Member, serving: Serving) in
      let machine = machines[Int(machineAt[place])]
      let front = machine.nginx >= 0 ? machine.nginx : machine.app
      return (Balancer.Member(machine: machineAt[place], front: front), topology[place].serving)
    }
    let old = balancers
    let known = old.indices.map { health(of: $0, old[$0].settings) }
    for call in calls.indices where calls[call].parentKind == .check { calls[call].parentKind = .nobody }
    checks.removeAll()
    balancers = []
    for place in topology.balancers {
      guard let settings = topology[place].haproxy else { continue }
      let station = machines[Int(machineAt[place])].haproxy
      let farm = Farm(
        servers: members.map { Farm.Server($0.serving) }, algorithm: settings.algorithm,
        consistent: settings.isConsistent, allBackups: settings.allBackups)
      balancers.append(
        Balancer(
          station: station, machine: machineAt[place], settings: settings, farm: farm,
          members: members.map { $0.member }))
      let b = balancers.count - 1
      setLanes(ofBalancer: b)
      let before = old.firstIndex { $0.station == station }
      if let before { balancers[b].draws = old[before].draws }
      beginChecks(of: b, keeping: before.map { known[$0] } ?? { _ in nil })
      keepDown(b)
    }
    if !old.isEmpty { takeOver(from: old) }
    arrangePair()
  }

  /// A server that was DOWN before the new configuration is DOWN after it.
  private mutating func keepDown(_ b: Int) {
    for server in balancers[b].members.indices {
      guard let check = check(of: server, at: b) else { continue }
      if checks[check].health < Int32(balancers[b].settings.rise) { balancers[b].farm.setDown(server, true) }
    }
  }

  /// What is in flight goes on behind the new configuration.
  private mutating func takeOver(from old: [Balancer]) {
    for visit in visits.indices.map({ Int32($0) })
    where visits[visit].balancer >= 0 && visits[visit].phase != .free {
      let before = old[Int(visits[visit].balancer)]
      guard let b = balancers.firstIndex(where: { $0.station == before.station }) else { continue }
      visits[visit].balancer = Int32(b)
      let server = visits[visit].server
      let machine = server >= 0 ? before.members[Int(server)].machine : -1
      let place = balancers[b].members.firstIndex { $0.machine == machine }
      visits[visit].avoided = -1
      visits[visit].server = place.map { Int32($0) } ?? -1
      switch visits[visit].phase {
      case .queuedForAny, .queuedForOne: lineUp(visit, of: visits[visit].phase == .queuedForOne ? place : nil)
      case .free, .knocking, .atBalancer, .connecting, .pausing, .answering, .held, .answered, .unheard:
        if let place { balancers[b].farm.began(place) }
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
