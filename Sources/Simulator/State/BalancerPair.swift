/// The balancers that share one address, with the rules of keepalived.
///
/// The holder of the address advertises once a second. A balancer takes the address if it receives no
/// advertisement of higher priority for about three seconds. The first balancer has the highest priority.
struct BalancerPair: Equatable, Sendable {
  /// The hosts of the balancers. All lists here are in the order of the balancers.
  private(set) var hosts: [ID<HostState>] = []
  /// Whether each balancer holds the address. Two may hold it if they do not receive each other's
  /// advertisements.
  private(set) var holds: [Bool] = []
  /// The balancer that users' packets go to, because it was the last to announce the address.
  var reached = ID<Balancer>(0)
  /// The turn number of each balancer's latest plan to take the address or give it up. `plans` is whether the
  /// plan is pending. A plan with an older turn number is void.
  private var turns: [UInt32] = []
  private var plans: [Bool] = []
  /// The last turn number. No number is used twice.
  private var lastTurn: UInt32 = 0

  /// Makes a pair of the balancers on these hosts. Existing balancers keep their state if there was a holder;
  /// otherwise the first balancer holds the address.
  mutating func arrange(_ hosts: [ID<HostState>], isShared: Bool) {
    let old = self
    self = BalancerPair()
    self.hosts = hosts
    lastTurn = old.lastTurn
    let isNew = !isShared || !old.holds.contains(true) || old.hosts.isEmpty
    for (b, host) in hosts.enumerated() {
      let before = old.hosts.firstIndex(of: host)
      holds.append(isNew ? b == 0 : before.map { old.holds[$0] } ?? false)
      turns.append(isNew ? 0 : before.map { old.turns[$0] } ?? 0)
      plans.append(isNew ? false : before.map { old.plans[$0] } ?? false)
    }
    if !isNew, let place = hosts.firstIndex(of: old.hosts[old.reached.index]) { reached = ID(place) }
  }

  @inline(__always)
  func holds(_ b: ID<Balancer>) -> Bool { holds[b.index] }

  mutating func setHolds(_ b: ID<Balancer>, _ isHolder: Bool) { holds[b.index] = isHolder }

  /// The balancers that hold the address.
  var holders: [ID<Balancer>] { holds.indices.filter { holds[$0] }.map { ID($0) } }

  func balancer(on host: ID<HostState>) -> ID<Balancer>? { hosts.firstIndex(of: host).map { ID($0) } }

  /// Plans a change, or cancels the plan. Returns the turn number of a new plan; nil if there is no new plan.
  mutating func plan(_ isPlanned: Bool, for b: ID<Balancer>) -> UInt32? {
    guard isPlanned != plans[b.index] else { return nil }
    lastTurn &+= 1
    turns[b.index] = lastTurn
    plans[b.index] = isPlanned
    return isPlanned ? lastTurn : nil
  }

  /// Ends the plan with this turn number. Returns whether it was still valid.
  mutating func endPlan(for b: ID<Balancer>, turn: UInt32) -> Bool {
    guard turns[b.index] == turn else { return false }
    plans[b.index] = false
    return true
  }
}
