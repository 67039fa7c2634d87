import Blueprint

/// A server as its balancer sees it.
public struct ServerReport: Equatable, Sendable {
  public let name: String
  public let weight: Int
  public let effectiveWeight: Int
  public let state: String
  public let isBackup: Bool
  public let inFlight: Int
  public let total: Int
}

/// A host or a part, and whether it works.
public struct ComponentReport: Equatable, Sendable {
  public let address: Address
  /// `host`, or the kind of the part.
  public let kind: String
  public let state: String
}

/// A database node and what it has.
public struct DatabaseReport: Equatable, Sendable {
  public let name: String
  public let isPrimary: Bool
  public let position: Int
  public let lag: Span
}

/// What a component has done since the site was started.
public struct StationReport: Equatable, Sendable {
  public let address: Address
  public let served: Int
  public let failed: Int
  /// In thousandths of what its workers could have done.
  public let utilisation: Int
  public let waiting: Int
  public let inService: Int
  public let peak: Int
}

extension Simulation {
  /// A copy on which everything that was built is at work.
  private var wired: Simulation {
    guard isUnwired else { return self }
    var copy = self
    copy.wire()
    return copy
  }

  public var serverReports: [ServerReport] {
    let world = wired
    guard let balancer = world.balancers.first else { return [] }
    return balancer.members.indices.map { i in
      let server = balancer.farm.servers[i]
      let machine = world.machines[Int(balancer.members[i].machine)]
      return ServerReport(
        name: machine.name, weight: server.weight, effectiveWeight: (server.effectiveWeight + 15) / 16,
        state: world.stateWords(of: i, at: balancer), isBackup: server.isBackup, inFlight: machine.inFlight,
        total: world.balancers.reduce(0) { $0 + $1.members[i].total })
    }
  }

  private func stateWords(of server: Int, at balancer: Balancer) -> String {
    switch balancer.farm.servers[server].state {
    case .maint: "MAINT"
    case .drain: "DRAIN"
    case .ready: "no check"
    }
  }

  public var components: [ComponentReport] {
    topology.hosts.flatMap { host in
      [ComponentReport(address: Address(host.name), kind: "host", state: "works")]
        + host.parts.map { part in
          ComponentReport(address: Address(host.name, part), kind: part.rawValue, state: "works")
        }
    }
  }

  public var databaseReports: [DatabaseReport] {
    var world = wired
    for i in world.databases.nodes.indices { world.databases.catchUp(i, now: world.now) }
    return world.databases.nodes.map { node in
      DatabaseReport(
        name: world.machines[Int(node.machine)].name + ".mysql", isPrimary: node.isPrimary, position: Int(node.applied),
        lag: Span(nanoseconds: node.lag))
    }
  }

  public var statistics: [StationReport] {
    topology.hosts.indices.flatMap { (place: Int) -> [StationReport] in
      let machine = machines[Int(machineAt[place])]
      return topology.hosts[place].parts.compactMap { (part: ComponentKind) -> StationReport? in
        let i = machine.station(of: part)
        guard i >= 0 else { return nil }
        var station = stations[i]
        station.account(at: now)
        let possible = Double(max(1, now)) * Double(station.workers)
        return StationReport(
          address: Address(machine.name, part), served: station.served, failed: station.failed,
          utilisation: Int(Double(station.busyTime) * 1_000 / possible), waiting: Int(station.queued),
          inService: Int(station.busy), peak: Int(station.peak))
      }
    }
  }
}
