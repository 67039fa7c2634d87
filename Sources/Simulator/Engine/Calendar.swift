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

  /// Whether the first place is empty: what was there has been taken out, and nothing has come in its stead yet. Most
  /// of what happens schedules something, which then sinks from there, instead of one sinking and another rising.
  private var hasHole = false

  mutating func own() { heap.own() }

  var isEmpty: Bool { count == 0 }
  var count: Int { heap.count - (hasHole ? 1 : 0) }

  /// When the next entry is due.
  var nextTime: Int64? {
    mutating get {
      if hasHole { fillHole() }
      return heap.count > 0 ? heap[0].time : nil
    }
  }

  mutating func insert(_ entry: Entry) {
    if hasHole {
      hasHole = false
      sink(entry)
    } else {
      heap.append(entry)
      rise(entry)
    }
  }

  /// The next entry, taken out. Call only where one is left.
  mutating func next() -> Entry {
    if hasHole { fillHole() }
    hasHole = true
    return heap[0]
  }

  private mutating func fillHole() {
    hasHole = false
    let last = heap.removeLast()
    if heap.count > 0 { sink(last) }
  }

  private mutating func rise(_ entry: Entry) {
    var i = heap.count - 1
    while i > 0 {
      let parent = (i - 1) >> 2
      guard entry.key < heap[parent].key else { break }
      heap[i] = heap[parent]
      i = parent
    }
    heap[i] = entry
  }

  private mutating func sink(_ entry: Entry) {
    let count = heap.count
    var i = 0
    var child = 1
    while child < count {
      var least = child
      var key = heap[child].key
      var other = child + 1
      let end = min(child + 4, count)
      while other < end {
        let otherKey = heap[other].key
        if otherKey < key {
          least = other
          key = otherKey
        }
        other += 1
      }
      guard key < entry.key else { break }
      heap[i] = heap[least]
      i = least
      child = 4 * i + 1
    }
    heap[i] = entry
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
}
