import Blueprint
import Simulator

extension Topology {
  /// Returns every target whose failure could make requests fail: hosts, their components, and links that
  /// packets use.
  ///
  /// With a fault, it returns only the targets that can have the fault.
  public func candidates(by fault: Fault?) -> [FaultTarget] {
    let parts = hosts.flatMap { host in
      [FaultTarget.component(Address(host.name))]
        + host.components.map { FaultTarget.component(Address(host.name, $0)) }
    }
    let all = parts + links
    guard let fault else { return all }
    return all.filter { target in
      ((try? faults(of: target)) ?? []).contains { $0.isSameKind(as: fault) }
    }
  }

  /// The links that packets use while nothing is broken: from users, between balancers, and for health
  /// checks, requests and replication.
  var links: [FaultTarget] {
    var links = LinkList(names: hosts.map { $0.name })
    for balancer in balancers {
      links.add(-1, balancer)
      for server in backends { links.add(balancer, server) }
      for other in balancers { links.add(balancer, other) }
    }
    // These are computed once, because each of them examines every host.
    let (nodes, primaries, sharedApplications) = (databaseNodes, primaries, sharedApplications)
    for web in hosts.indices where hosts[web].nginx != nil {
      for application in sharedApplications { links.add(web, application) }
    }
    for application in hosts.indices where hosts[application].app != nil {
      for node in nodesUsed(byApplicationAt: application, nodes, primaries) { links.add(application, node) }
    }
    for replica in nodes {
      for primary in primaries { links.add(primary, replica) }
    }
    return links.all
  }

  /// Returns the database nodes that an application uses while all nodes are healthy.
  private func nodesUsed(byApplicationAt index: Int, _ nodes: [Int], _ primaries: [Int]) -> [Int] {
    let isLocal = hosts[index].mysql != nil
    let writes = database.writes == .local && isLocal ? [] : primaries
    switch database.reads {
    case .local: return writes + (isLocal ? [] : primaries)
    case .primary: return writes + primaries
    case .replica, .any: return nodes
    }
  }
}

/// Links between hosts, each listed once, in the order in which they were added. A host is given by its index
/// in the topology, and the internet by -1.
private struct LinkList {
  let names: [String]
  private(set) var all: [FaultTarget] = []
  private var seen: Set<FaultTarget> = []

  init(names: [String]) { self.names = names }

  mutating func add(_ one: Int, _ other: Int) {
    guard one != other else { return }
    let first = min(one, other)
    let link = FaultTarget.link(first < 0 ? FaultTarget.internet : names[first], names[max(one, other)])
    if seen.insert(link).inserted { all.append(link) }
  }
}
