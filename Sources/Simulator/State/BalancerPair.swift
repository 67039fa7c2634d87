/// The balancers that share one address, with the rules of keepalived.
///
/// The holder of the address advertises once a second. A balancer takes the address if it receives no
/// advertisement of higher priority for about three seconds. The first balancer has the highest priority.
struct BalancerPair: Equatable, Sendable {
  /// The hosts of the balancers. All arrays of this type are in the order of the balancers.
  private(set) var hosts: [ID<HostState>] = []
  /// Whether each balancer holds the address. Two may hold it if they do not receive each other's
  /// advertisements.
  private(set) var holdsAddress: [Bool] = []
  /// The balancer that users' packets go to, because it was the last to announce the address.
  var activeID = ID<Balancer>(0)
  /// The generation of each balancer's latest plan to take the address or give it up. `hasPlan` is whether
  /// the plan is pending. A plan of an older generation is void.
  private var generations: [UInt32] = []
  private var hasPlan: [Bool] = []
  /// The last generation. No generation is used twice.
  private var lastGeneration: UInt32 = 0

  /// Makes a pair of the balancers on these hosts. Existing balancers keep their state if there was a holder;
  /// otherwise the first balancer holds the address.
  mutating func configure(_ hosts: [ID<HostState>], isShared: Bool) {
    let old = self
    self = BalancerPair()
    self.hosts = hosts
    lastGeneration = old.lastGeneration
    let isNew = !isShared || !old.holdsAddress.contains(true) || old.hosts.isEmpty
    for (b, host) in hosts.enumerated() {
      let before = old.hosts.firstIndex(of: host)
      holdsAddress.append(isNew ? b == 0 : before.map { old.holdsAddress[$0] } ?? false)
      generations.append(isNew ? 0 : before.map { old.generations[$0] } ?? 0)
      hasPlan.append(isNew ? false : before.map { old.hasPlan[$0] } ?? false)
    }
    if !isNew, let index = hosts.firstIndex(of: old.hosts[old.activeID.index]) { activeID = ID(index) }
  }

  @inline(__always)
  func holdsAddress(_ b: ID<Balancer>) -> Bool { holdsAddress[b.index] }

  mutating func setHoldsAddress(_ b: ID<Balancer>, _ isHolder: Bool) { holdsAddress[b.index] = isHolder }

  /// The balancers that hold the address.
  var holders: [ID<Balancer>] { holdsAddress.indices.filter { holdsAddress[$0] }.map { ID($0) } }

  func balancer(on host: ID<HostState>) -> ID<Balancer>? { hosts.firstIndex(of: host).map { ID($0) } }

  /// Plans a change, or cancels the plan. Returns the generation of a new plan; nil if there is no new plan.
  mutating func plan(_ isPlanned: Bool, for b: ID<Balancer>) -> UInt32? {
    guard isPlanned != hasPlan[b.index] else { return nil }
    lastGeneration &+= 1
    generations[b.index] = lastGeneration
    hasPlan[b.index] = isPlanned
    return isPlanned ? lastGeneration : nil
  }

  /// Ends the plan with this generation. Returns whether it was still valid.
  mutating func endPlan(for b: ID<Balancer>, generation: UInt32) -> Bool {
    guard generations[b.index] == generation else { return false }
    hasPlan[b.index] = false
    return true
  }
}
