/// `roundrobin`: the servers in turn, each as often as its weight says and as evenly spread as possible.
///
/// Weights 5, 1 and 1 give `1 1 1 2 1 1 3`, and then the next round begins. A round has as many positions as
/// the sum of the weights. After each use, a server gets the position at which it is due next.
///
/// Each server is in one of three lists. `waiting` has the servers not yet used in this round, highest weight
/// first. `current` has the servers due again in this round, by position. `later` has the servers due in the
/// next round.
///
/// A server that rejoins is due about one round later. From then on, the order among equal servers may
/// differ.
///
/// Each value represents one group of servers: the active servers, or the standbys.
struct RoundRobin: Equatable, Sendable {
  /// A server's weight and the position at which the server is due.
  private struct RoundRobinPosition: BitwiseCopyable, Equatable {
    var weight = 0
    /// The position at which the server is due next; 0 if it has not been used yet.
    var next = 0
    var previous = 0
    /// The accumulated remainders of the divisions by its weight.
    var rest = 0

    @inline(__always)
    mutating func advance(total: Int, clock: Int) {
      if next == 0 { next = clock }
      previous = next
      // Divide 32-bit numbers, because that is faster. The sum of the weights fits into 32 bits.
      let steps = UInt32(truncatingIfNeeded: total).quotientAndRemainder(
        dividingBy: UInt32(truncatingIfNeeded: weight))
      next += Int(steps.quotient)
      rest += Int(steps.remainder)
      if rest >= weight {
        rest -= weight
        next += 1
      }
    }

    /// Sets the next position for a new weight. The server may become due sooner than before.
    mutating func bringForward(total: Int, clock: Int) {
      let step = total / weight
      rest = 0
      next = min(previous + step, next)
      if next < clock + 2 { next = clock + step }
    }
  }

  private var ownership = Ownership()
  private var positions = Slab<RoundRobinPosition>()
  private var waiting = IndexedHeap()
  private var current = IndexedHeap()
  private var later = IndexedHeap()
  private var clock = 0
  private var round = 0
  private var total = 0

  /// Gives this value its own memory if it shares memory with a copy. Call this before the first `pick` after
  /// a copy; all other changes call it themselves.
  @inline(__always)
  mutating func makeUnique() {
    guard ownership.isShared() else { return }
    positions.makeUnique()
    waiting.makeUnique()
    current.makeUnique()
    later.makeUnique()
    ownership.renew()
  }

  /// Adds a server that takes part from the first round.
  mutating func start(_ server: Int, weight: Int) {
    makeUnique()
    setWeight(server, weight: weight)
    total += weight
    clock = total
    round = total
    waiting.insert(server, key: -weight)
  }

  mutating func add(_ server: Int, weight: Int) {
    makeUnique()
    total += weight
    setWeight(server, weight: weight)
    positions[server].next = clock + (total + round - clock) / weight
    insert(server)
  }

  mutating func remove(_ server: Int) {
    makeUnique()
    total -= positions[server].weight
    waiting.remove(server)
    current.remove(server)
    later.remove(server)
  }

  mutating func changeWeight(_ server: Int, weight: Int) {
    makeUnique()
    total += weight - positions[server].weight
    positions[server].weight = weight
    if waiting.contains(server) {
      waiting.remove(server)
      waiting.insert(server, key: -weight)
      return
    }
    if later.contains(server) { positions[server].next += round }
    later.remove(server)
    current.remove(server)
    positions[server].bringForward(total: total, clock: clock)
    insert(server)
  }

  /// Returns the next server; nil if all are saturated. A server that is skipped loses its turn.
  @inline(__always)
  mutating func pick(from servers: Slab<ServerPool.Server>, avoiding avoided: Int?) -> Int? {
    if round == 0 { startRound() }
    // In nearly every call, the first server in `current` is due and can take the request. This case needs no
    // search.
    if let due = current.first?.server, due != avoided, positions[due].next <= clock,
      !servers[due].isSaturated
    {
      positions[due].advance(total: total, clock: clock)
      clock += 1
      if isDueLater(due) {
        current.remove(due)
        insert(due)
      } else {
        current.reinsertFirst(key: key(of: due))
      }
      return due
    }
    return pickAny(from: servers, avoiding: avoided)
  }

  @inline(never)
  private mutating func pickAny(from servers: Slab<ServerPool.Server>, avoiding avoided: Int?) -> Int? {
    let first = takeDue()
    if let first, first != avoided, !servers[first].isSaturated {
      insert(first)
      return first
    }
    return pick(from: servers, avoiding: avoided, skipping: first)
  }

  /// Returns the next server after the skipped server `first`, or in the next round if `first` is nil; nil if
  /// all are saturated.
  private mutating func pick(
    from servers: Slab<ServerPool.Server>, avoiding avoided: Int?, skipping first: Int?
  )
    -> Int?
  {
    var skipped = first.map { [$0] } ?? []
    var hasSwapped = false
    var chosen: Int?
    while chosen == nil {
      if let server = takeDue() {
        if server != avoided, !servers[server].isSaturated { chosen = server } else { skipped.append(server) }
      } else if hasSwapped {
        break
      } else {
        swap(&waiting, &later)
        startRound()
        hasSwapped = true
      }
    }
    if chosen == nil, let avoided, let index = skipped.firstIndex(of: avoided), !servers[avoided].isSaturated
    {
      chosen = skipped.remove(at: index)
    }
    if let chosen { insert(chosen) }
    if !skipped.isEmpty { reinsert(skipped, inNewRound: hasSwapped) }
    return chosen
  }

  private mutating func setWeight(_ server: Int, weight: Int) {
    while positions.count <= server { positions.append(RoundRobinPosition()) }
    positions[server].weight = weight
  }

  private mutating func startRound() {
    clock = total
    round = total
  }

  /// Removes and returns the server that is due; nil if this round is over. This uses up its turn, whether or
  /// not it gets the request.
  @inline(__always)
  private mutating func takeDue() -> Int? {
    guard let server = takeNext() else { return nil }
    positions[server].advance(total: total, clock: clock)
    clock += 1
    return server
  }

  private mutating func takeNext() -> Int? {
    let due = current.first?.server
    if let due, positions[due].next <= clock {
      current.remove(due)
      return due
    }
    if let unused = waiting.first?.server {
      waiting.remove(unused)
      positions[unused].next = 0
      positions[unused].rest = 0
      return unused
    }
    if let due { current.remove(due) }
    return due
  }

  private mutating func insert(_ server: Int) {
    if isDueLater(server) {
      positions[server].next -= round
      later.insert(server, key: -positions[server].weight)
    } else {
      current.insert(server, key: key(of: server))
    }
  }

  @inline(__always)
  private func isDueLater(_ server: Int) -> Bool {
    positions[server].next >= 2 * round || positions[server].next >= round + total
  }

  /// Returns the key for sorting: the position first, then the remainder.
  @inline(__always)
  private func key(of server: Int) -> Int {
    256 * positions[server].next + (4096 + positions[server].rest - positions[server].weight) / 16
  }

  /// Puts the skipped servers back into their lists, the last one first.
  private mutating func reinsert(_ skipped: [Int], inNewRound: Bool) {
    for server in skipped.reversed() {
      if inNewRound { waiting.insert(server, key: -positions[server].weight) } else { insert(server) }
    }
  }
}
