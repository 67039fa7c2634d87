/// `leastconn`: the server with the fewest requests in flight in proportion to its weight.
///
/// An idle server always comes first, whatever its weight. Among equal servers, the server that has been
/// equal for the longest time comes first.
///
/// Requests that follow one another go to the servers in turn: weights 3, 1 and 1 give `1 2 3 1 2 3`. Four
/// requests that stay in flight on three equal servers go to `1 2 3 1`.
///
/// Each value represents one group of servers: the active servers, or the backups.
struct LeastConnections: Equatable, Sendable {
  /// The entry of each server. A saturated server keeps its entry, and so its place in the order.
  private var entries: [HeapEntry?] = []
  private var open = IndexedHeap()

  static func key(_ server: Farm.Server) -> Int {
    server.inFlight == 0 ? 0 : (server.inFlight + 1) * 4096 / server.effectiveWeight
  }

  /// Places a server after all servers with the same key. Call this when the server joins, or when its load
  /// or weight changes.
  mutating func file(_ index: Int, as server: Farm.Server) {
    open.own()
    while entries.count <= index { entries.append(nil) }
    open.remove(index)
    entries[index] = open.file(index, key: Self.key(server))
    if server.isSaturated { open.remove(index) }
  }

  mutating func leave(_ index: Int) {
    open.own()
    open.remove(index)
    entries[index] = nil
  }

  /// Updates a server that may have become saturated, or be no longer saturated, although its load has not
  /// changed.
  mutating func reconsider(_ index: Int, as server: Farm.Server) {
    guard let entry = entries[index], server.isSaturated == open.contains(index) else { return }
    open.own()
    if server.isSaturated { open.remove(index) } else { open.insert(entry) }
  }

  /// Returns the server with the smallest key; nil if all are saturated. Returns `avoided` only if there is
  /// no other choice.
  func pick(avoiding avoided: Int?) -> Int? {
    guard let avoided else { return open.first?.server }
    return (open.first(except: avoided) ?? open.first)?.server
  }
}
