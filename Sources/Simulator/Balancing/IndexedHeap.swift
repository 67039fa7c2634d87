/// Servers in an order that changes all the time: smallest key first, and among equal keys the one filed
/// first.
///
/// It knows where each server is, so that any of them, not only the first, leaves in O(log n). Whoever has it calls `own`
/// before the first change after a copy.
struct IndexedHeap: Equatable, Sendable {
  struct Entry: BitwiseCopyable, Equatable {
    var key: Int
    /// Rises with each filing, and so tells equals apart.
    var filing: Int
    var server: Int

    @inline(__always)
    func precedes(_ other: Entry) -> Bool {
      key != other.key ? key < other.key : filing < other.filing
    }
  }

  private var entries = Slab<Entry>()
  /// By server: its index in `entries`, or -1.
  private var places = Slab<Int32>()
  private var filings = 0

  mutating func own() {
    entries.own()
    places.own()
  }

  @inline(__always)
  var first: Entry? { entries.count == 0 ? nil : entries[0] }

  func contains(_ server: Int) -> Bool {
    server < places.count && places[server] >= 0
  }

  /// The first of all others.
  func first(except server: Int) -> Entry? {
    guard let first, first.server == server else { return first }
    guard entries.count > 2 else { return entries.count == 2 ? entries[1] : nil }
    return entries[2].precedes(entries[1]) ? entries[2] : entries[1]
  }

  /// Puts a server behind those that have the same key already.
  @discardableResult
  mutating func file(_ server: Int, key: Int) -> Entry {
    filings += 1
    let entry = Entry(key: key, filing: filings, server: server)
    insert(entry)
    return entry
  }

  /// The same for the one that is first.
  @inline(__always)
  mutating func refileFirst(key: Int) {
    filings += 1
    sink(Entry(key: key, filing: filings, server: entries[0].server), from: 0)
  }

  /// Puts an entry where its own filing number says.
  mutating func insert(_ entry: Entry) {
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

  private mutating func rise(_ entry: Entry, from start: Int) {
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
  private mutating func sink(_ entry: Entry, from start: Int) {
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
  private mutating func put(_ entry: Entry, at place: Int) {
    entries[place] = entry
    places[entry.server] = Int32(truncatingIfNeeded: place)
  }
}
