/// `random`: draws two servers, and takes the server with fewer requests in flight in proportion to its
/// weight.
///
/// A draw is a position on the hash ring, so the shares are as uneven as with consistent hashes. If both
/// servers are equally busy, the second is taken.
enum Random {
  static func pick<G: RandomNumberGenerator>(
    on ring: HashRing, of servers: Slab<ServerPool.Server>, avoiding avoided: Int?, generator: inout G
  ) -> Int {
    let first = ring.server(for: generator.next(), avoiding: avoided)
    let second = ring.server(for: generator.next(), avoiding: avoided)
    let isFirstFreer =
      servers[first].inFlight * servers[second].effectiveWeight
      < servers[second].inFlight * servers[first].effectiveWeight
    return isFirstFreer ? first : second
  }
}

/// The random number generator of HAProxy with one thread. It returns the same numbers after each start.
///
/// The algorithm and its seed are from George Marsaglia, "Xorshift RNGs", 2003.
public struct Xorshift32: RandomNumberGenerator, Equatable, Sendable {
  private var state: UInt32 = 2_463_534_242

  public init() {}

  public mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 17
    state ^= state << 5
    return UInt64(state)
  }
}
