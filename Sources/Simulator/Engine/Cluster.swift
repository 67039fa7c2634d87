import Blueprint

/// The database nodes and what each has: enough to know which read is old, which write is lost, and who can follow whom.
///
/// Writes are numbered within a *term*, the reign of one primary. A term begins where its primary stood in an earlier
/// one, so what a node has is one place in a tree of terms, and of two nodes either one has all that the other has, or
/// they have diverged.
struct Cluster: Equatable, Sendable {
  var nodes: [Node] = []
  var terms: [Term] = []
  /// Which node is on a host, by machine; -1 for none.
  var nodeOn: [Int32] = []
  /// The nodes by role, kept so that choosing one costs nothing: those that follow, or would, and those that reign.
  private(set) var replicas: [Int] = []
  private(set) var primaries: [Int] = []
  /// Of several primaries, the one that was promoted last.
  private(set) var newestPrimary: Int?
  /// Whether the primary still waits for a replica before it acknowledges.
  var waitsForReplicas = true
  var isFailoverPlanned = false
  var failoverTurn: UInt32 = 0

  struct Place: BitwiseCopyable, Equatable, Sendable {
    var term: Int32
    /// How many writes of the term.
    var count: Int64

    static let start = Place(term: 0, count: 0)
  }

  struct Node: Equatable, Sendable {
    let station: Int32
    let machine: Int32
    var role: Role
    /// Nanoseconds that a write is on its way to it.
    var lag: Int64
    /// What it shows, and, as far as semi-synchronous replication has brought more, what it has received.
    var applied = Place.start
    var received = Place.start
    /// The node that it follows, and since when it hears it; -1 where it follows nobody.
    var source = -1
    var isConnected = false
    var connectedAt: Int64 = 0
    /// Since when it hears nothing, and whether its connection was refused or just fell silent.
    var silentSince: Int64 = 0
    var isRefused = false
  }

  enum Role: UInt8, Sendable {
    case primary, replica
    /// A primary that was, or a replica that is ahead of the new one: it follows nobody.
    case diverged
  }

  struct Term: Equatable, Sendable {
    /// Where its primary stood when it began.
    let parent: Place
    /// How many writes there were before it.
    let before: Int64
    /// How many writes it has.
    var count: Int64 = 0
    /// The last of them, from number `firstKept` on.
    var kept = Slab<Stored>()
    var firstKept: Int64 = 1
  }

  struct Stored: BitwiseCopyable, Equatable {
    var time: Int64
    var request: Int32
    var isAcknowledged = false
  }

  // MARK: Places

  /// How many writes a place has in all.
  func position(_ place: Place) -> Int64 { terms.isEmpty ? 0 : terms[Int(place.term)].before + place.count }

  /// Whether `a` has all that `b` has.
  func contains(_ a: Place, _ b: Place) -> Bool { a.term == b.term ? a.count >= b.count : common(a, b) == b }

  /// The last place that both have.
  func common(_ a: Place, _ b: Place) -> Place {
    var a = a
    var b = b
    while a.term != b.term {
      // A term's number is larger than its parent's.
      if a.term > b.term { a = terms[Int(a.term)].parent } else { b = terms[Int(b.term)].parent }
    }
    return Place(term: a.term, count: min(a.count, b.count))
  }

  /// The term that leads from a place towards a later one.
  private func next(after term: Int32, towards target: Int32) -> Int32? {
    var at = target
    while at > term {
      let parent = terms[Int(at)].parent.term
      if parent == term { return at }
      at = parent
    }
    return nil
  }

  // MARK: Who is asked

  func node(on machine: Int32) -> Int? {
    guard Int(machine) < nodeOn.count else { return nil }
    let node = nodeOn[Int(machine)]
    return node >= 0 ? Int(node) : nil
  }

  func untried(_ tried: UInt64) -> Int? {
    nodes.indices.first { tried & (1 << UInt64(min($0, 63))) == 0 }
  }

  /// After roles have changed.
  mutating func listRoles() {
    replicas = nodes.indices.filter { nodes[$0].role == .replica }
    primaries = nodes.indices.filter { nodes[$0].role == .primary }
    newestPrimary = primaries.max { nodes[$0].applied.term < nodes[$1].applied.term }
  }

  /// The next replica in turn, beginning with the one at hand.
  @inline(__always)
  func replica(turn: Int, near machine: Int32) -> Int? {
    guard replicas.count > 1 else { return replicas.first }
    let own = node(on: machine).flatMap { replicas.firstIndex(of: $0) } ?? 0
    return replicas[(own + turn) % replicas.count]
  }

  func any(turn: Int, near machine: Int32) -> Int? {
    guard !nodes.isEmpty else { return nil }
    return ((node(on: machine) ?? 0) + turn) % nodes.count
  }

  // MARK: Writing

  /// Stores a write at a primary, and says where it stands.
  mutating func store(at i: Int, request: Int32, now: Int64) -> Place {
    let t = Int(nodes[i].applied.term)
    if terms[t].kept.count >= Cluster.keptAtLeast * 2 { trim(t, now: now) }
    terms[t].count += 1
    terms[t].kept.own()
    terms[t].kept.append(Stored(time: now, request: request))
    nodes[i].applied.count = terms[t].count
    nodes[i].received = nodes[i].applied
    return nodes[i].applied
  }

  private static let keptAtLeast = 32_768

  /// Forgets what everybody who listens has, but for the last ones, of which somebody may ask whether they are lost.
  private mutating func trim(_ t: Int, now: Int64) {
    for i in nodes.indices { catchUp(i, now: now) }
    let heard =
      nodes.filter { $0.isConnected && $0.applied.term == Int32(t) }.map { $0.applied.count }.min()
      ?? terms[t].count
    let needed = max(min(heard, terms[t].count - Int64(Cluster.keptAtLeast)), terms[t].count - 1_000_000)
    guard needed >= terms[t].firstKept else { return }
    var kept = Slab<Stored>()
    for k in Int(needed + 1 - terms[t].firstKept)..<terms[t].kept.count { kept.append(terms[t].kept[k]) }
    terms[t].kept = kept
    terms[t].firstKept = needed + 1
  }

  mutating func acknowledge(_ place: Place) {
    let t = Int(place.term)
    let i = place.count - terms[t].firstKept
    guard i >= 0 else { return }
    terms[t].kept.own()
    terms[t].kept[Int(i)].isAcknowledged = true
  }

  // MARK: Following

  /// Shows the replica what has reached it by now, as long as it hears its source.
  @inline(__always)
  mutating func catchUp(_ i: Int, now: Int64) {
    guard nodes[i].role == .replica, nodes[i].isConnected, nodes[i].source >= 0 else { return }
    let target = nodes[nodes[i].source].applied
    // Who came back only just has heard nothing of what was sent before.
    guard nodes[i].applied != target, nodes[i].connectedAt + nodes[i].lag <= now else { return }
    follow(i, to: target, now: now)
  }

  private mutating func follow(_ i: Int, to target: Place, now: Int64) {
    var at = nodes[i].applied
    let sentBy = now - nodes[i].lag
    while at != target {
      if at.term != target.term {
        guard let next = next(after: at.term, towards: target.term) else { break }
        let branch = terms[Int(next)].parent.count
        if at.count >= branch {
          at = Place(term: next, count: 0)
          continue
        }
        guard advance(&at, to: branch, sentBy) else { break }
      } else if !advance(&at, to: target.count, sentBy) {
        break
      }
    }
    nodes[i].applied = at
    if !contains(nodes[i].received, at) { nodes[i].received = at }
  }

  /// Takes what was stored by then; whether that is all up to the limit.
  private func advance(_ at: inout Place, to limit: Int64, _ sentBy: Int64) -> Bool {
    let t = Int(at.term)
    let firstKept = terms[t].firstKept
    // What is not kept is old enough to have arrived.
    if at.count + 1 < firstKept { at.count = min(limit, firstKept - 1) }
    while at.count < limit, terms[t].kept[Int(at.count + 1 - firstKept)].time <= sentBy { at.count += 1 }
    return at.count >= limit
  }

  /// The acknowledged writes that `lost` has and `kept` has not: how many, and which requests, as far as they are kept.
  func acknowledged(in lost: Place, missingIn kept: Place) -> [Int32] {
    let shared = common(lost, kept)
    var requests: [Int32] = []
    var at = lost
    while at != shared {
      let term = terms[Int(at.term)]
      let from = at.term == shared.term ? shared.count : 0
      var number = max(from + 1, term.firstKept)
      while number <= at.count {
        let stored = term.kept[Int(number - term.firstKept)]
        if stored.isAcknowledged { requests.append(stored.request) }
        number += 1
      }
      at = at.term == shared.term ? shared : term.parent
    }
    return requests.sorted()
  }

  // MARK: Reigns

  /// The node begins a term of its own.
  mutating func beginTerm(at i: Int) {
    let parent = nodes[i].applied
    terms.append(Term(parent: parent, before: position(parent)))
    nodes[i].applied = Place(term: Int32(terms.count - 1), count: 0)
    nodes[i].received = nodes[i].applied
    nodes[i].role = .primary
    nodes[i].source = -1
    nodes[i].isConnected = false
    listRoles()
  }
}
