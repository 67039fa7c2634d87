/// `first`: the first server, in the order of declaration, that has a free slot.
///
/// Weights do not count, and without `maxconn` everything goes to the first. With `maxconn 2` on each of
/// three servers, requests that stay open go to `1 1 2 2 3 3`; as soon as the first has a slot again, it is
/// used again.
///
/// One value is one group: the active servers, or the backups.
struct First: Equatable, Sendable {
  private var open = ServerSet()

  mutating func update(_ index: Int, as server: Farm.Server) {
    if server.isUsable && !server.isSaturated { open.insert(index) } else { open.remove(index) }
  }

  /// Returns the first server with a free slot, or nil if all are saturated.
  mutating func pick(avoiding avoided: Int?) -> Int? {
    guard let first = open.first, first == avoided else { return open.first }
    open.remove(first)
    let second = open.first
    open.insert(first)
    return second ?? first
  }
}
