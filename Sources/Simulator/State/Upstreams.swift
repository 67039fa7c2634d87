/// The applications of each nginx that has a choice.
struct Upstreams: Equatable, Sendable {
  private var all: [Upstream] = []
  /// The applications without an nginx on their host.
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

/// The applications that an nginx uses in turn, and what it remembers of each: nginx's smooth weighted round robin.
struct Upstream: Equatable, Sendable {
  var peers: [UpstreamPeer]

  /// Returns the next application that was not tried and is not skipped, if there is one.
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

  /// Returns the place of an application in the list; nil if it was removed meanwhile.
  func place(of component: ID<Component>) -> Int? { peers.firstIndex { $0.component == component } }

  mutating func failed(_ i: Int, now: Int64, maxFails: Int) {
    peers[i].fails += 1
    peers[i].accessed = now
    peers[i].checked = now
    // A peer of weight one loses its whole weight if one failure is enough.
    if maxFails == 1 { peers[i].effective = 0 }
  }

  /// Forgets all failures: a new process remembers nothing.
  mutating func reset() { peers = peers.map { UpstreamPeer(component: $0.component) } }

  mutating func worked(_ component: ID<Component>) {
    guard let i = place(of: component) else { return }
    if peers[i].accessed < peers[i].checked { peers[i].fails = 0 }
  }
}

/// An application as one nginx knows it.
struct UpstreamPeer: Equatable, Sendable {
  let component: ID<Component>
  var current = 0
  var effective = 1
  var fails = 0
  /// When it failed last.
  var accessed: Int64 = .min / 2
  /// When it failed last, or when it was first chosen after its timeout.
  var checked: Int64 = .min / 2
}
