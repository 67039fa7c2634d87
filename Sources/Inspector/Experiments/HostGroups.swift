import Blueprint
import Simulator

/// Groups of hosts that behave alike, so that only a few hosts of a large site need experiments.
struct HostGroups {
  /// The group of each host, by index. The number of a group is the index of its first host.
  private var groups: [Int] = []
  /// The indices of the hosts in each group.
  private var members: [Int: [Int]] = [:]
  private let topology: Topology

  /// The most groups with which a host is compared. After that many, a host that matches none of them forms a
  /// group that no other host joins.
  private static let mostGroups = 400

  /// Groups the hosts of a site. With `comparesWeights`, hosts with different weights are in different
  /// groups.
  init(_ simulation: Simulation, comparesWeights: Bool) {
    topology = simulation.topology
    let broken = simulation.faults.map { $0.target }
    let first = topology.backends.first
    let firstBackup = topology.backends.first { topology.hosts[$0].serverSettings.isBackup }
    var examples: [(host: Host, group: Int)] = []
    for (index, host) in topology.hosts.enumerated() {
      // The first server, the first standby, each balancer and each host with a fault are in groups of their
      // own.
      let isSpecial =
        index == first || index == firstBackup || host.isBalancer
        || broken.contains { $0.concerns(host: host.name) }
      if !isSpecial,
        let alike = examples.first(where: { $0.host.isAlike(host, comparesWeights: comparesWeights) })
      {
        groups.append(alike.group)
        continue
      }
      groups.append(index)
      if !isSpecial, examples.count < HostGroups.mostGroups { examples.append((host, index)) }
    }
    for (index, group) in groups.enumerated() { members[group, default: []].append(index) }
  }

  // MARK: A smaller site

  /// The most hosts of a site for which no smaller site is built.
  private static let smallSiteSize = 20
  /// The most hosts of each group that the smaller site keeps. One would be too few, because hosts of a group
  /// can affect each other.
  private static let keptPerGroup = 2

  /// Returns a settled site with a few hosts of each group and the same faults. Returns nil if it would not
  /// be much smaller.
  func smallerSite(for site: Simulation) -> Simulation? {
    let keptIndices = topology.hosts.indices.filter { index in
      self.keptIndices(of: groups[index]).contains(index)
    }
    guard topology.hosts.count > HostGroups.smallSiteSize, keptIndices.count <= topology.hosts.count / 2
    else {
      return nil
    }
    var smaller = Simulation(topology: topology.keeping(keptIndices))
    let rest = smaller.topology.settlingTime
    guard (try? smaller.performInPlace(.wait(rest))) != nil else { return nil }
    for fault in site.faults where (try? smaller.performInPlace(.break(fault.target, fault.fault))) == nil {
      return nil
    }
    return (try? smaller.performInPlace(.wait(rest))) == nil ? nil : smaller
  }

  /// Returns the target that represents this one on the smaller site. Both are in the same group.
  func representative(of candidate: FaultTarget) -> FaultTarget {
    switch candidate {
    case .component(let address):
      return .component(Address(representative(of: address.host), address.component))
    case .link(let a, let b):
      let first = representative(of: a)
      return .link(first, representative(of: b, besides: first))
    }
  }

  private func representative(of host: String, besides other: String = "") -> String {
    guard let index = topology.index(of: host) else { return host }
    let names = keptIndices(of: groups[index]).map { topology.hosts[$0].name }
    return names.contains(host) && host != other ? host : names.first { $0 != other } ?? host
  }

  private func keptIndices(of group: Int) -> ArraySlice<Int> {
    members[group]?.prefix(HostGroups.keptPerGroup) ?? []
  }

  // MARK: Groups of targets

  /// Returns the targets grouped by behaviour. The groups are in the order of their first targets.
  func grouped(_ candidates: [FaultTarget]) -> [[FaultTarget]] {
    var indices: [TargetGroup: Int] = [:]
    var grouped: [[FaultTarget]] = []
    for candidate in candidates {
      let group = group(of: candidate)
      if let index = indices[group] {
        grouped[index].append(candidate)
      } else {
        indices[group] = grouped.count
        grouped.append([candidate])
      }
    }
    return grouped
  }

  /// The key of a group of targets: the groups of their hosts, and their component. Only links have a second
  /// host.
  private struct TargetGroup: Hashable {
    let host: Int
    let otherHost: Int?
    let component: ComponentKind?
  }

  private func group(of candidate: FaultTarget) -> TargetGroup {
    switch candidate {
    case .component(let address):
      TargetGroup(host: group(of: address.host), otherHost: nil, component: address.component)
    case .link(let a, let b): TargetGroup(host: group(of: a), otherHost: group(of: b), component: nil)
    }
  }

  /// Returns the group of a host, or -1 for the internet.
  private func group(of host: String) -> Int { topology.index(of: host).map { groups[$0] } ?? -1 }
}
