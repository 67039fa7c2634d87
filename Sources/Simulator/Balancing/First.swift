/// `first`: the first server, in the order of declaration, that has a free slot.
///
/// Weights have no effect, and without `maxconn` every request goes to the first server. With `maxconn 2` on
/// each of three servers, six requests that stay in flight go to `1 1 2 2 3 3`. As soon as the first server
/// has a free slot, it is used again.
///
/// Each value represents one group of servers: the active servers, or the standbys.
struct First: Equatable, Sendable {
  private var available = ServerSet()

  mutating func update(_ index: Int, as server: ServerPool.Server) {
    if server.isUsable && !server.isSaturated { available.insert(index) } else { available.remove(index) }
  }

  /// Returns the first server with a free slot; nil if all are saturated. Returns `avoided` only if no other
  /// has a free slot.
  mutating func pick(avoiding avoided: Int?) -> Int? {
    guard let first = available.first, first == avoided else { return available.first }
    available.remove(first)
    let second = available.first
    available.insert(first)
    return second ?? first
  }
}
