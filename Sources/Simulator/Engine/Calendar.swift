/// What is due, in the order of (time, order of scheduling): a heap in which each entry has four children.
struct Calendar: Equatable, Sendable {
  private var heap = Slab<Entry>()

  /// One thing that is due. `what` and `subject` belong to whoever scheduled it; `turn` tells whether it still counts.
  struct Entry: BitwiseCopyable, Equatable {
    /// Time in the upper half, the running number in the lower: compared as one number.
    var key: UInt128
    var what: Due
    var turn: UInt32
    var subject: Int32

    var time: Int64 { Int64(truncatingIfNeeded: key >> 64) }
  }

  /// How many places of the heap are used. Behind them stand entries that are later than any other, so that four
  /// children can always be compared, in pairs and without a branch that nobody could foresee.
  private var used = 0
  /// Whether the first place is empty: what was there has been taken out, and nothing has come in its stead yet. Most
  /// of what happens schedules something, which then sinks from there, instead of one sinking and another rising.
  private var hasHole = false
  /// The next arrival: one at most, and the most frequent entry of all, so it does not rise and sink with the others.
  private var arrival = Calendar.never

  @inline(__always)
  static func key(at time: Int64, _ number: UInt64) -> UInt128 {
    UInt128(UInt64(bitPattern: time)) << 64 | UInt128(number)
  }

  private static var never: Entry { Entry(key: .max, what: .arrival, turn: 0, subject: 0) }

  private var hasArrival: Bool { arrival.time >= 0 }

  mutating func own() { heap.own() }

  var isEmpty: Bool { used <= 1 && count == 0 }
  var count: Int { used - (hasHole ? 1 : 0) + (hasArrival ? 1 : 0) }

  /// When the next entry is due.
  var nextTime: Int64? {
    mutating get {
      let isArrival = isArrivalNext()
      return isEmpty ? nil : nextTime(isArrival: isArrival)
    }
  }

  /// Whether the next entry is the arrival.
  @inline(__always)
  mutating func isArrivalNext() -> Bool {
    if hasHole { fillHole() }
    return used == 0 || arrival.key < heap[0].key
  }

  /// When the next entry is due; call only where one is left.
  @inline(__always)
  func nextTime(isArrival: Bool) -> Int64 { isArrival ? arrival.time : heap[0].time }

  mutating func setArrival(_ entry: Entry) {
    precondition(!hasArrival)
    arrival = entry
  }

  mutating func insert(_ entry: Entry) {
    if hasHole {
      hasHole = false
      sink(entry)
    } else {
      used += 1
      if heap.count < used + 3 { grow() }
      rise(entry)
    }
  }

  /// The next entry, taken out. Call only where one is left.
  @inline(__always)
  mutating func next() -> Entry {
    isArrivalNext() ? takeArrival() : takeFirst()
  }

  @inline(__always)
  @discardableResult
  mutating func takeArrival() -> Entry {
    let first = arrival
    arrival = Calendar.never
    return first
  }

  /// Takes out the first of all but the arrival; call only after `isArrivalNext`.
  @inline(__always)
  mutating func takeFirst() -> Entry {
    hasHole = true
    return heap[0]
  }

  @inline(never)
  private mutating func grow() {
    while heap.count < used + 3 { heap.append(Calendar.never) }
  }

  private mutating func fillHole() {
    hasHole = false
    used -= 1
    let last = heap[used]
    heap[used] = Calendar.never
    if used > 0 { sink(last) }
  }

  private func rise(_ entry: Entry) {
    let heap = heap.place(of: 0)
    var i = used - 1
    while i > 0 {
      let parent = (i - 1) >> 2
      guard entry.key < heap[parent].key else { break }
      heap[i] = heap[parent]
      i = parent
    }
    heap[i] = entry
  }

  @inline(__always)
  private func sink(_ entry: Entry) {
    let heap = heap.place(of: 0)
    var i = 0
    var child = 1
    while child < used {
      let left = earlier(child, child + 1, of: heap)
      let right = earlier(child + 2, child + 3, of: heap)
      let least = earlier(left, right, of: heap)
      guard heap[least].key < entry.key else { break }
      heap[i] = heap[least]
      i = least
      child = 4 * i + 1
    }
    heap[i] = entry
  }

  /// Reckoned, since the compiler would make a branch of a choice.
  @inline(__always)
  private func earlier(_ a: Int, _ b: Int, of heap: UnsafeMutablePointer<Entry>) -> Int {
    a &+ (b &- a) &* (heap[b].key < heap[a].key ? 1 : 0)
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
