/// A heap of servers, ordered by key, and among equal keys by order of insertion.
///
/// It stores the place of each server, so any server can be removed in O(log n). Call `own` before the first
/// change after a copy.
struct IndexedHeap: Equatable, Sendable {
  private var entries = Slab<HeapEntry>()
  /// The index in `entries` of each server; -1 if the server has no entry.
  private var places = Slab<Int32>()
  private var filings = 0

  mutating func own() {
    entries.own()
    places.own()
  }

  @inline(__always)
  var first: HeapEntry? { entries.count == 0 ? nil : entries[0] }

  func contains(_ server: Int) -> Bool {
    server < places.count && places[server] >= 0
  }

  /// Returns the first entry that does not belong to this server; nil if there is none.
  func first(except server: Int) -> HeapEntry? {
    guard let first, first.server == server else { return first }
    guard entries.count > 2 else { return entries.count == 2 ? entries[1] : nil }
    return entries[2].precedes(entries[1]) ? entries[2] : entries[1]
  }

  /// Adds a server after all servers with the same key.
  @discardableResult
  mutating func file(_ server: Int, key: Int) -> HeapEntry {
    filings += 1
    let entry = HeapEntry(key: key, filing: filings, server: server)
    insert(entry)
    return entry
  }

  /// Gives the first server a new key, and places it after all servers with that key.
  @inline(__always)
  mutating func refileFirst(key: Int) {
    filings += 1
    sink(HeapEntry(key: key, filing: filings, server: entries[0].server), from: 0)
  }

  /// Adds an entry and keeps its filing number.
  mutating func insert(_ entry: HeapEntry) {
    while places.count <= entry.server { places.append(-1) }
    entries.append(entry)
    rise(entry, from: entries.count - 1)
  }

  mutating func remove(_ server: Int) {
    guard contains(server) else { return }
    let place = Int(places[server])
    places[server] = -1
    let last = entries.removeLast()
    guard place < entries.count else { return }
    if place > 0, last.precedes(entries[(place - 1) / 2]) {
      rise(last, from: place)
    } else {
      sink(last, from: place)
    }
  }

  private mutating func rise(_ entry: HeapEntry, from start: Int) {
    var place = start
    while place > 0 {
      let parent = (place - 1) / 2
      guard entry.precedes(entries[parent]) else { break }
      put(entries[parent], at: place)
      place = parent
    }
    put(entry, at: place)
  }

  @inline(__always)
  private mutating func sink(_ entry: HeapEntry, from start: Int) {
    var place = start
    while true {
      var child = 2 * place + 1
      guard child < entries.count else { break }
      if child + 1 < entries.count, entries[child + 1].precedes(entries[child]) { child += 1 }
      guard entries[child].precedes(entry) else { break }
      put(entries[child], at: place)
      place = child
    }
    put(entry, at: place)
  }

  @inline(__always)
  private mutating func put(_ entry: HeapEntry, at place: Int) {
    entries[place] = entry
    places[entry.server] = Int32(truncatingIfNeeded: place)
  }
}

/// The entry of a server in an `IndexedHeap`.
struct HeapEntry: BitwiseCopyable, Equatable {
  var key: Int
  /// A number that increases with each filing. It orders the entries with equal keys.
  var filing: Int
  var server: Int

  @inline(__always)
  func precedes(_ other: HeapEntry) -> Bool {
    key != other.key ? key < other.key : filing < other.filing
  }
}
