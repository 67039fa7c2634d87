import Blueprint
import Simulator

/// A random number generator (xorshift64*) that chooses samples.
///
/// It is separate from the generator of the simulation, which an experiment must not advance. It uses the
/// site's seed, so the sample is always the same.
struct SampleGenerator: RandomNumberGenerator {
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
