/// The scheduled events, by time and then by order of scheduling.
///
/// The next few events are in a sorted row, from which removing the first is nearly free. All later events
/// are in a heap.
///
/// Most sites have few scheduled events. Inserting an event into the row moves about a quarter of them.
struct Calendar: Equatable, Sendable {
  /// The sorted row. The elements from `head` up to, but not including, `tail` are in use.
  private var row = Slab<CalendarEntry>()
  private var head = 0
  private var tail = 0
  /// The entries that are later than all entries in the row.
  private var later = CalendarHeap()
  /// The next arrival of a request. It has its own place because arrivals are the most frequent entries, and
  /// at most one is scheduled.
  private var arrival = Calendar.never

  /// The number of entries that move from the heap to the row at once. The row may have twice this number,
  /// and has room for four times this number.
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

  /// Inserts the entry into the row. To make room, it moves the earlier or the later entries, whichever are
  /// fewer.
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

  /// Moves the entries to the middle of the row. If there are too many, the latest entries move to the heap.
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

/// One scheduled event. The calendar does not interpret `event` and `subject`; only the scheduler knows their
/// meaning.
struct CalendarEntry: BitwiseCopyable, Equatable {
  /// The time in the upper 64 bits and the sequence number in the lower 64 bits. One comparison compares
  /// both.
  var key: UInt128
  var event: UInt8
  /// The subject's turn number when the event was scheduled. If the subject has another turn number by now,
  /// the event is ignored.
  var turn: UInt32
  var subject: Int32

  var time: Int64 { Int64(truncatingIfNeeded: key >> 64) }

  @inline(__always)
  static func key(at time: Int64, _ number: UInt64) -> UInt128 {
    UInt128(UInt64(bitPattern: time)) << 64 | UInt128(number)
  }
}
