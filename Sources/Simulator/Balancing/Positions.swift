import Blueprint

/// The order of the servers in one group, the active servers or the standbys, for the algorithms that keep an
/// order.
///
/// The other algorithms read a table or a ring instead.
struct Positions: Equatable, Sendable {
  private let algorithm: Algorithm
  private var roundRobin = RoundRobin()
  private var leastConnections = LeastConnections()
  private var first = First()

  init(_ algorithm: Algorithm) { self.algorithm = algorithm }

  mutating func makeUnique() {
    if algorithm == .roundrobin { roundRobin.makeUnique() }
  }

  /// Adds a server that is usable when the balancer starts.
  mutating func start(_ index: Int, as server: ServerPool.Server) {
    switch algorithm {
    case .roundrobin: roundRobin.start(index, weight: server.effectiveWeight)
    case .leastconn: leastConnections.insert(index, as: server)
    case .first: first.update(index, as: server)
    case .staticRR, .source, .uri, .random: break
    }
  }

  /// Updates a server whose number of requests in flight has changed.
  mutating func updateLoad(_ index: Int, as server: ServerPool.Server) {
    switch algorithm {
    case .leastconn: if server.isUsable { leastConnections.insert(index, as: server) }
    case .first: first.update(index, as: server)
    case .roundrobin, .staticRR, .source, .uri, .random: break
    }
  }

  /// Updates a server after any other change to it.
  mutating func change(_ index: Int, from before: ServerPool.Server, to after: ServerPool.Server) {
    switch algorithm {
    case .roundrobin: changeRoundRobin(index, from: before, to: after)
    case .leastconn: changeLeastConnections(index, from: before, to: after)
    case .first: first.update(index, as: after)
    case .staticRR, .source, .uri, .random: break
    }
  }

  private mutating func changeRoundRobin(
    _ index: Int, from before: ServerPool.Server, to after: ServerPool.Server
  ) {
    switch (before.isUsable, after.isUsable) {
    case (false, true): roundRobin.add(index, weight: after.effectiveWeight)
    case (true, false): roundRobin.remove(index)
    case (true, true) where before.effectiveWeight != after.effectiveWeight:
      roundRobin.changeWeight(index, weight: after.effectiveWeight)
    case (true, true), (false, false): break
    }
  }

  private mutating func changeLeastConnections(
    _ index: Int, from before: ServerPool.Server, to after: ServerPool.Server
  ) {
    switch (before.isUsable, after.isUsable) {
    case (false, true): leastConnections.insert(index, as: after)
    case (true, false): leastConnections.remove(index)
    case (true, true) where before.effectiveWeight != after.effectiveWeight:
      leastConnections.insert(index, as: after)
    case (true, true): leastConnections.updateAvailability(index, as: after)
    case (false, false): break
    }
  }

  /// Returns the algorithm's choice among the servers that are not saturated; nil if all are saturated.
  @inline(__always)
  mutating func pick(from servers: Slab<ServerPool.Server>, avoiding avoided: Int?) -> Int? {
    switch algorithm {
    case .roundrobin: roundRobin.pick(from: servers, avoiding: avoided)
    case .leastconn: leastConnections.pick(avoiding: avoided)
    case .first: first.pick(avoiding: avoided)
    case .staticRR, .source, .uri, .random: nil
    }
  }
}
