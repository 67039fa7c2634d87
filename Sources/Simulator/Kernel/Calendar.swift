/// Scheduled events, by time and then by order of scheduling.
///
/// The next few are in a sorted row, because removing the first is then free. Most sites have few events at a time, and a
/// new one has to pass about a quarter of them. The rest is in a heap.
struct Calendar: Equatable, Sendable {
  /// The entries from `head` to `tail` are in use.
  private var row = Slab<CalendarEntry>()
  private var head = 0
  private var tail = 0
  /// The entries that are later than all in the row.
  private var later = CalendarHeap()
  /// The next arrival. There is at most one, and it is the most frequent entry, so it is not in the row.
  private var arrival = Calendar.never

  /// The number of entries that move to the row at once. It may have twice as many, and has room for four times as many.
  private static let portion = 16

  private static var never: CalendarEntry { CalendarEntry(key: .max, event: 0, turn: 0, subject: -1) }

  private var hasArrival: Bool { arrival.time >= 0 }

  mutating func own() {
    row.own()
    later.own()
  }

  var isEmpty: Bool { count == 0 }
  var count: Int { tail - head + later.count + (hasArrival ? 1 : 0) }

  /// The time of the next entry.
  var nextTime: Int64? {
    mutating get {
      let isArrival = isArrivalNext()
      if isEmpty { return nil }
      return isArrival ? arrival.time : row[head].time
    }
  }

  @inline(__always)
  private mutating func isArrivalNext() -> Bool {
    if head == tail {
      if later.isEmpty { return true }
      refill()
    }
    return arrival.key < row[head].key
  }

  mutating func setArrival(_ entry: CalendarEntry) {
    precondition(!hasArrival)
    arrival = entry
  }

  @inline(__always)
  mutating func insert(_ entry: CalendarEntry) {
    if head == 0 || tail == row.count { makeRoom() }
    if later.isBefore(entry) { later.insert(entry) } else { insertIntoRow(entry) }
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
    return row[head - 1]
  }

  /// Moves the earlier or the later entries of the row, whichever are fewer, to make room for this one.
  @inline(__always)
  private mutating func insertIntoRow(_ entry: CalendarEntry) {
    if head == tail {
      row[tail] = entry
      tail += 1
    } else if entry.key < row[(head + tail) / 2].key {
      head -= 1
      var place = row.pointer(to: head)
      while place[1].key < entry.key {
        place.update(from: place + 1, count: 1)
        place += 1
      }
      place.pointee = entry
    } else {
      tail += 1
      var place = row.pointer(to: tail - 1)
      while entry.key < place[-1].key {
        place.update(from: place - 1, count: 1)
        place -= 1
      }
      place.pointee = entry
    }
  }

  /// Moves the entries to the middle of the row. If there are many, the latest ones move to the heap.
  @inline(never)
  private mutating func makeRoom() {
    while row.count < 4 * Calendar.portion { row.append(Calendar.never) }
    while tail - head > 2 * Calendar.portion {
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

  /// Fills the empty row with the next entries of the heap.
  @inline(never)
  private mutating func refill() {
    head = Calendar.portion
    tail = head
    while tail < 2 * Calendar.portion, !later.isEmpty {
      row[tail] = later.removeFirst()
      tail += 1
    }
  }
}

/// One scheduled event. Which `event` it is and which `subject` it has only its scheduler knows.
struct CalendarEntry: BitwiseCopyable, Equatable {
  /// The time in the upper half and the running number in the lower, so that both are compared at once.
  var key: UInt128
  var event: UInt8
  /// The turn of the subject when it was scheduled. If the subject has another turn by now, the event no longer counts.
  var turn: UInt32
  var subject: Int32

  var time: Int64 { Int64(truncatingIfNeeded: key >> 64) }

  @inline(__always)
  static func key(at time: Int64, _ number: UInt64) -> UInt128 {
    UInt128(UInt64(bitPattern: time)) << 64 | UInt128(number)
  }
}
