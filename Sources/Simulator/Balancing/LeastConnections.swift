/// `leastconn`: the server with the fewest requests in flight for its weight.
///
/// An idle server always comes first, whatever its weight; among equals, the one that has been
/// equal for the longest time. Requests one after another go to servers in turn: weights 3, 1 and 1 give `1 2 3 1 2
/// 3`. Four requests that stay open on three equal servers go to `1 2 3 1`.
///
/// One value is one group: the active servers, or the backups.
struct LeastConnections: Equatable, Sendable {
  /// The entry of each server. A saturated server keeps its entry, because it keeps its place in the order.
  private var entries: [HeapEntry?] = []
  private var open = IndexedHeap()

  static func key(_ server: Farm.Server) -> Int {
    server.inFlight == 0 ? 0 : (server.inFlight + 1) * 4096 / server.effectiveWeight
  }

  /// Files a server behind those with the same key. Call it when the server joins, or when its load or weight changes.
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

  /// Updates a server that may have become saturated, or no longer be, without a change of its load.
  mutating func reconsider(_ index: Int, as server: Farm.Server) {
    guard let entry = entries[index], server.isSaturated == open.contains(index) else { return }
    open.own()
    if server.isSaturated { open.remove(index) } else { open.insert(entry) }
  }

  /// Returns the server with the smallest key, or nil if all are saturated.
  func pick(avoiding avoided: Int?) -> Int? {
    guard let avoided else { return open.first?.server }
    return (open.first(except: avoided) ?? open.first)?.server
  }
}
