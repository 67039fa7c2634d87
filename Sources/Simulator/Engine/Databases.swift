import Blueprint

/// The database nodes and what each has: enough to know which read is old and which write is lost.
struct Cluster: Equatable, Sendable {
  var nodes: [Node] = []
  /// Which node is on a host, by machine; -1 for none.
  private var nodeOn: [Int32] = []
  private(set) var primary: Int?
  private var replicas: [Int] = []
  /// The tail of the primary's log: when each write was stored, from number `firstKept` on.
  var tail = Slab<Stored>()
  var firstKept: Int64 = 1
  /// How many writes the primary has stored.
  var stored: Int64 = 0

  struct Node: Equatable, Sendable {
    let station: Int32
    let machine: Int32
    var isPrimary: Bool
    /// Nanoseconds that a write is on its way to it.
    var lag: Int64
    /// How many of the primary's writes it shows.
    var applied: Int64 = 0
  }

  struct Stored: BitwiseCopyable, Equatable {
    var time: Int64
    var request: Int32
    var isAcknowledged = false
  }

  mutating func own() { tail.own() }

  /// The nodes in the order of building. A node that was there before keeps what it has.
  mutating func arrange(_ new: [Node], machines: Int) {
    let old = nodes
    nodes = new
    nodeOn = Array(repeating: -1, count: machines)
    primary = nil
    replicas = []
    for i in nodes.indices {
      nodeOn[Int(nodes[i].machine)] = Int32(i)
      if let before = old.firstIndex(where: { $0.station == nodes[i].station }) {
        nodes[i].applied = old[before].applied
      } else {
        // A new replica starts from a copy of the primary.
        nodes[i].applied = stored
      }
      if nodes[i].isPrimary { primary = primary ?? i } else { replicas.append(i) }
    }
    if let primary { nodes[primary].applied = stored }
  }

  func node(on machine: Int32) -> Int? {
    let node = nodeOn[Int(machine)]
    return node >= 0 ? Int(node) : nil
  }

  /// The node that an application on that host writes to.
  func primaryFor(_ machine: Int32) -> Int? { primary }

  func untried(_ tried: UInt64) -> Int? {
    nodes.indices.first { tried & (1 << UInt64(min($0, 63))) == 0 }
  }

  /// The next replica in turn, beginning with the one at hand.
  func replica(turn: Int, near machine: Int32) -> Int? {
    guard !replicas.isEmpty else { return nil }
    let own = node(on: machine).flatMap { replicas.firstIndex(of: $0) } ?? 0
    return replicas[(own + turn) % replicas.count]
  }

  func any(turn: Int, near machine: Int32) -> Int? {
    guard !nodes.isEmpty else { return nil }
    return ((node(on: machine) ?? 0) + turn) % nodes.count
  }

  /// Shows the replica what has reached it by now.
  mutating func catchUp(_ i: Int, now: Int64) {
    guard !nodes[i].isPrimary else {
      nodes[i].applied = stored
      return
    }
    var next = max(nodes[i].applied + 1, firstKept)
    while next <= stored, tail[Int(next - firstKept)].time + nodes[i].lag <= now { next += 1 }
    nodes[i].applied = next - 1
  }

  /// Stores a write at the primary, and says which number it has.
  mutating func store(request: Int32, now: Int64) -> Int64 {
    if tail.count >= 4_096, tail.count & (tail.count - 1) == 0 { trim(now: now) }
    stored += 1
    tail.append(Stored(time: now, request: request))
    return stored
  }

  mutating func acknowledge(_ position: Int64) {
    if position >= firstKept { tail[Int(position - firstKept)].isAcknowledged = true }
  }

  /// Forgets what every node shows.
  private mutating func trim(now: Int64) {
    for i in replicas { catchUp(i, now: now) }
    let needed = (replicas.map { nodes[$0].applied }.min() ?? stored) + 1
    guard needed > firstKept else { return }
    var kept = Slab<Stored>()
    for i in Int(needed - firstKept)..<tail.count { kept.append(tail[i]) }
    tail = kept
    firstKept = needed
  }
}

/// MySQL: reads and writes on the primary, reads on a replica.
extension Simulation {
  mutating func databaseServed(_ call: Int32) {
    let station = calls[call].station
    freeWorker(of: station)
    let node = Int(stations[station].extra)
    var reply = Answer(code: .ok, database: stations[station].machine)
    if calls[call].kind == .write {
      if databases.nodes[node].isPrimary {
        reply.position = databases.store(request: calls[call].request, now: now)
        wasStored(by: call)
      } else {
        reply.code = .readOnly
      }
    } else {
      databases.catchUp(node, now: now)
      reply.isStale = databases.nodes[node].applied < databases.stored
    }
    answer(call, reply)
  }

  /// Its user may have seen an error already.
  private mutating func wasStored(by call: Int32) {
    let visit = calls[call].visit
    if visits[visit].number == calls[call].request, visits[visit].hasUser {
      visits[visit].isStored = true
    } else if let failure = unstored.take(calls[call].request) {
      if failure.run == tally.number { tally.storedAnyway += 1 }
      if failure.row >= firstRow { rows[failure.row - firstRow].isStoredAnyway = true }
    }
  }

  mutating func replicaDidNotConfirm(_ call: Int32) {}
}
