import Blueprint
import Simulator

/// Sorts what could fail into groups that behave alike, so that a large site need not be tried part by part.
struct Likeness {
  /// To which kind of host each belongs.
  private var kinds: [Int] = []
  /// The hosts of each kind.
  private var members: [Int: [Int]] = [:]
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
    for (place, kind) in kinds.enumerated() { members[kind, default: []].append(place) }
  }

  // MARK: A smaller site

  /// Of so few hosts nobody makes fewer.
  private static let fewHosts = 20
  /// So many of each kind are kept: what one does may hang on whether there is another.
  private static let keptOfEach = 2

  /// A site of some hosts of each kind, with the same broken, at rest; nil where it would hardly be smaller.
  func example(of site: Simulation) -> Simulation? {
    let kept = topology.hosts.indices.filter { place in self.kept(of: kinds[place]).contains(place) }
    guard topology.hosts.count > Likeness.fewHosts, kept.count <= topology.hosts.count / 2 else { return nil }
    var example = Simulation(topology: topology.keeping(kept))
    let rest = example.topology.settlingTime
    guard (try? example.dare(.wait(rest))) != nil else { return nil }
    for fault in site.faults where (try? example.dare(.break(fault.target, fault.fault))) == nil {
      return nil
    }
    return (try? example.dare(.wait(rest))) == nil ? nil : example
  }

  /// Which of them stands for it there.
  func example(of candidate: Breakable) -> Breakable {
    switch candidate {
    case .part(let address): return .part(Address(example(of: address.host), address.part))
    case .link(let a, let b):
      let first = example(of: a)
      return .link(first, example(of: b, besides: first))
    }
  }

  private func example(of host: String, besides other: String = "") -> String {
    guard let place = topology.place(of: host) else { return host }
    let names = kept(of: kinds[place]).map { topology.hosts[$0].name }
    return names.contains(host) && host != other ? host : names.first { $0 != other } ?? host
  }

  private func kept(of kind: Int) -> ArraySlice<Int> {
    members[kind]?.prefix(Likeness.keptOfEach) ?? []
  }

  // MARK: Groups

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
