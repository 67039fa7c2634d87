/// The running balancers, their entries, and their health checks.
struct Balancers: Equatable, Sendable {
  private(set) var all: [Balancer] = []
  private(set) var entries = Slab<BalancerEntry>()
  private(set) var checks = Slab<HealthCheck>()
  private var lastCheckGeneration: UInt32 = 0

  mutating func makeUnique() {
    entries.makeUnique()
    checks.makeUnique()
  }

  subscript(b: ID<Balancer>) -> Balancer {
    @inline(__always) _read { yield all[b.index] }
    @inline(__always) _modify { yield &all[b.index] }
  }

  var count: Int { all.count }
  var ids: IDs<Balancer> { all.ids }
  var isEmpty: Bool { all.isEmpty }

  func balancer(of component: ID<Component>) -> ID<Balancer>? {
    all.firstIndex { $0.component == component }.map { ID($0) }
  }

  func balancer(on host: ID<HostState>) -> ID<Balancer>? {
    all.firstIndex { $0.host == host }.map { ID($0) }
  }

  /// Whether any balancer encrypts its connections to servers.
  var encryptInside: Bool { all.contains { $0.certificate.encryptsInside } }

  // MARK: Entries

  /// Returns a balancer's entry for a host; nil if it has none.
  func entry(for host: ID<HostState>, of b: ID<Balancer>) -> ID<BalancerEntry>? {
    // Entries and hosts are in the same order, so a binary search finds the host.
    let first = all[b.index].firstEntry.index
    var (low, high) = (first, first + all[b.index].entryCount)
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].host.raw < host.raw { low = middle + 1 } else { high = middle }
    }
    return low < end && entries[low].host == host ? ID(low) : nil
  }

  /// Whether any request waits for a slot.
  var isAnythingQueued: Bool {
    all.contains { $0.queue.count > 0 } || entries.indices.contains { entries[$0].queue.count > 0 }
  }

  // MARK: Replacing the balancers

  mutating func removeAll() {
    all = []
    entries = Slab()
    checks = Slab()
  }

  mutating func append(_ balancer: Balancer, _ newEntries: [BalancerEntry]) {
    for entry in newEntries { entries.append(entry) }
    all.append(balancer)
  }

  // MARK: Health checks

  mutating func newCheckGeneration() -> UInt32 {
    lastCheckGeneration &+= 1
    return lastCheckGeneration
  }

  /// Replaces the health check at an identifier, or appends it if the identifier is new.
  mutating func set(_ check: HealthCheck, at id: ID<HealthCheck>) {
    if id.index < checks.count { checks[id] = check } else { checks.append(check) }
  }

  func isDue(_ check: ID<HealthCheck>, generation: UInt32) -> Bool {
    check.index < checks.count && checks[check].generation == generation
  }
}
