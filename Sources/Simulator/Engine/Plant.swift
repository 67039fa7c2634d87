import Blueprint

/// What is built becomes what runs: hosts become machines, parts become stations, and the wiring between them.
extension Simulation {
  // MARK: Changes

  mutating func perform(_ change: Change) throws(Problem) {
    switch change {
    case .set(let key, let target, _):
      let place = try topology.place(of: key, at: target)
      // What is set while it runs is set on the running farm, so there must be one.
      if key.owner == .server { wire() }
      _ = try topology.apply(change)
      retune(key, at: place)
    case .remove(let address):
      let places = try topology.apply(change)
      let touched = breakages.concerning([address.host])
      breakages.remove(touched.filter { $0.target.isGone(with: address) || isGone($0.target) })
      for place in places {
        if let kind = address.part, kind.isProtection {
          unguard(kind, at: place)
        } else {
          uninstall(address, at: place)
        }
      }
    case .addBalancer, .addServer:
      for place in try topology.apply(change) { installMachine(at: place) }
    case .addFirewall, .addTLS, .addMonitor: guardAnew(change, at: try topology.apply(change))
    case .algorithm, .serveServers, .serveBalancers:
      _ = try topology.apply(change)
      isUnwired = true
    }
  }

  /// Whether a fault is one of a part that went with another: a certificate goes with its haproxy.
  private func isGone(_ target: Breakable) -> Bool {
    guard case .part(let address) = target, let part = address.part else { return false }
    return topology.host(named: address.host)?.carries(part) != true
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
      if !cutLinks.isEmpty { cutLinks = cutLinks.filter { !$0.ends(at: Int32(machine)) } }
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
      // What is built and does not run yet is told when it is wired; until then no firewall knows it.
      guard !isUnwired else { return }
      wireDatabases()
      connectReplicas()
    case .part(.monitor): arrangeAgents()
    case .part(.certificate): for b in desks.indices { certify(b) }
    case .part(let kind):
      let station = machines[Int(machineAt[place])].station(of: kind)
      if let work = topology[place][work: kind] { tune(station, work) }
      if kind == .haproxy { retuneBalancer(station, at: place) } else { tune(station, at: place) }
    }
  }

  private mutating func tune(_ station: Int32, _ work: Work) {
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

  mutating func setLanes(ofBalancer b: Int) {
    let settings = balancers[b].settings
    desks[b].connectLane = lane(settings.timeoutConnect.nanoseconds)
    desks[b].serverLane = lane(settings.timeoutServer.nanoseconds)
    desks[b].queueLane = lane((settings.timeoutQueue ?? settings.timeoutConnect).nanoseconds)
    desks[b].pauseLane = lane(min(settings.timeoutConnect, .seconds(1)).nanoseconds)
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
