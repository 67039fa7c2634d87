/// `random`: two servers are drawn, and the one with fewer requests in flight for its weight is taken.
///
/// A draw is a place on the ring of the consistent hashes, so the shares are as uneven as there. If both are equally
/// busy, the second is taken.
enum Random {
  static func pick<G: RandomNumberGenerator>(
    on ring: HashRing, of servers: Slab<Farm.Server>, avoiding avoided: Int?, draws: inout G
  ) -> Int {
    let first = ring.server(for: draws.next(), avoiding: avoided)
    let second = ring.server(for: draws.next(), avoiding: avoided)
    let isFirstFreer =
      servers[first].inFlight * servers[second].effectiveWeight
      < servers[second].inFlight * servers[first].effectiveWeight
    return isFirstFreer ? first : second
  }
}

/// The numbers that HAProxy draws when it runs with one thread: the same ones after each start.
///
/// The generator and its seed are George Marsaglia's ("Xorshift RNGs", 2003).
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
