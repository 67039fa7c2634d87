/// `leastconn`: the server with the fewest requests in flight in proportion to its weight.
///
/// An idle server is always chosen first, whatever its weight. Among servers with the same load, the first
/// choice is the server whose load has been unchanged for longest.
///
/// Requests that follow one another go to the servers in turn: weights 3, 1 and 1 give `1 2 3 1 2 3`. Four
/// requests that stay in flight on three equal servers go to `1 2 3 1`.
///
/// Each value represents one group of servers: the active servers, or the standbys.
struct LeastConnections: Equatable, Sendable {
  /// The entry of each server. A saturated server keeps its entry, and so its place in the order.
  private var entries: [HeapEntry?] = []
  private var available = IndexedHeap()

  static func key(_ server: ServerPool.Server) -> Int {
    server.inFlight == 0 ? 0 : (server.inFlight + 1) * 4096 / server.effectiveWeight
  }

  /// Places a server after all servers with the same key. Call this when the server joins, or when its load
  /// or weight changes.
  mutating func insert(_ index: Int, as server: ServerPool.Server) {
    available.makeUnique()
    while entries.count <= index { entries.append(nil) }
    available.remove(index)
    entries[index] = available.insert(index, key: Self.key(server))
    if server.isSaturated { available.remove(index) }
  }

  mutating func remove(_ index: Int) {
    available.makeUnique()
    available.remove(index)
    entries[index] = nil
  }

  /// Updates a server whose saturation may have changed although its load has not.
  mutating func updateAvailability(_ index: Int, as server: ServerPool.Server) {
    guard let entry = entries[index], server.isSaturated == available.contains(index) else { return }
    available.makeUnique()
    if server.isSaturated { available.remove(index) } else { available.insert(entry) }
  }

  /// Returns the server with the smallest key; nil if all are saturated. Returns `avoided` only if there is
  /// no other choice.
  func pick(avoiding avoided: Int?) -> Int? {
    guard let avoided else { return available.first?.server }
    return (available.first(except: avoided) ?? available.first)?.server
  }
}
