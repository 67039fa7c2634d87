import Blueprint

/// The order of the servers in one group, the active servers or the backups, for the algorithms that keep an
/// order.
///
/// The other algorithms read a table or a ring instead.
struct Positions: Equatable, Sendable {
  private let algorithm: Algorithm
  private var roundRobin = RoundRobin()
  private var leastConnections = LeastConnections()
  private var first = First()

  init(_ algorithm: Algorithm) { self.algorithm = algorithm }

  mutating func own() {
    if algorithm == .roundrobin { roundRobin.own() }
  }

  /// Adds a server that is usable when the balancer starts.
  mutating func start(_ index: Int, as server: Farm.Server) {
    switch algorithm {
    case .roundrobin: roundRobin.start(index, weight: server.effectiveWeight)
    case .leastconn: leastConnections.file(index, as: server)
    case .first: first.update(index, as: server)
    case .staticRR, .source, .uri, .random: break
    }
  }

  /// Updates a server whose number of requests in flight has changed.
  mutating func load(_ index: Int, as server: Farm.Server) {
    switch algorithm {
    case .leastconn: if server.isUsable { leastConnections.file(index, as: server) }
    case .first: first.update(index, as: server)
    case .roundrobin, .staticRR, .source, .uri, .random: break
    }
  }

  /// Updates a server after any other change to it.
  mutating func change(_ index: Int, from before: Farm.Server, to after: Farm.Server) {
    switch algorithm {
    case .roundrobin: changeRoundRobin(index, from: before, to: after)
    case .leastconn: changeLeastConnections(index, from: before, to: after)
    case .first: first.update(index, as: after)
    case .staticRR, .source, .uri, .random: break
    }
  }

  private mutating func changeRoundRobin(_ index: Int, from before: Farm.Server, to after: Farm.Server) {
    switch (before.isUsable, after.isUsable) {
    case (false, true): roundRobin.join(index, weight: after.effectiveWeight)
    case (true, false): roundRobin.leave(index)
    case (true, true) where before.effectiveWeight != after.effectiveWeight:
      roundRobin.reweigh(index, weight: after.effectiveWeight)
    case (true, true), (false, false): break
    }
  }

  private mutating func changeLeastConnections(
    _ index: Int, from before: Farm.Server, to after: Farm.Server
  ) {
    switch (before.isUsable, after.isUsable) {
    case (false, true): leastConnections.file(index, as: after)
    case (true, false): leastConnections.leave(index)
    case (true, true) where before.effectiveWeight != after.effectiveWeight:
      leastConnections.file(index, as: after)
    case (true, true): leastConnections.reconsider(index, as: after)
    case (false, false): break
    }
  }

  /// Returns the algorithm's choice among the servers that are not saturated; nil if all are saturated.
  @inline(__always)
  mutating func pick(from servers: Slab<Farm.Server>, avoiding avoided: Int?) -> Int? {
    switch algorithm {
    case .roundrobin: roundRobin.pick(from: servers, avoiding: avoided)
    case .leastconn: leastConnections.pick(avoiding: avoided)
    case .first: first.pick(avoiding: avoided)
    case .staticRR, .source, .uri, .random: nil
    }
  }
}
