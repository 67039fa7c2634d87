/// What is due, in the order of (time, order of scheduling).
///
/// The next ones stand in a row, in their order: taking one out costs nothing, and of the few that most sites have at a
/// time, a new one has to pass about a quarter. What comes after the row, if there is more, stands in a heap.
struct Calendar: Equatable, Sendable {
  /// Places of which those from `head` to `tail` are taken.
  private var row = Slab<Entry>()
  private var head = 0
  private var tail = 0
  /// Later than all in the row.
  private var later = EntryHeap()
  /// The next arrival: one at most, and the most frequent entry of all, so it does not stand in a row with the others.
  private var arrival = Calendar.never

  /// So many are put into the row at once. It may have twice as many, and has places for four times as many.
  private static let some = 16

  /// One thing that is due. `what` and `subject` belong to whoever scheduled it; `turn` tells whether it still counts.
  struct Entry: BitwiseCopyable, Equatable {
    /// Time in the upper half, the running number in the lower: compared as one number.
    var key: UInt128
    var what: Due
    var turn: UInt32
    var subject: Int32

    var time: Int64 { Int64(truncatingIfNeeded: key >> 64) }
  }

  @inline(__always)
  static func key(at time: Int64, _ number: UInt64) -> UInt128 {
    UInt128(UInt64(bitPattern: time)) << 64 | UInt128(number)
  }

  private static var never: Entry { Entry(key: .max, what: .arrival, turn: 0, subject: 0) }

  private var hasArrival: Bool { arrival.time >= 0 }

  mutating func own() {
    row.own()
    later.own()
  }

  var isEmpty: Bool { count == 0 }
  var count: Int { tail - head + later.count + (hasArrival ? 1 : 0) }

  /// When the next entry is due.
  var nextTime: Int64? {
    mutating get {
      let isArrival = isArrivalNext()
      return isEmpty ? nil : nextTime(isArrival: isArrival)
    }
  }

  /// Whether the next entry is the arrival.
  @inline(__always)
  private mutating func isArrivalNext() -> Bool {
    if head == tail {
      if later.isEmpty { return true }
      refill()
    }
    return arrival.key < row[head].key
  }

  /// When the next entry is due; call only where one is left.
  @inline(__always)
  private func nextTime(isArrival: Bool) -> Int64 { isArrival ? arrival.time : row[head].time }

  mutating func setArrival(_ entry: Entry) {
    precondition(!hasArrival)
    arrival = entry
  }

  @inline(__always)
  mutating func insert(_ entry: Entry) {
    if head == 0 || tail == row.count { makeRoom() }
    if later.isBefore(entry) { later.insert(entry) } else { file(entry) }
  }

  /// The next entry, taken out. Call only where one is left.
  @inline(__always)
  mutating func next() -> Entry {
    isArrivalNext() ? takeArrival() : takeFirst()
  }

  @inline(__always)
  private mutating func takeArrival() -> Entry {
    let first = arrival
    arrival = Calendar.never
    return first
  }

  /// Takes out the first of all but the arrival; call only after `isArrivalNext`.
  @inline(__always)
  private mutating func takeFirst() -> Entry {
    head += 1
    return row[head - 1]
  }

  /// Puts it between the earlier and the later ones in the row, of which the fewer move: so the one in the middle never
  /// does.
  @inline(__always)
  private mutating func file(_ entry: Entry) {
    if head == tail {
      row[tail] = entry
      tail += 1
    } else if entry.key < row[(head + tail) / 2].key {
      head -= 1
      var place = row.place(of: head)
      while place[1].key < entry.key {
        place.update(from: place + 1, count: 1)
        place += 1
      }
      place.pointee = entry
    } else {
      tail += 1
      var place = row.place(of: tail - 1)
      while entry.key < place[-1].key {
        place.update(from: place - 1, count: 1)
        place -= 1
      }
      place.pointee = entry
    }
  }

  /// The row has come to an end of its places and moves to their middle; of a long one, what is late leaves it.
  @inline(never)
  private mutating func makeRoom() {
    while row.count < 4 * Calendar.some { row.append(Calendar.never) }
    while tail - head > 2 * Calendar.some {
      tail -= 1
      later.insert(row[tail])
    }
    let entries = (head..<tail).map { row[$0] }
    head = (row.count - entries.count) / 2
    tail = head
    for entry in entries {
      row[tail] = entry
      tail += 1
    }
  }

  /// The row is empty, and what comes next moves up.
  @inline(never)
  private mutating func refill() {
    head = Calendar.some
    tail = head
    while tail < 2 * Calendar.some, !later.isEmpty {
      row[tail] = later.removeFirst()
      tail += 1
    }
  }
}

/// A heap of entries, in which each has four children.
private struct EntryHeap: Equatable, Sendable {
  private var entries = Slab<Calendar.Entry>()

  mutating func own() { entries.own() }

  var isEmpty: Bool { entries.count == 0 }
  var count: Int { entries.count }

  /// Whether its first comes before that one.
  @inline(__always)
  func isBefore(_ entry: Calendar.Entry) -> Bool { !isEmpty && entries[0].key < entry.key }

  @inline(never)
  mutating func insert(_ entry: Calendar.Entry) {
    entries.append(entry)
    var i = entries.count - 1
    while i > 0, entry.key < entries[(i - 1) / 4].key {
      entries[i] = entries[(i - 1) / 4]
      i = (i - 1) / 4
    }
    entries[i] = entry
  }

  mutating func removeFirst() -> Calendar.Entry {
    let first = entries[0]
    let last = entries.removeLast()
    if !isEmpty { sink(last) }
    return first
  }

  private func sink(_ entry: Calendar.Entry) {
    var i = 0
    while let child = firstChild(of: i), entries[child].key < entry.key {
      entries[i] = entries[child]
      i = child
    }
    entries[i] = entry
  }

  /// The earliest of the children.
  @inline(__always)
  private func firstChild(of i: Int) -> Int? {
    guard 4 * i + 1 < entries.count else { return nil }
    var first = 4 * i + 1
    for child in first..<min(first + 4, entries.count) where entries[child].key < entries[first].key {
      first = child
    }
    return first
  }
}

/// The kinds of things that can be due.
enum Due: UInt8, BitwiseCopyable, Equatable {
  /// The next request of a run starts.
  case arrival
  /// A component has finished its own part of a call.
  case served
  /// The first timer of a lane.
  case lane
  /// A health check is to start.
  case check
  /// A check that met silence is tried again.
  case checkKnock
  /// Something that was said with `at`.
  case order
  /// A server's weight grows a step.
  case ramp
  /// A database waits for a free disk, or for a replica that does not answer.
  case disk
  /// A standby balancer has missed enough advertisements, or a process has been found dead or alive.
  case takeover
  /// An observer has seen the primary dead for long enough.
  case failover
  /// A user's machine and a balancer have agreed on a key.
  case greeted
  /// A monitoring agent's interval has passed, or the operators' collector has waited long enough for one.
  case sample, scrapeEnd
}
