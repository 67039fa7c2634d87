import Blueprint

/// A backend as HAProxy's balancing sees it: which server gets a request, and what that does to the next
/// choice.
///
/// `pick` chooses and moves the algorithm's positions, but does not count: whoever gives the request to a
/// server says so with `began`, also when it comes out of a queue. Agrees with HAProxy 2.6.12 request by
/// request.
public struct Farm: Equatable, Sendable {
  public enum Choice: Equatable, Sendable {
    case server(Int)
    /// Every server that could take it is saturated: it waits for the first slot that gets free.
    case waitForAny
    /// Its own server is saturated, and it waits for that one even if others are idle.
    case waitFor(Int)
    /// Nobody may serve: 503, without waiting.
    case nobody
  }

  private(set) var servers = Slab<Server>()
  let algorithm: Algorithm
  /// Whether hashes use the ring instead of the table.
  let isConsistent: Bool
  private var groups: Groups
  private var active: Positions
  private var backup: Positions
  private var staticRoundRobin = StaticRoundRobin()
  /// Made when it is needed; nil when the servers have changed since.
  private var table: WeightedTable?
  /// Made when it is needed; nil when the servers have changed since.
  private var ring: HashRing?

  /// The positions are those at HAProxy's start: servers that are not usable yet join later.
  public init(servers: [Server], algorithm: Algorithm, consistent: Bool, allBackups: Bool) {
    for server in servers { self.servers.append(server) }
    self.algorithm = algorithm
    self.isConsistent = consistent
    groups = Groups(allBackups: allBackups)
    active = Positions(algorithm)
    backup = Positions(algorithm)
    for (index, server) in servers.enumerated() where server.isUsable {
      groups.update(index, server)
      if server.isBackup { backup.start(index, as: server) } else { active.start(index, as: server) }
    }
  }

  private mutating func own() {
    servers.own()
    active.own()
    backup.own()
  }

  var allBackups: Bool { groups.allBackups }

  /// The number of usable servers that are not backups.
  var activeUsable: Int { groups.activeUsable }

  /// Whether anybody may serve.
  var hasAnyone: Bool { !groups.isEmpty }

  /// On all servers together.
  var inFlight: Int { servers.indices.reduce(0) { $0 + servers[$1].inFlight } }

  func isUsable(_ index: Int) -> Bool { servers[index].isUsable }

  /// Whether it may serve now: usable, and in the group that serves.
  func isAllowed(_ index: Int) -> Bool { groups.allow(index, servers[index]) }

  /// The number of servers that may serve now.
  var allowedCount: Int { groups.allowedCount }

  /// Chooses for one request.
  ///
  /// - Parameters:
  ///   - hash: Of the address (`source`) or the path (`uri`).
  ///   - avoided: The server on which an earlier attempt failed; chosen only if there is no other.
  public mutating func pick<G: RandomNumberGenerator>(
    hash: UInt32, avoiding avoided: Int? = nil, draws: inout G
  ) -> Choice {
    own()
    if groups.isEmpty { return .nobody }
    let onlyBackup = groups.onlyBackup
    switch algorithm {
    case .roundrobin, .leastconn, .first:
      if let onlyBackup { return own(onlyBackup) }
      return any(pickInOrder(avoiding: avoided))
    case .staticRR:
      let table = currentTable()
      return any(staticRoundRobin.pick(from: table, of: servers, avoiding: avoided))
    case .source, .uri:
      let server = server(for: hash, avoiding: avoided, onlyBackup: onlyBackup)
      return own(server)
    case .random:
      let ring = currentRing()
      let drawn = Random.pick(on: ring, of: servers, avoiding: avoided, draws: &draws)
      let server = onlyBackup ?? drawn
      return any(servers[server].isSaturated ? nil : server)
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
      onlyBackup ?? currentRing().server(for: HashRing.mixed(hash), avoiding: avoided)
    } else if onlyBackup != nil {
      // Nothing is hashed for a single server, and the first slot may be another backup's.
      currentTable()[0]
    } else {
      currentTable().server(for: hash)
    }
  }

  private func any(_ server: Int?) -> Choice {
    server.map(Choice.server) ?? .waitForAny
  }

  private func own(_ server: Int) -> Choice {
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

// MARK: - What happens to the servers

extension Farm {
  /// A request was given to a server.
  public mutating func began(_ index: Int) {
    servers.own()
    servers[index].inFlight += 1
    if countsLoad { load(index) }
  }

  /// A request on a server is finished.
  public mutating func ended(_ index: Int) {
    servers.own()
    servers[index].inFlight -= 1
    if countsLoad { load(index) }
  }

  mutating func setOwnQueue(_ index: Int, _ waiting: Int) { change(index) { $0.ownQueue = waiting } }

  /// Algorithms that read a table take only 0 and the initial weight while they run.
  mutating func setWeight(_ index: Int, _ weight: Int) { change(index) { $0.weight = weight } }

  mutating func setState(_ index: Int, _ state: ServerState) { change(index) { $0.state = state } }

  mutating func setDown(_ index: Int, _ isDown: Bool) { change(index) { $0.isDown = isDown } }

  mutating func setRamp(_ index: Int, _ ramp: Int) { change(index) { $0.ramp = min(max(ramp, 1), 16) } }

  mutating func setMaxconn(_ index: Int, _ maxconn: Int) { change(index) { $0.maxconn = maxconn } }

  mutating func setAllBackups(_ allBackups: Bool) {
    groups.allBackups = allBackups
    forget()
  }

  private mutating func load(_ index: Int) {
    if servers[index].isBackup {
      backup.load(index, as: servers[index])
    } else {
      active.load(index, as: servers[index])
    }
  }

  private mutating func change(_ index: Int, _ edit: (inout Server) -> Void) {
    own()
    let before = servers[index]
    edit(&servers[index])
    let after = servers[index]
    if before.isUsable != after.isUsable { groups.update(index, after) }
    if before.isUsable != after.isUsable || before.effectiveWeight != after.effectiveWeight { forget() }
    if after.isBackup {
      backup.change(index, from: before, to: after)
    } else {
      active.change(index, from: before, to: after)
    }
  }

  private mutating func forget() {
    table = nil
    ring = nil
  }
}
