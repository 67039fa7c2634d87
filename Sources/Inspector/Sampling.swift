import Blueprint
import Simulator

/// Where the inspector tries only a part of what there is: chance of its own (xorshift64*), so that the site's stays as it
/// is, and the same site draws the same.
struct Sampling: RandomNumberGenerator {
  private var state: UInt64

  init(_ simulation: Simulation) {
    state = simulation.topology.site.seed &* 0x9E37_79B9_7F4A_7C15 | 1
  }

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }
}
