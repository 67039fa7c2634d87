/// The lists of applications of every nginx with more than one application.
struct Upstreams: Equatable, Sendable {
  private var all: [Upstream] = []
  /// The applications without an nginx on their host, which every nginx may use.
  var sharedApplications: [ID<Component>] = []

  subscript(upstream: ID<Upstream>) -> Upstream {
    @inline(__always) _read { yield all[upstream.index] }
    @inline(__always) _modify { yield &all[upstream.index] }
  }

  mutating func add(_ upstream: Upstream) -> ID<Upstream> {
    all.append(upstream)
    return ID(all.count - 1)
  }
}

/// The applications that an nginx uses in turn, by nginx's smooth weighted round robin.
struct Upstream: Equatable, Sendable {
  var peers: [UpstreamPeer]

  /// Returns the index of the next application that was not tried and is not skipped; nil if there is none.
  mutating func pick(tried: UInt64, now: Int64, maxFails: Int, failTimeout: Int64) -> Int? {
    var total = 0
    var best: Int?
    for i in peers.indices {
      guard tried & (1 << UInt64(min(i, 63))) == 0 else { continue }
      if maxFails > 0, peers[i].fails >= maxFails, now - peers[i].checked <= failTimeout { continue }
      peers[i].current += peers[i].effective
      total += peers[i].effective
      if peers[i].effective < 1 { peers[i].effective += 1 }
      if best.map({ peers[i].current > peers[$0].current }) ?? true { best = i }
    }
    guard let best else { return nil }
    peers[best].current -= total
    if now - peers[best].checked > failTimeout { peers[best].checked = now }
    return best
  }

  /// Returns the index of an application in the list; nil if it was removed meanwhile.
  func index(of component: ID<Component>) -> Int? { peers.firstIndex { $0.component == component } }

  mutating func noteFailure(_ i: Int, now: Int64, maxFails: Int) {
    peers[i].fails += 1
    peers[i].accessed = now
    peers[i].checked = now
    // If one failure is enough to skip a peer, a peer of weight 1 loses its whole weight.
    if maxFails == 1 { peers[i].effective = 0 }
  }

  /// Clears all recorded failures, as in a new process.
  mutating func reset() { peers = peers.map { UpstreamPeer(component: $0.component) } }

  mutating func noteSuccess(_ component: ID<Component>) {
    guard let i = index(of: component) else { return }
    if peers[i].accessed < peers[i].checked { peers[i].fails = 0 }
  }
}

/// What one nginx has recorded about an application.
struct UpstreamPeer: Equatable, Sendable {
  let component: ID<Component>
  var current = 0
  var effective = 1
  var fails = 0
  /// When the application last failed.
  var accessed: Int64 = .min / 2
  /// When the application last failed, or when it was first chosen after `failTimeout`.
  var checked: Int64 = .min / 2
}
