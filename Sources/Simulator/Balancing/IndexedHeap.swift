/// A heap of servers, ordered by key, and among equal keys by order of insertion.
///
/// It stores the index of each server, so any server can be removed in O(log n). Call `makeUnique` before the
/// first change after a copy.
struct IndexedHeap: Equatable, Sendable {
  private var entries = Slab<HeapEntry>()
  /// The index in `entries` of each server; -1 if the server has no entry.
  private var positions = Slab<Int32>()
  private var lastSequence = 0

  mutating func makeUnique() {
    entries.makeUnique()
    positions.makeUnique()
  }

  @inline(__always)
  var first: HeapEntry? { entries.count == 0 ? nil : entries[0] }

  func contains(_ server: Int) -> Bool {
    server < positions.count && positions[server] >= 0
  }

  /// Returns the first entry that does not belong to this server; nil if there is none.
  func first(except server: Int) -> HeapEntry? {
    guard let first, first.server == server else { return first }
    guard entries.count > 2 else { return entries.count == 2 ? entries[1] : nil }
    return entries[2].precedes(entries[1]) ? entries[2] : entries[1]
  }

  /// Adds a server after all servers with the same key.
  @discardableResult
  mutating func insert(_ server: Int, key: Int) -> HeapEntry {
    lastSequence += 1
    let entry = HeapEntry(key: key, sequence: lastSequence, server: server)
    insert(entry)
    return entry
  }

  /// Gives the first server a new key, and places it after all servers with that key.
  @inline(__always)
  mutating func reinsertFirst(key: Int) {
    lastSequence += 1
    siftDown(HeapEntry(key: key, sequence: lastSequence, server: entries[0].server), from: 0)
  }

  /// Adds an entry and keeps its sequence number.
  mutating func insert(_ entry: HeapEntry) {
    while positions.count <= entry.server { positions.append(-1) }
    entries.append(entry)
    siftUp(entry, from: entries.count - 1)
  }

  mutating func remove(_ server: Int) {
    guard contains(server) else { return }
    let index = Int(positions[server])
    positions[server] = -1
    let last = entries.removeLast()
    guard index < entries.count else { return }
    if index > 0, last.precedes(entries[(index - 1) / 2]) {
      siftUp(last, from: index)
    } else {
      siftDown(last, from: index)
    }
  }

  private mutating func siftUp(_ entry: HeapEntry, from start: Int) {
    var index = start
    while index > 0 {
      let parent = (index - 1) / 2
      guard entry.precedes(entries[parent]) else { break }
      put(entries[parent], at: index)
      index = parent
    }
    put(entry, at: index)
  }

  @inline(__always)
  private mutating func siftDown(_ entry: HeapEntry, from start: Int) {
    var index = start
    while true {
      var child = 2 * index + 1
      guard child < entries.count else { break }
      if child + 1 < entries.count, entries[child + 1].precedes(entries[child]) { child += 1 }
      guard entries[child].precedes(entry) else { break }
      put(entries[child], at: index)
      index = child
    }
    put(entry, at: index)
  }

  @inline(__always)
  private mutating func put(_ entry: HeapEntry, at index: Int) {
    entries[index] = entry
    positions[entry.server] = Int32(truncatingIfNeeded: index)
  }
}

/// The entry of a server in an `IndexedHeap`.
struct HeapEntry: BitwiseCopyable, Equatable {
  var key: Int
  /// A number that increases with each insertion. It orders the entries with equal keys.
  var sequence: Int
  var server: Int

  @inline(__always)
  func precedes(_ other: HeapEntry) -> Bool {
    key != other.key ? key < other.key : sequence < other.sequence
  }
}
