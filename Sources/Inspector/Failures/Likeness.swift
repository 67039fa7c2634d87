import Blueprint
import Simulator

/// Sorts what could fail into groups that behave alike, so that a large site need not be tried part by part.
struct Likeness {
  /// To which kind of host each belongs.
  private var kinds: [Int] = []
  private let topology: Topology

  /// So many kinds of hosts are told apart; the rest are each of a kind of their own.
  private static let mostKinds = 400

  init(_ simulation: Simulation, weights: Bool) {
    topology = simulation.topology
    let broken = simulation.faults.map { $0.target }
    let first = topology.backends.first
    let firstBackup = topology.backends.first { topology.hosts[$0].serving.isBackup }
    var examples: [(host: Host, kind: Int)] = []
    for (place, host) in topology.hosts.enumerated() {
      // Those that come first, balancers and what is broken have a part of their own.
      let isSpecial =
        place == first || place == firstBackup || host.isBalancer
        || broken.contains { $0.concerns(host: host.name) }
      if !isSpecial, let alike = examples.first(where: { $0.host.isAlike(host, weights: weights) }) {
        kinds.append(alike.kind)
        continue
      }
      kinds.append(place)
      if !isSpecial, examples.count < Likeness.mostKinds { examples.append((host, place)) }
    }
  }

  /// Groups of candidates, in the order of their first members.
  func groups(of candidates: [Breakable]) -> [[Breakable]] {
    var places: [Key: Int] = [:]
    var groups: [[Breakable]] = []
    for candidate in candidates {
      let key = key(of: candidate)
      if let place = places[key] {
        groups[place].append(candidate)
      } else {
        places[key] = groups.count
        groups.append([candidate])
      }
    }
    return groups
  }

  private struct Key: Hashable {
    let a: Int
    let b: Int
    let part: ComponentKind?
  }

  private func key(of candidate: Breakable) -> Key {
    switch candidate {
    case .part(let address): Key(a: kind(of: address.host), b: -2, part: address.part)
    case .link(let a, let b): Key(a: kind(of: a), b: kind(of: b), part: nil)
    }
  }

  /// The internet is like nothing else.
  private func kind(of host: String) -> Int { topology.place(of: host).map { kinds[$0] } ?? -1 }
}
