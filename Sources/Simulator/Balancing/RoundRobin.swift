/// `roundrobin`: in turns, each server as often as its weight says and as evenly spread as possible.
///
/// Weights 5, 1 and 1 give `1 1 1 2 1 1 3`, and the turn begins again. A turn is as long as the sum of the
/// weights. Each server that was used is given the position at which it is due next. It is in one of three
/// lists: `waiting`, not used in this turn yet, heaviest first; `current`, due again in this turn, in order
/// of position; `later`, due in the next turn. A server that comes back takes its place about one turn
/// later, so the order among equals may differ from then on.
///
/// One value is one group: the active servers, or the backups.
struct RoundRobin: Equatable, Sendable {
  private struct Seat: BitwiseCopyable, Equatable {
    var weight = 0
    /// The position at which it is due; 0 while it has not been used.
    var next = 0
    var previous = 0
    /// What the divisions by its weight have left over so far.
    var rest = 0

    @inline(__always)
    mutating func advance(total: Int, clock: Int) {
      if next == 0 { next = clock }
      previous = next
      // In 32 bits, in which dividing takes less time, and which the weights of any farm fill but by a part.
      let steps = UInt32(truncatingIfNeeded: total).quotientAndRemainder(
        dividingBy: UInt32(truncatingIfNeeded: weight))
      next += Int(steps.quotient)
      rest += Int(steps.remainder)
      if rest >= weight {
        rest -= weight
        next += 1
      }
    }

    /// With a new weight it may be due sooner than it was, never later.
    mutating func bringForward(total: Int, clock: Int) {
      let step = total / weight
      rest = 0
      next = min(previous + step, next)
      if next < clock + 2 { next = clock + step }
    }
  }

  private var ownership = Ownership()
  private var seats = Slab<Seat>()
  private var waiting = IndexedHeap()
  private var current = IndexedHeap()
  private var later = IndexedHeap()
  private var clock = 0
  private var turn = 0
  private var total = 0

  /// To be called before the first `pick` after a copy. Everything else that changes it calls it.
  @inline(__always)
  mutating func own() {
    guard ownership.isShared() else { return }
    seats.own()
    waiting.own()
    current.own()
    later.own()
  }

  /// A server that is there from the start, and so takes part in the first turn.
  mutating func start(_ server: Int, weight: Int) {
    own()
    seat(server, weight: weight)
    total += weight
    clock = total
    turn = total
    waiting.file(server, key: -weight)
  }

  mutating func join(_ server: Int, weight: Int) {
    own()
    total += weight
    seat(server, weight: weight)
    seats[server].next = clock + (total + turn - clock) / weight
    file(server)
  }

  mutating func leave(_ server: Int) {
    own()
    total -= seats[server].weight
    waiting.remove(server)
    current.remove(server)
    later.remove(server)
  }

  mutating func reweigh(_ server: Int, weight: Int) {
    own()
    total += weight - seats[server].weight
    seats[server].weight = weight
    if waiting.contains(server) {
      waiting.remove(server)
      waiting.file(server, key: -weight)
      return
    }
    if later.contains(server) { seats[server].next += turn }
    later.remove(server)
    current.remove(server)
    seats[server].bringForward(total: total, clock: clock)
    file(server)
  }

  /// The server whose turn it is, or nil if every one is saturated. Those that are passed over lose their
  /// turn.
  @inline(__always)
  mutating func pick(from servers: Slab<Farm.Server>, avoiding avoided: Int?) -> Int? {
    if turn == 0 { startTurn() }
    // Nearly always the first is taken and due again in this turn, and nobody is passed over.
    if let due = current.first?.server, due != avoided, seats[due].next <= clock, !servers[due].isSaturated {
      seats[due].advance(total: total, clock: clock)
      clock += 1
      if isDueLater(due) {
        current.remove(due)
        file(due)
      } else {
        current.refileFirst(key: key(of: due))
      }
      return due
    }
    return pickAny(from: servers, avoiding: avoided)
  }

  @inline(never)
  private mutating func pickAny(from servers: Slab<Farm.Server>, avoiding avoided: Int?) -> Int? {
    let first = takeTurn()
    if let first, first != avoided, !servers[first].isSaturated {
      file(first)
      return first
    }
    return pick(from: servers, avoiding: avoided, passingOver: first)
  }

  /// Goes on where the first had to be passed over, or where this turn is over.
  private mutating func pick(from servers: Slab<Farm.Server>, avoiding avoided: Int?, passingOver first: Int?)
    -> Int?
  {
    var aside = first.map { [$0] } ?? []
    var hasSwapped = false
    var chosen: Int?
    while chosen == nil {
      if let server = takeTurn() {
        if server != avoided, !servers[server].isSaturated { chosen = server } else { aside.append(server) }
      } else if hasSwapped {
        break
      } else {
        swap(&waiting, &later)
        startTurn()
        hasSwapped = true
      }
    }
    if chosen == nil, let avoided, let index = aside.firstIndex(of: avoided), !servers[avoided].isSaturated {
      chosen = aside.remove(at: index)
    }
    if let chosen { file(chosen) }
    if !aside.isEmpty { refile(aside, inNewTurn: hasSwapped) }
    return chosen
  }

  private mutating func seat(_ server: Int, weight: Int) {
    while seats.count <= server { seats.append(Seat()) }
    seats[server].weight = weight
  }

  private mutating func startTurn() {
    clock = total
    turn = total
  }

  /// Whoever is due has had the turn, whether or not a request is given to it.
  @inline(__always)
  private mutating func takeTurn() -> Int? {
    guard let server = takeNext() else { return nil }
    seats[server].advance(total: total, clock: clock)
    clock += 1
    return server
  }

  private mutating func takeNext() -> Int? {
    let due = current.first?.server
    if let due, seats[due].next <= clock {
      current.remove(due)
      return due
    }
    if let unused = waiting.first?.server {
      waiting.remove(unused)
      seats[unused].next = 0
      seats[unused].rest = 0
      return unused
    }
    if let due { current.remove(due) }
    return due
  }

  private mutating func file(_ server: Int) {
    if isDueLater(server) {
      seats[server].next -= turn
      later.file(server, key: -seats[server].weight)
    } else {
      current.file(server, key: key(of: server))
    }
  }

  @inline(__always)
  private func isDueLater(_ server: Int) -> Bool {
    seats[server].next >= 2 * turn || seats[server].next >= turn + total
  }

  /// By position, and among equals by what a division has left over.
  @inline(__always)
  private func key(of server: Int) -> Int {
    256 * seats[server].next + (4096 + seats[server].rest - seats[server].weight) / 16
  }

  /// Those that were passed over go back, the last one first.
  private mutating func refile(_ aside: [Int], inNewTurn: Bool) {
    for server in aside.reversed() {
      if inNewTurn { waiting.file(server, key: -seats[server].weight) } else { file(server) }
    }
  }
}
