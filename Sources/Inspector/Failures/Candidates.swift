import Blueprint

extension Topology {
  /// Everything whose loss could be felt: the hosts, their parts, what protects and watches over them, and the links
  /// that something passes.
  public func candidates(by fault: Fault?) -> [Breakable] {
    let parts = hosts.flatMap { host in
      [Breakable.part(Address(host.name))] + host.components.map { Breakable.part(Address(host.name, $0)) }
    }
    let all = parts + links
    guard let fault else { return all }
    return all.filter { target in
      ((try? faults(of: target)) ?? []).contains { $0.isSameKind(as: fault) }
    }
  }

  /// The wires that packets pass when nothing is broken: of users, checks, requests, copies and advertisements.
  var links: [Breakable] {
    var links = LinkList(names: hosts.map { $0.name })
    for balancer in balancers {
      links.add(-1, balancer)
      for server in backends { links.add(balancer, server) }
      for other in balancers { links.add(balancer, other) }
    }
    // Each of these looks at every host.
    let (nodes, primaries, sharedApplications) = (databaseNodes, primaries, sharedApplications)
    for web in hosts.indices where hosts[web].nginx != nil {
      for application in sharedApplications { links.add(web, application) }
    }
    for application in hosts.indices where hosts[application].app != nil {
      for node in nodesAsked(byApplicationAt: application, nodes, primaries) { links.add(application, node) }
    }
    for replica in nodes {
      for primary in primaries { links.add(primary, replica) }
    }
    return links.all
  }

  /// The database nodes that an application asks while all of them work.
  private func nodesAsked(byApplicationAt place: Int, _ nodes: [Int], _ primaries: [Int]) -> [Int] {
    let isLocal = hosts[place].mysql != nil
    let writes = database.writes == .local && isLocal ? [] : primaries
    switch database.reads {
    case .local: return writes + (isLocal ? [] : primaries)
    case .primary: return writes + primaries
    case .replica, .any: return nodes
    }
  }
}

/// Links between hosts by their places, each once, in the order in which they were found; -1 is the internet.
private struct LinkList {
  let names: [String]
  private(set) var all: [Breakable] = []
  private var seen: Set<Breakable> = []

  init(names: [String]) { self.names = names }

  mutating func add(_ one: Int, _ other: Int) {
    guard one != other else { return }
    let first = min(one, other)
    let link = Breakable.link(first < 0 ? Breakable.internet : names[first], names[max(one, other)])
    if seen.insert(link).inserted { all.append(link) }
  }
}
