import Blueprint

/// Who follows whom, who hears whom, and what is lost when that changes.
extension Simulation {
  // MARK: Wiring

  /// The nodes in the order of building. A node that was there before keeps what it has; a new one is a copy.
  mutating func wireDatabases() {
    let old = databases.nodes
    if databases.terms.isEmpty { databases.terms = [Cluster.Term(parent: .start, before: 0)] }
    let primary = databases.newestPrimary
    let whole = primary.map { old[$0].applied } ?? .start
    databases.nodes = topology.databaseNodes.map { place in
      let machine = machineAt[place]
      let lag = (topology[place].mysql?.lag ?? topology.database.lag).nanoseconds
      let station = machines[Int(machine)].mysql
      // A station knows which node it was.
      let before = Int(stations[station].extra)
      if old.indices.contains(before), old[before].station == station {
        var node = old[before]
        node.lag = lag
        return node
      }
      var node = Cluster.Node(
        station: station, machine: machine,
        role: topology[place].mysql?.role == .primary ? .primary : .replica,
        lag: lag)
      node.applied = whole
      node.received = whole
      return node
    }
    databases.nodeOn = Array(repeating: -1, count: machines.count)
    for (i, node) in databases.nodes.enumerated() {
      stations[node.station].extra = Int32(i)
      databases.nodeOn[Int(node.machine)] = Int32(i)
    }
    for i in databases.nodes.indices where databases.nodes[i].source >= 0 {
      let source = old[databases.nodes[i].source]
      let isThere =
        machines[Int(source.machine)].mysql == source.station && !machines[Int(source.machine)].isRemoved
      databases.nodes[i].source = isThere ? Int(stations[source.station].extra) : -1
    }
    if topology.database.replication == .async { databases.waitsForReplicas = true }
  }

  // MARK: Hearing

  /// Before anything changes: what has reached a replica has reached it.
  mutating func settleReplication() {
    for i in databases.nodes.indices { databases.catchUp(i, now: now) }
  }

  /// After a change: who hears whom now.
  mutating func connectReplicas() {
    databases.listRoles()
    let primary = databases.newestPrimary
    for i in databases.nodes.indices where databases.nodes[i].role == .replica {
      if let primary, databases.nodes[i].source != primary { follow(primary, i) }
      let node = databases.nodes[i]
      let hears =
        node.role == .replica && node.source >= 0 && hears(i, node.source)
        && (node.isConnected || mayConnect(i, to: node.source))
      if hears, !node.isConnected { databases.nodes[i].connectedAt = now }
      if !hears {
        if node.isConnected { databases.nodes[i].silentSince = now }
        databases.nodes[i].isRefused = isRefused(i)
      }
      databases.nodes[i].isConnected = hears
      if hears { databases.waitsForReplicas = true }
    }
    databases.listRoles()
    for i in databases.primaries { releaseConfirmed(i) }
    watchPrimary()
  }

  /// A replica that has what the new primary lacks cannot follow it.
  private mutating func follow(_ primary: Int, _ i: Int) {
    let isBehind = databases.contains(databases.nodes[primary].applied, databases.nodes[i].applied)
    guard isBehind else {
      databases.nodes[i].role = .diverged
      databases.nodes[i].source = -1
      databases.nodes[i].isConnected = false
      return tell(nameOfNode(i), .diverged, cause: nameOfNode(primary))
    }
    databases.nodes[i].source = primary
    databases.nodes[i].received = databases.nodes[i].applied
    databases.nodes[i].isConnected = false
  }

  /// Whether one node's process can listen to another's.
  private func hears(_ i: Int, _ other: Int) -> Bool {
    let (a, b) = (stations[databases.nodes[i].station], stations[databases.nodes[other].station])
    return a.condition == .running && b.condition == .running && !a.isMuted && !b.isMuted && !a.isDiskFull
      && reaches(a.machine, b.machine)
  }

  /// Whether no firewall keeps a replica from its source. One that is connected already is not asked again.
  private func mayConnect(_ i: Int, to source: Int) -> Bool {
    !walls.areUp
      || isAdmitted(to: databases.nodes[source].station, from: databases.nodes[i].machine)
  }

  /// Whether a replica that asks its source is turned away at once, instead of waiting for an answer.
  private func isRefused(_ i: Int) -> Bool {
    let node = databases.nodes[i]
    guard node.source >= 0 else { return true }
    let source = databases.nodes[node.source].station
    return !stations[node.station].isMuted && contact(source, from: node.machine) == .refused
  }

  /// MySQL believes a silent connection for a minute (`slave_net_timeout`).
  private static let faithInSilence: Int64 = 60_000_000_000

  /// In MySQL's words: whether its thread listens to the source, and how many seconds it says that it is behind.
  func listening(_ i: Int) -> (io: String, secondsBehind: Int64?) {
    let node = databases.nodes[i]
    guard node.role == .replica, node.source >= 0 else { return ("No", nil) }
    if node.isConnected {
      let isBehind = !databases.contains(node.applied, databases.nodes[node.source].applied)
      return ("Yes", isBehind ? node.lag / 1_000_000_000 : 0)
    }
    let believes = !node.isRefused && now - node.silentSince < Simulation.faithInSilence
    return believes ? ("Yes", 0) : ("Connecting", nil)
  }

  /// A replica is heard again: the writes that waited for it are confirmed.
  private mutating func releaseConfirmed(_ primary: Int) {
    let station = databases.nodes[primary].station
    guard databases.nodes.contains(where: { $0.source == primary && $0.isConnected }) else { return }
    for call in calls.indices.map({ Int32($0) })
    where calls[call].station == station && calls[call].phase == .unconfirmed {
      for i in databases.nodes.indices
      where databases.nodes[i].source == primary && databases.nodes[i].isConnected {
        databases.nodes[i].received = databases.nodes[primary].applied
      }
      var reply = Answer(code: .ok, database: databases.nodes[primary].machine)
      reply.position = calls[call].position
      answer(call, reply)
    }
  }

  func nameOfNode(_ i: Int) -> String { address(ofStation: databases.nodes[i].station).text }

  // MARK: Promotion

  /// Makes the node the primary. What it had received is applied first, unless it must be `now`.
  mutating func promote(_ address: Address, now atOnce: Bool) throws(Problem) -> [Int32] {
    wire()
    return crown(try nodeToPromote(at: address), atOnce: atOnce)
  }

  /// Returns the node to promote. Throws if it is the primary already or is not running.
  func nodeToPromote(at address: Address) throws(Problem) -> Int {
    let i = try node(at: address)
    guard databases.nodes[i].role != .primary else { throw .primaryAlready(nameOfNode(i)) }
    guard stations[databases.nodes[i].station].condition == .running else { throw .nodeDown(nameOfNode(i)) }
    return i
  }

  private func node(at address: Address) throws(Problem) -> Int {
    guard let place = topology.place(of: address.host) else { throw .unknownHost(address.host) }
    guard address.part ?? .mysql == .mysql, topology[place].mysql != nil,
      let i = databases.node(on: machineAt[place])
    else { throw .notDatabase(address.text) }
    return i
  }

  private mutating func crown(_ i: Int, atOnce: Bool) -> [Int32] {
    settleReplication()
    if !atOnce, databases.contains(databases.nodes[i].received, databases.nodes[i].applied) {
      databases.nodes[i].applied = databases.nodes[i].received
    }
    let old = databases.primaries.filter { $0 != i }
    // A primary that is heard takes no more writes, and the one that follows it takes what is on its way.
    if !atOnce, let source = old.first(where: { $0 == databases.nodes[i].source }), hears(i, source) {
      databases.nodes[i].applied = databases.nodes[source].applied
      databases.nodes[i].received = databases.nodes[i].applied
    }
    let kept = databases.nodes[i].applied
    var lost: [Int32] = []
    for other in old { lost += databases.acknowledged(in: databases.nodes[other].applied, missingIn: kept) }
    databases.beginTerm(at: i)
    for other in old { depose(other, inFavourOf: i) }
    if let place = topology.place(of: names[Int(databases.nodes[i].machine)]) {
      topology.setPrimary(at: place)
    }
    tell(nameOfNode(i), .promoted(lost: lost.count))
    connectReplicas()
    return lost
  }

  /// What becomes of the old primary: one that is heard is made a replica, if it has nothing of its own; one that is
  /// dead or frozen will come back read only and following nobody; one that lives unheard goes on as a primary.
  private mutating func depose(_ old: Int, inFavourOf new: Int) {
    let station = stations[databases.nodes[old].station]
    if station.condition != .running || machines[Int(station.machine)].isDark {
      databases.nodes[old].role = .diverged
      databases.nodes[old].source = -1
    } else if hears(new, old) {
      databases.nodes[old].role = .replica
      databases.nodes[old].source = -1
      tell(nameOfNode(old), .demoted, cause: nameOfNode(new))
    }
  }

  /// Copies the primary's data to the node, which follows it from then on.
  mutating func rebuild(_ address: Address) throws(Problem) {
    wire()
    let i = try node(at: address)
    guard stations[databases.nodes[i].station].condition == .running else { throw .nodeDown(nameOfNode(i)) }
    let others = databases.primaries.filter { $0 != i && hears(i, $0) }
    guard
      let primary = others.max(by: { databases.nodes[$0].applied.term < databases.nodes[$1].applied.term })
    else {
      throw .nothingToFollow(nameOfNode(i))
    }
    guard databases.nodes[i].role != .replica else { throw .followsAlready(nameOfNode(i)) }
    settleReplication()
    databases.nodes[i].role = .replica
    databases.nodes[i].applied = databases.nodes[primary].applied
    databases.nodes[i].source = -1
    topology[topology.place(of: address.host) ?? 0].mysql?.role = .replica
    tell(nameOfNode(i), .rebuilt, cause: nameOfNode(primary))
    connectReplicas()
  }

  // MARK: Automatic failover

  /// How long the observers wait before they act.
  private static let observersPatience: Int64 = 10_000_000_000

  /// An observer beside each replica: where one does not hear the primary, the clock starts.
  private mutating func watchPrimary() {
    guard topology.database.failover == .auto else {
      databases.failoverTurn &+= 1
      databases.isFailoverPlanned = false
      return
    }
    let isMissing = candidate != nil
    if isMissing, !databases.isFailoverPlanned {
      databases.failoverTurn &+= 1
      databases.isFailoverPlanned = true
      schedule(.failover, subject: 0, turn: databases.failoverTurn, in: Simulation.observersPatience)
    } else if !isMissing {
      databases.failoverTurn &+= 1
      databases.isFailoverPlanned = false
    }
  }

  /// The replica that lives, does not hear a primary, and has most; the first of equals. Where the old primary must be
  /// switched off first, nobody can who is off the network: its order gets nowhere, and it stays what it is.
  private var candidate: Int? {
    var best: Int?
    for i in databases.nodes.indices where databases.nodes[i].role == .replica {
      guard stations[databases.nodes[i].station].condition == .running,
        !machines[Int(databases.nodes[i].machine)].isDark,
        !topology.database.fencing || machines[Int(databases.nodes[i].machine)].isOnline,
        !databases.primaries.contains(where: { hears(i, $0) })
      else { continue }
      if best.map({
        databases.position(databases.nodes[i].received) > databases.position(databases.nodes[$0].received)
      }) ?? true {
        best = i
      }
    }
    return best
  }

  mutating func failOver(turn: UInt32) {
    guard turn == databases.failoverTurn, topology.database.failover == .auto else { return }
    databases.isFailoverPlanned = false
    settleReplication()
    guard let i = candidate else { return }
    if topology.database.fencing { fence(for: i) }
    _ = crown(i, atOnce: false)
  }

  /// The old primary is switched off before there is a new one.
  private mutating func fence(for new: Int) {
    for old in databases.primaries {
      let target = Breakable.part(address(ofStation: databases.nodes[old].station))
      if stations[databases.nodes[old].station].condition != .crashed {
        try? perform(breaking: target, .crash, as: .fenced, by: nameOfNode(new))
      }
    }
  }
}
