/// A heap of calendar entries in which each entry has up to four children.
struct CalendarHeap: Equatable, Sendable {
  private var entries = Slab<CalendarEntry>()

  mutating func makeUnique() { entries.makeUnique() }

  var isEmpty: Bool { entries.count == 0 }
  var count: Int { entries.count }

  /// Returns whether the first entry of the heap is earlier than this entry.
  @inline(__always)
  func isBefore(_ entry: CalendarEntry) -> Bool { !isEmpty && entries[0].key < entry.key }

  @inline(never)
  mutating func insert(_ entry: CalendarEntry) {
    entries.append(entry)
    var i = entries.count - 1
    while i > 0, entry.key < entries[(i - 1) / 4].key {
      entries[i] = entries[(i - 1) / 4]
      i = (i - 1) / 4
    }
    entries[i] = entry
  }

  mutating func removeFirst() -> CalendarEntry {
    let first = entries[0]
    let last = entries.removeLast()
    if !isEmpty { siftDown(last) }
    return first
  }

  private func siftDown(_ entry: CalendarEntry) {
    var i = 0
    while let child = firstChild(of: i), entries[child].key < entry.key {
      entries[i] = entries[child]
      i = child
    }
    entries[i] = entry
  }

  /// Returns the index of the earliest child; nil if there are no children.
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
