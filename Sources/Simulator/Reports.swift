import Blueprint

/// A server as its balancer sees it.
public struct ServerReport: Equatable, Sendable {
  public let name: String
  public let weight: Int
  public let effectiveWeight: Int
  public let state: String
  /// How many checks of those that it takes have passed, or may still fail: `2/3`.
  public let counter: String?
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
  /// `primary`, `replica` or `diverged`.
  public let role: String
  /// Whether its process works, and whether its host is off the network.
  public let isUp: Bool
  public let isCutOff: Bool
  /// Writes that it shows, and that it has received.
  public let position: Int
  public let received: Int
  public let lag: Span
  /// The node that it follows, whether it hears it, and how far it is behind; nil where that cannot be said.
  public let source: String?
  public let isConnected: Bool
  public let behind: Int?
  /// What the node itself says: `Replica_IO_Running` and `Seconds_Behind_Source`. A silent source is believed for a
  /// minute.
  public let io: String
  public let secondsBehind: Int?
}

/// What a component has done since the site was started.
public struct StationReport: Equatable, Sendable {
  public let address: Address
  public let served: Int
  public let failed: Int
  /// In thousandths of what its workers could have done.
  public let utilisation: Int
  public let workers: Int
  public let waiting: Int
  public let inService: Int
  public let peak: Int
  /// How long a call waited for a worker in the mean, and how many were there in the mean, waiting or served.
  public let meanWait: Span
  public let meanPresent: Double
}

extension Simulation {
  /// A copy on which everything that was built is at work.
  public var wired: Simulation {
    guard isUnwired else { return self }
    var copy = self
    copy.own()
    copy.wire()
    return copy
  }

  public var serverReports: [ServerReport] {
    let world = wired
    guard !world.balancers.isEmpty else { return [] }
    let b = world.servingBalancer
    return world.servers(of: b).map { i in
      let server = world.balancers[b].farm.servers[i]
      let machine = world.seats[world.seat(b, i)].machine
      let state = world.state(of: i, at: b)
      return ServerReport(
        name: world.names[Int(machine)], weight: server.weight,
        effectiveWeight: (server.effectiveWeight + 15) / 16, state: state.word, counter: state.counter,
        isBackup: server.isBackup, inFlight: world.machines[machine].inFlight,
        // All balancers have the same servers in the same order.
        total: world.desks.indices.reduce(0) { $0 + world.seats[world.seat($1, i)].total })
    }
  }

  /// Whether the serving balancer marks this server UP.
  public func isUp(server name: String) -> Bool {
    let world = wired
    guard !world.balancers.isEmpty else { return false }
    let b = world.servingBalancer
    let server = world.server(on: world.machine(named: name), of: b)
    return server.map { world.state(of: $0, at: b).word == "UP" } ?? false
  }

  /// HAProxy's word, and the count of checks where it is on its way to another.
  private func state(of server: Int, at b: Int) -> (word: String, counter: String?) {
    switch balancers[b].farm.servers[server].state {
    case .maint: return ("MAINT", nil)
    case .drain: return ("DRAIN", nil)
    case .ready: break
    }
    guard let check = check(of: server, at: b) else { return ("no check", nil) }
    let settings = balancers[b].settings
    let health = Int(checks[check].health)
    if health >= settings.rise {
      let isBest = health == settings.rise + settings.fall - 1
      return ("UP", isBest ? nil : "\(health - settings.rise + 1)/\(settings.fall)")
    }
    return ("DOWN", health == 0 ? nil : "\(health)/\(settings.rise)")
  }

  public var components: [ComponentReport] {
    topology.hosts.indices.flatMap { (place: Int) -> [ComponentReport] in
      let host = topology.hosts[place]
      let own = ComponentReport(
        address: Address(host.name), kind: "host", state: state(of: Address(host.name)))
      return [own]
        + host.components.map { part in
          let address = Address(host.name, part)
          return ComponentReport(address: address, kind: part.rawValue, state: state(of: address))
        }
    }
  }

  /// What is wrong with it, in the words of `break`; `works` where nothing is.
  private func state(of address: Address) -> String {
    let standing = breakages.on(address.host).filter {
      $0.target == .part(address) || $0.target == .part(Address(address.host))
    }
    let isExpired = address.part == .certificate && !isCertificateGood(of: address.host)
    if isExpired, !standing.contains(where: { $0.fault == .expired }) { return Fault.expired.text }
    return standing.isEmpty ? "works" : standing.map { $0.fault.text }.joined(separator: ", ")
  }

  public var databaseReports: [DatabaseReport] {
    var world = wired
    world.settleReplication()
    let newest = world.databases.newestPrimary.map {
      world.databases.position(world.databases.nodes[$0].applied)
    }
    return world.databases.nodes.indices.map { i in
      let node = world.databases.nodes[i]
      let position = world.databases.position(node.applied)
      let said = world.listening(i)
      return DatabaseReport(
        name: world.nameOfNode(i), role: node.role.word,
        isUp: world.stations[node.station].condition == .running && !world.machines[node.machine].isDark,
        isCutOff: !world.machines[node.machine].isOnline, position: Int(position),
        received: Int(world.databases.position(node.received)), lag: Span(nanoseconds: node.lag),
        source: node.source >= 0 ? world.nameOfNode(node.source) : nil, isConnected: node.isConnected,
        behind: node.role == .primary
          ? 0 : node.isConnected ? newest.map { Int(max(0, $0 - position)) } : nil,
        io: said.io, secondsBehind: said.secondsBehind.map { Int($0) })
    }
  }

  public var statistics: [StationReport] {
    parts.map { (address, i) in
      let station = stations[i]
      let possible = Double(max(1, now)) * Double(station.workers)
      return StationReport(
        address: address, served: station.goodOnes, failed: station.failed,
        utilisation: Int(station.busyTime(at: now) * 1_000 / possible), workers: Int(station.workers),
        waiting: Int(station.queued),
        inService: Int(station.busy), peak: Int(station.peak),
        meanWait: Span(nanoseconds: Int64(station.waitTime / Double(max(1, station.started)))),
        meanPresent: station.presence(at: now) / Double(max(1, now)))
    }
  }
}

extension Cluster.Role {
  var word: String {
    switch self {
    case .primary: "primary"
    case .replica: "replica"
    case .diverged: "diverged"
    }
  }
}

/// A monitoring agent as the operators' collector knows it.
public struct AgentReport: Equatable, Sendable {
  public let host: String
  /// Whether nothing has come of late, or a question was refused.
  public let isMissed: Bool
  /// Nil for one that has not spoken yet.
  public let lastHeard: Span?
}

extension Simulation {
  /// In the order of the hosts.
  public var agentReports: [AgentReport] {
    wired.agents.map { agent in
      AgentReport(
        host: names[Int(agent.machine)], isMissed: agent.isMissed,
        lastHeard: agent.hasSpoken ? Span(nanoseconds: agent.lastHeard) : nil)
    }
  }
}
