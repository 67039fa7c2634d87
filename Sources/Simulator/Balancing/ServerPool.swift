import Blueprint

/// The servers of a balancer and the algorithm that chooses among them.
///
/// `pick` chooses a server and advances the algorithm's position, but does not count the request. The
/// balancer calls `requestStarted` when it gives a request to a server, including a request from a queue. The
/// choices match those of HAProxy 2.6.12 for every request.
public struct ServerPool: Equatable, Sendable {
  /// The result of `pick`.
  public enum ServerChoice: Equatable, Sendable {
    case server(Int)
    /// All servers that could take the request are saturated: the request waits for the first free slot on
    /// any of them.
    case waitForAny
    /// The server for this request is saturated: the request waits for it even if other servers are idle.
    case waitFor(Int)
    /// No server is available: the answer is 503, without waiting.
    case noServer
  }

  private(set) var servers = Slab<Server>()
  let algorithm: Algorithm
  let traits: AlgorithmTraits
  /// Whether an algorithm that hashes uses the ring instead of the table.
  let isConsistent: Bool
  private var groups: Groups
  private var active: Positions
  private var backup: Positions
  private var staticRoundRobin = StaticRoundRobin()
  /// The table of slots, which is made when needed. It is nil until then, and after a change to the servers.
  private var table: WeightedTable?
  /// The hash ring, which is made when needed. It is nil until then, and after a change to the servers.
  private var ring: HashRing?

  /// Creates the pool in the state in which HAProxy starts. Servers that are not usable yet join later.
  public init(servers: [Server], algorithm: Algorithm, consistent: Bool, allBackups: Bool) {
    for server in servers { self.servers.append(server) }
    self.algorithm = algorithm
    traits = algorithm.traits
    self.isConsistent = consistent
    groups = Groups(allBackups: allBackups)
    active = Positions(algorithm)
    backup = Positions(algorithm)
    for (index, server) in servers.enumerated() where server.isUsable {
      groups.update(index, server)
      if server.isBackup { backup.start(index, as: server) } else { active.start(index, as: server) }
    }
  }

  private mutating func makeUnique() {
    servers.makeUnique()
    active.makeUnique()
    backup.makeUnique()
  }

  var allBackups: Bool { groups.allBackups }

  /// The number of usable servers that are not standbys.
  var activeUsable: Int { groups.activeUsable }

  /// Whether any server is available.
  var hasAvailableServer: Bool { !groups.isEmpty }

  /// The number of requests in flight on all servers.
  var inFlight: Int { servers.indices.reduce(0) { $0 + servers[$1].inFlight } }

  func isUsable(_ index: Int) -> Bool { servers[index].isUsable }

  /// Returns whether a server may get requests now: it is usable, and it belongs to the group in use.
  func isAllowed(_ index: Int) -> Bool { groups.allow(index, servers[index]) }

  /// The number of servers that may get requests now.
  var allowedCount: Int { groups.allowedCount }

  /// Chooses a server for one request.
  ///
  /// - Parameters:
  ///   - hash: The hash of the address (`source`) or of the path (`uri`).
  ///   - avoided: The server on which an earlier attempt failed; chosen only if there is no other.
  public mutating func pick<G: RandomNumberGenerator>(
    hash: UInt32, avoiding avoided: Int? = nil, generator: inout G
  ) -> ServerChoice {
    makeUnique()
    if groups.isEmpty { return .noServer }
    let onlyBackup = groups.onlyBackup
    switch algorithm {
    case .roundrobin, .leastconn, .first:
      if let onlyBackup { return choice(onlyBackup) }
      return anyChoice(pickInOrder(avoiding: avoided))
    case .staticRR:
      let table = currentTable()
      return anyChoice(staticRoundRobin.pick(from: table, of: servers, avoiding: avoided))
    case .source, .uri:
      let server = server(for: hash, avoiding: avoided, onlyBackup: onlyBackup)
      return choice(server)
    case .random:
      let ring = currentRing()
      let sampled = Random.pick(on: ring, of: servers, avoiding: avoided, generator: &generator)
      let server = onlyBackup ?? sampled
      return anyChoice(servers[server].isSaturated ? nil : server)
    }
  }

  @inline(__always)
  private mutating func pickInOrder(avoiding avoided: Int?) -> Int? {
    if activeUsable > 0 {
      active.pick(from: servers, avoiding: avoided)
    } else {
      backup.pick(from: servers, avoiding: avoided)
    }
  }

  private mutating func server(for hash: UInt32, avoiding avoided: Int?, onlyBackup: Int?) -> Int {
    if isConsistent {
      onlyBackup ?? currentRing().server(for: HashRing.mix(hash), avoiding: avoided)
    } else if onlyBackup != nil {
      // If a single standby serves, HAProxy does not hash. It reads the first slot of the table, which may
      // name another standby.
      currentTable()[0]
    } else {
      currentTable().server(for: hash)
    }
  }

  private func anyChoice(_ server: Int?) -> ServerChoice {
    server.map(ServerChoice.server) ?? .waitForAny
  }

  private func choice(_ server: Int) -> ServerChoice {
    servers[server].isSaturated ? .waitFor(server) : .server(server)
  }

  private mutating func currentTable() -> WeightedTable {
    if let table { return table }
    let made = WeightedTable(
      of: servers.indices.map { servers[$0] }, backups: activeUsable == 0, onlyBackup: groups.onlyBackup)
    table = made
    return made
  }

  private mutating func currentRing() -> HashRing {
    if let ring { return ring }
    let made = HashRing(weights: servers.indices.map { isAllowed($0) ? servers[$0].effectiveWeight : 0 })
    ring = made
    return made
  }
}

// MARK: - Changes to the servers

extension ServerPool {
  /// Counts a request that a server has been given.
  public mutating func requestStarted(_ index: Int) {
    servers.makeUnique()
    servers[index].inFlight += 1
    if countsLoad { updateLoad(index) }
  }

  /// Counts a request that a server has finished.
  public mutating func requestEnded(_ index: Int) {
    servers.makeUnique()
    servers[index].inFlight -= 1
    if countsLoad { updateLoad(index) }
  }

  mutating func setOwnQueue(_ index: Int, _ waiting: Int) { change(index) { $0.ownQueue = waiting } }

  /// Sets the weight of a server. An algorithm with a fixed table allows only 0 and the initial weight.
  mutating func setWeight(_ index: Int, _ weight: Int) { change(index) { $0.weight = weight } }

  mutating func setState(_ index: Int, _ state: ServerState) { change(index) { $0.state = state } }

  mutating func setDown(_ index: Int, _ isDown: Bool) { change(index) { $0.isDown = isDown } }

  mutating func setRamp(_ index: Int, _ ramp: Int) { change(index) { $0.ramp = min(max(ramp, 1), 16) } }

  mutating func setMaxconn(_ index: Int, _ maxconn: Int) { change(index) { $0.maxconn = maxconn } }

  mutating func setAllBackups(_ allBackups: Bool) {
    groups.allBackups = allBackups
    discardTables()
  }

  private mutating func updateLoad(_ index: Int) {
    if servers[index].isBackup {
      backup.updateLoad(index, as: servers[index])
    } else {
      active.updateLoad(index, as: servers[index])
    }
  }

  private mutating func change(_ index: Int, _ edit: (inout Server) -> Void) {
    makeUnique()
    let before = servers[index]
    edit(&servers[index])
    let after = servers[index]
    if before.isUsable != after.isUsable { groups.update(index, after) }
    if before.isUsable != after.isUsable || before.effectiveWeight != after.effectiveWeight {
      discardTables()
    }
    if after.isBackup {
      backup.change(index, from: before, to: after)
    } else {
      active.change(index, from: before, to: after)
    }
  }

  private mutating func discardTables() {
    table = nil
    ring = nil
  }
}
