/// The scheduled events, by time and then by order of scheduling.
///
/// The next few events are in a sorted array, from which removing the first is nearly free. All later events
/// are in a heap.
///
/// Most sites have few scheduled events. Inserting an event into the array moves about a quarter of them.
struct Calendar: Equatable, Sendable {
  /// The sorted array. The elements from `head` up to, but not including, `tail` are in use.
  private var sorted = Slab<CalendarEntry>()
  private var head = 0
  private var tail = 0
  /// The entries that are later than all entries in the sorted array.
  private var heap = CalendarHeap()
  /// The next arrival of a request. It is stored separately, because arrivals are the most frequent entries,
  /// and at most one is scheduled.
  private var arrival = Calendar.never

  /// The number of entries that move from the heap to the sorted array at once. The array may have twice this
  /// number, and has room for four times this number.
  private static let refillCount = 16

  private static var never: CalendarEntry { CalendarEntry(key: .max, event: 0, generation: 0, subject: -1) }

  private var hasArrival: Bool { arrival.time >= 0 }

  mutating func makeUnique() {
    sorted.makeUnique()
    heap.makeUnique()
  }

  var isEmpty: Bool { count == 0 }
  var count: Int { tail - head + heap.count + (hasArrival ? 1 : 0) }

  /// The time of the next entry; nil if the calendar is empty.
  var nextTime: Int64? {
    mutating get {
      let isArrival = isArrivalNext()
      if isEmpty { return nil }
      return isArrival ? arrival.time : sorted[head].time
    }
  }

  @inline(__always)
  private mutating func isArrivalNext() -> Bool {
    if head == tail {
      if heap.isEmpty { return true }
      refill()
    }
    return arrival.key < sorted[head].key
  }

  mutating func setArrival(_ entry: CalendarEntry) {
    precondition(!hasArrival)
    arrival = entry
  }

  @inline(__always)
  mutating func insert(_ entry: CalendarEntry) {
    if head == 0 || tail == sorted.count { makeRoom() }
    if heap.isBefore(entry) { heap.insert(entry) } else { insertIntoSorted(entry) }
  }

  /// Removes and returns the next entry. The calendar must not be empty.
  @inline(__always)
  mutating func next() -> CalendarEntry {
    if isArrivalNext() {
      let first = arrival
      arrival = Calendar.never
      return first
    }
    head += 1
    return sorted[head - 1]
  }

  /// Inserts the entry into the sorted array. To make room, it moves the earlier or the later entries,
  /// whichever are fewer.
  @inline(__always)
  private mutating func insertIntoSorted(_ entry: CalendarEntry) {
    if head == tail {
      sorted[tail] = entry
      tail += 1
    } else if entry.key < sorted[(head + tail) / 2].key {
      head -= 1
      var pointer = sorted.pointer(to: head)
      while pointer[1].key < entry.key {
        pointer.update(from: pointer + 1, count: 1)
        pointer += 1
      }
      pointer.pointee = entry
    } else {
      tail += 1
      var pointer = sorted.pointer(to: tail - 1)
      while entry.key < pointer[-1].key {
        pointer.update(from: pointer - 1, count: 1)
        pointer -= 1
      }
      pointer.pointee = entry
    }
  }

  /// Moves the entries to the middle of the sorted array. If there are too many, the latest entries move to
  /// the heap.
  @inline(never)
  private mutating func makeRoom() {
    while sorted.count < 4 * Calendar.refillCount { sorted.append(Calendar.never) }
    while tail - head > 2 * Calendar.refillCount {
      tail -= 1
      heap.insert(sorted[tail])
    }
    let entries = (head..<tail).map { sorted[$0] }
    head = (sorted.count - entries.count) / 2
    tail = head
    for entry in entries {
      sorted[tail] = entry
      tail += 1
    }
  }

  /// Fills the empty sorted array with the next entries of the heap.
  @inline(never)
  private mutating func refill() {
    head = Calendar.refillCount
    tail = head
    while tail < 2 * Calendar.refillCount, !heap.isEmpty {
      sorted[tail] = heap.removeFirst()
      tail += 1
    }
  }
}

/// One scheduled event. The calendar does not interpret `event` and `subject`; the scheduler defines their
/// meaning.
struct CalendarEntry: BitwiseCopyable, Equatable {
  /// The time in the upper 64 bits and the sequence number in the lower 64 bits. One comparison compares
  /// both.
  var key: UInt128
  var event: UInt8
  /// The subject's generation when the event was scheduled. If the subject's generation has changed since
  /// then, the event is ignored.
  var generation: UInt32
  var subject: Int32

  var time: Int64 { Int64(truncatingIfNeeded: key >> 64) }

  @inline(__always)
  static func key(at time: Int64, _ number: UInt64) -> UInt128 {
    UInt128(UInt64(bitPattern: time)) << 64 | UInt128(number)
  }
}
