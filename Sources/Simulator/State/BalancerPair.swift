/// Balancers that share one address, as keepalived lets them.
///
/// Each balancer advertises once a second. A balancer that receives no better advertisement for three seconds takes the
/// address. The first one built has the highest priority.
struct BalancerPair: Equatable, Sendable {
  /// The balancers by host; the lists below are in the same order, which is that of the balancers.
  private(set) var hosts: [ID<HostState>] = []
  /// Whether each holds the address. Two may hold it if they do not receive each other's advertisements.
  private(set) var holds: [Bool] = []
  /// The balancer that users' packets go to: the one that announced the address last.
  var reached = ID<Balancer>(0)
  /// The plans to take the address or give it up, and the turn in which each was made. A plan of an older turn is void.
  private var turns: [UInt32] = []
  private var plans: [Bool] = []
  /// Turns are never used twice.
  private var lastTurn: UInt32 = 0

  /// Makes a pair of these hosts. The ones that were there before keep what they had, if there was a holder.
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

  /// Plans a change, or cancels the plan. Returns the turn of a new plan.
  mutating func plan(_ isPlanned: Bool, for b: ID<Balancer>) -> UInt32? {
    guard isPlanned != plans[b.index] else { return nil }
    lastTurn &+= 1
    turns[b.index] = lastTurn
    plans[b.index] = isPlanned
    return isPlanned ? lastTurn : nil
  }

  /// Ends the plan of this turn. Returns whether it was still valid.
  mutating func endPlan(for b: ID<Balancer>, turn: UInt32) -> Bool {
    guard turns[b.index] == turn else { return false }
    plans[b.index] = false
    return true
  }
}
