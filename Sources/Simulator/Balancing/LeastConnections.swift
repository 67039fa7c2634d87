/// `leastconn`: to the server with the fewest requests in flight for its weight.
///
/// An idle server always comes first, whatever its weight; among equals the one that has been so for the
/// longest time. With requests one after another that makes plain turns: weights 3, 1 and 1 give `1 2 3 1 2
/// 3`. Four requests that stay open on three equal servers go to `1 2 3 1`.
///
/// One value is one group: the active servers, or the backups.
struct LeastConnections: Equatable, Sendable {
  /// By server: its key, and since when. Kept while it is saturated, for that does not cost it its place.
  private var entries: [IndexedHeap.Entry?] = []
  private var open = IndexedHeap()

  static func key(_ server: Farm.Server) -> Int {
    server.inFlight == 0 ? 0 : (server.inFlight + 1) * 4096 / server.effectiveWeight
  }

  /// Puts a server behind those with the same key: where it joins, or its load or weight has changed.
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

  /// A server may have become saturated, or stopped being so, without a change of its load.
  mutating func reconsider(_ index: Int, as server: Farm.Server) {
    guard let entry = entries[index], server.isSaturated == open.contains(index) else { return }
    open.own()
    if server.isSaturated { open.remove(index) } else { open.insert(entry) }
  }

  /// The server with the smallest key, or nil if every one is saturated.
  func pick(avoiding avoided: Int?) -> Int? {
    guard let avoided else { return open.first?.server }
    return (open.first(except: avoided) ?? open.first)?.server
  }
}
