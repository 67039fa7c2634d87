import Blueprint

/// MySQL: reads and writes on the primary, reads on a replica.
extension Simulation {
  mutating func databaseServed(_ call: Int32) {
    let station = calls[call].station
    freeWorker(of: station)
    let node = Int(stations[station].extra)
    switch calls[call].kind {
    case .write: write(call, at: node)
    case .static, .read, .checkNginx, .checkApp, .checkDatabase: read(call, at: node)
    }
  }

  private mutating func read(_ call: Int32, at node: Int) {
    databases.catchUp(node, now: now)
    var reply = Answer(code: .ok, database: databases.nodes[node].machine)
    reply.isStale = isOld(node)
    answer(call, reply)
  }

  /// Whether a primary has writes that the node does not show.
  @inline(__always)
  func isOld(_ node: Int) -> Bool {
    guard databases.nodes[node].role != .primary, let primary = databases.newestPrimary else { return false }
    return !databases.contains(databases.nodes[node].applied, databases.nodes[primary].applied)
  }

  /// The node that an application on that host writes to: the primary; of two, the one on its side.
  @inline(__always)
  func primaryFor(_ machine: Int32) -> Int? {
    databases.primaries.count == 1 ? databases.newestPrimary : primaryOnTheSide(of: machine)
  }

  private func primaryOnTheSide(of machine: Int32) -> Int? {
    if let own = databases.node(on: machine), databases.nodes[own].role == .primary { return own }
    let heard = databases.primaries.filter { reaches(machine, databases.nodes[$0].machine) }
    let candidates = heard.isEmpty ? databases.primaries : heard
    return candidates.max { databases.nodes[$0].applied.term < databases.nodes[$1].applied.term }
      ?? formerPrimary
  }

  /// While nobody reigns, applications go on asking the one that did.
  private var formerPrimary: Int? {
    topology.primaries.first.flatMap { databases.node(on: machineAt[$0]) }
  }

  // MARK: Writing

  private mutating func write(_ call: Int32, at node: Int) {
    guard databases.nodes[node].role == .primary else {
      return answer(call, Answer(code: .readOnly, database: databases.nodes[node].machine))
    }
    if stations[calls[call].station].isDiskFull {
      calls[call].phase = .stalled
      return
    }
    let place = databases.store(at: node, request: calls[call].request, now: now)
    calls[call].position = Simulation.pack(place)
    wasStored(by: call)
    guard topology.database.replication == .semiSync, databases.waitsForReplicas, hasReplicas(of: node) else {
      return confirm(call)
    }
    if receiveAtOnce(node) { return confirm(call) }
    calls[call].phase = .unconfirmed
    calls[call].turn &+= 1
    arm(lane(topology.database.semiSyncTimeout.nanoseconds), .call, call, turn: calls[call].turn)
  }

  /// Tells the application that the write is done.
  private mutating func confirm(_ call: Int32) {
    let node = Int(stations[calls[call].station].extra)
    var reply = Answer(code: .ok, database: databases.nodes[node].machine)
    reply.position = calls[call].position
    answer(call, reply)
  }

  static func pack(_ place: Cluster.Place) -> Int64 { Int64(place.term + 1) << 40 | place.count }

  static func unpack(_ position: Int64) -> Cluster.Place {
    Cluster.Place(term: Int32(position >> 40) - 1, count: position & ((1 << 40) - 1))
  }

  /// Its user may have seen an error already.
  private mutating func wasStored(by call: Int32) {
    let visit = calls[call].visit
    if visit >= 0, visits[visit].number == calls[call].request, visits[visit].hasUser {
      visits[visit].isStored = true
    } else if let failure = unstored.take(calls[call].request) {
      if failure.run == tally.number { tally.storedAnyway += 1 }
      if failure.row >= firstRow { rows[failure.row - firstRow].isStoredAnyway = true }
    }
  }

  // MARK: Semi-synchronous

  private func hasReplicas(of primary: Int) -> Bool {
    databases.nodes.contains { $0.role == .replica && $0.source == primary }
  }

  /// Sends what the primary has to every replica that hears it; whether there is one.
  private mutating func receiveAtOnce(_ primary: Int) -> Bool {
    var isHeard = false
    for i in databases.nodes.indices
    where databases.nodes[i].source == primary && databases.nodes[i].isConnected {
      databases.nodes[i].received = databases.nodes[primary].applied
      isHeard = true
    }
    return isHeard
  }

  /// No replica has confirmed in time: the primary goes on without, until one is back.
  mutating func replicaDidNotConfirm(_ call: Int32) {
    if databases.waitsForReplicas {
      databases.waitsForReplicas = false
      tell(address(ofStation: calls[call].station).text, .stoppedWaitingForReplicas)
    }
    confirmAll(at: calls[call].station)
  }

  private mutating func confirmAll(at station: Int32) {
    for call in calls.indices.map({ Int32($0) })
    where calls[call].station == station && calls[call].phase == .unconfirmed {
      confirm(call)
    }
  }

  // MARK: Disk

  /// The disk has room again: MySQL notices at the next of its looks, one a minute.
  mutating func freeDisk(of station: Int32) {
    let waits = calls.indices.contains { calls[$0].station == station && calls[$0].phase == .stalled }
    guard waits else { return }
    let minute: Int64 = 60_000_000_000
    schedule(
      .disk, subject: station, turn: UInt32(bitPattern: stations[station].life), in: minute - now % minute)
  }

  mutating func retryDisk(of station: Int32, turn: UInt32) {
    let isAlive = stations[station].condition == .running && stations[station].life == Int32(bitPattern: turn)
    guard isAlive, !stations[station].isDiskFull else { return }
    var count = 0
    for call in calls.indices.map({ Int32($0) })
    where calls[call].station == station && calls[call].phase == .stalled {
      write(call, at: Int(stations[station].extra))
      count += 1
    }
    if count > 0 { tell(address(ofStation: station).text, .diskFreed(writes: count)) }
  }
}
