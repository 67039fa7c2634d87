import Blueprint

/// What protections do to what happens: who may connect, how far encryption goes, when a certificate is worth nothing.
extension Simulation {
  // MARK: Changes

  /// Something that protects or watches was built, changed or taken away.
  mutating func guardAnew(_ change: Change, at places: [Int]) {
    switch change {
    // A balancer reads its configuration anew.
    case .addTLS: isUnwired = true
    case .addMonitor:
      if !isUnwired { arrangeAgents() }
    case .addFirewall:
      if !isUnwired { raiseWalls(at: places) }
    case .addBalancer, .addServer, .remove, .set, .algorithm, .serveServers, .serveBalancers: break
    }
  }

  /// A protection is gone, and whatever was wrong with it.
  mutating func unguard(_ kind: ComponentKind, at place: Int) {
    switch kind {
    case .firewall:
      wire()
      applyFaults(around: .part(Address(topology[place].name)))
      raiseWalls(at: [place])
    case .certificate: isUnwired = true
    case .monitor:
      if !isUnwired { arrangeAgents() }
    case .haproxy, .nginx, .app, .files, .mysql: break
    }
  }

  /// Puts the current firewall rules of these hosts into force, and retries the connections that were waiting.
  private mutating func raiseWalls(at places: [Int]) {
    settleReplication()
    if walls.areUp {
      for place in places { walls.set(topology[place].firewall, at: machineAt[place]) }
    } else {
      walls = Walls(topology, machineAt: machineAt, count: machines.count)
    }
    connectReplicas()
    watchBalancers()
    deliverChecks()
  }

  // MARK: Connecting

  /// The port at which a part answers, and at which a balancer that encrypts asks a web server.
  @inline(__always)
  func port(of station: Int32, from machine: Int32) -> Port {
    switch stations[station].kind {
    case .haproxy: isEncrypting(machine: stations[station].machine) ? .https : .http
    case .nginx: encryptsInside(machine) ? .https : .http
    case .app: .app
    case .mysql: .mysql
    case .files, .firewall, .certificate, .monitor: .http
    }
  }

  @inline(__always)
  private func isEncrypting(machine: Int32) -> Bool {
    desks.indices.contains { desks[$0].machine == machine && desks[$0].speaksTLS }
  }

  @inline(__always)
  func encryptsInside(_ machine: Int32) -> Bool {
    desks.indices.contains { desks[$0].machine == machine && desks[$0].encryptsInside }
  }

  /// Whether a host's firewall lets another host in at a station's port.
  @inline(__always)
  func isAdmitted(to station: Int32, from machine: Int32) -> Bool {
    walls.admit(
      .machine(machine), to: stations[station].machine, at: port(of: station, from: machine))
  }

  /// Whether a balancer's firewall lets a user in.
  @inline(__always)
  func isAdmitted(_ user: UInt32, to b: Int) -> Bool {
    walls.admit(.outside(IPv4(user)), to: desks[b].machine, at: desks[b].speaksTLS ? .https : .http)
  }

  /// Whether one balancer hears the other's advertisements.
  func hearsAdvertisements(_ b: Int, of other: Int) -> Bool {
    let (from, to) = (desks[other].machine, desks[b].machine)
    guard reaches(from, to) else { return false }
    return !walls.areUp || walls.admit(.machine(from), to: to, at: .vrrp)
  }

  // MARK: Certificates

  /// What a balancer's certificate is worth, from its settings and from what is broken.
  mutating func certify(_ b: Int) {
    guard let place = topology.place(of: nameOfBalancer(b)) else { return }
    let tls = topology[place].tls
    desks[b].speaksTLS = tls != nil
    desks[b].encryptsInside = tls?.coversServers == true
    desks[b].isBlind = tls?.isReadByBalancer == false
    let isBroken = !breakages.at(.part(Address(topology[place].name, .certificate))).isEmpty
    desks[b].expires = isBroken ? 0 : tls?.validity.nanoseconds ?? .max
  }

  /// Whether a host's certificate has neither run out nor been broken; also where it has none.
  public func isCertificateGood(of host: String) -> Bool {
    guard let tls = topology.host(named: host)?.tls else { return true }
    return now < tls.validity.nanoseconds
      && breakages.at(.part(Address(host, .certificate))).isEmpty
  }

  func isCertificateGood(of b: Int) -> Bool { now < desks[b].expires }

  /// The user's machine and the balancer agree on a key before anything is sent. Who holds a request open by hand has
  /// that behind them.
  mutating func shakeHands(_ visit: Int32) {
    visits[visit].turn &+= 1
    schedule(
      .greeted, subject: visit, turn: visits[visit].turn, in: TLS.handshake.nanoseconds)
  }

  mutating func greeted(_ visit: Int32, turn: UInt32) {
    guard visits[visit].turn == turn, visits[visit].phase == .knocking else { return }
    visits[visit].isGreeted = true
    knock(visit)
  }

  /// The browser warns of the certificate, and its user goes no further: no request was sent.
  mutating func turnAway(_ visit: Int32, from b: Int) {
    if visits[visit].isTraced { note(.turnedAway, request: visits[visit].number, at: -1, desks[b].station) }
    conclude(visit, .refused, server: -1, nil)
    free(visit: visit)
  }
}
