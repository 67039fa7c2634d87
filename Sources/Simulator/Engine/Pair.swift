import Blueprint

/// Balancers that share one address, as keepalived lets them: each advertises once a second that it is there, and who
/// hears nothing better for three advertisements takes the address. The first built has the highest priority.
struct Pair: Equatable, Sendable {
  /// The balancers by machine; the lists below are in the same order, which is that of the balancers.
  var machines: [Int32] = []
  /// Who holds the address. Two may, when they cannot hear each other.
  var holds: [Bool] = []
  /// Where the users' packets go: to the one that announced the address last.
  var reached = 0
  /// The plans to take the address or give it up, and the turn in which each was made; one of an older turn is off.
  var turns: [UInt32] = []
  var plans: [Bool] = []
  /// Turns are never used twice.
  var lastTurn: UInt32 = 0
}

extension Simulation {
  /// Three advertisements.
  private static let patienceOfPair: Int64 = 3_000_000_000
  /// What a balancer of lower priority waits longer: 156 of 256 seconds.
  private static let skew: Int64 = 609_375_000
  /// From the death of a watched process to the takeover, and from its return to the return of the address.
  private static let processNoticed: Int64 = 2_500_000_000
  private static let processTrusted: Int64 = 4_900_000_000

  /// After a new wiring: who was there keeps what it had; at the beginning the first holds the address.
  mutating func arrangePair() {
    let old = pair
    pair = Pair(machines: desks.indices.map { desks[$0].machine }, lastTurn: old.lastTurn)
    let isNew = topology.sharing != .activePassive || !old.holds.contains(true) || old.machines.isEmpty
    for (b, machine) in pair.machines.enumerated() {
      let before = old.machines.firstIndex(of: machine)
      pair.holds.append(isNew ? b == 0 : before.map { old.holds[$0] } ?? false)
      pair.turns.append(isNew ? 0 : before.map { old.turns[$0] } ?? 0)
      pair.plans.append(isNew ? false : before.map { old.plans[$0] } ?? false)
    }
    if !isNew, let place = pair.machines.firstIndex(of: old.machines[old.reached]) { pair.reached = place }
    watchBalancers()
  }

  /// Whether that balancer's host is there to advertise, and, where it watches its process, has one.
  private func claims(_ b: Int) -> Bool {
    guard !machines[Int(desks[b].machine)].isDark else { return false }
    return !balancers[b].settings.tracksProcess || stations[desks[b].station].condition != .crashed
  }

  /// Whether this balancer receives advertisements from a holder of the address with a higher priority. It ignores
  /// holders with a lower priority.
  private func isOutranked(_ b: Int, among holders: [Int]) -> Bool {
    holders.contains { $0 < b && hearsAdvertisements(b, of: $0) }
  }

  private func shouldHold(_ b: Int, among holders: [Int]) -> Bool {
    claims(b) && !isOutranked(b, among: holders)
  }

  /// The balancers that hold the address now. There can be several if they do not receive each other's advertisements.
  private var holders: [Int] { balancers.indices.filter { pair.holds[$0] } }

  /// Something has changed that advertisements depend on.
  mutating func watchBalancers() {
    guard topology.sharing == .activePassive, pair.holds.count == balancers.count else { return }
    for b in balancers.indices where machines[Int(desks[b].machine)].isDark { pair.holds[b] = false }
    let holders = holders
    for b in balancers.indices {
      let isChange = shouldHold(b, among: holders) != pair.holds[b]
      guard isChange != pair.plans[b] else { continue }
      pair.lastTurn &+= 1
      pair.turns[b] = pair.lastTurn
      pair.plans[b] = isChange
      if isChange { schedule(.takeover, subject: desks[b].machine, turn: pair.turns[b], in: delay(of: b)) }
    }
    guard !isReachedByAddress(pair.reached), let other = reachedByAddress else { return }
    moveUsers(to: other)
  }

  /// Whether the users' side hears it say that the address is its own. One that is cut off may hold it for itself. A
  /// firewall that drops everything lets that word out (ARP is no IP), so users go where nobody lets them in.
  private func isReachedByAddress(_ b: Int) -> Bool {
    let machine = desks[b].machine
    let host = Breakable.part(Address(nameOfBalancer(b)))
    return pair.holds[b] && !machines[machine].isDark && !machines[machine].isRemoved
      && !cutLinks.contains(Link(-1, machine))
      && !breakages.at(host).contains { $0.fault == .cut }
  }

  private var reachedByAddress: Int? { balancers.indices.first { isReachedByAddress($0) } }

  private func delay(of b: Int) -> Int64 {
    // Who hears a better one gives way at its next advertisement.
    if pair.holds[b] { return processOnly(b) ? Simulation.processNoticed : 1_000_000_000 }
    // A process that is back is trusted after two looks, on top of the usual patience.
    if b == 0, balancers[b].settings.tracksProcess, pair.holds.contains(true) {
      return Simulation.processTrusted
    }
    // The last advertisement was sent at the last full second.
    let skew = b == 0 ? Simulation.skew * 2 / 3 : Simulation.skew
    return Simulation.patienceOfPair + max(0, skew - now % 1_000_000_000)
  }

  /// Whether only the watched process is dead, its host being well.
  private func processOnly(_ b: Int) -> Bool {
    machines[Int(desks[b].machine)].isOnline && balancers[b].settings.tracksProcess
      && stations[desks[b].station].condition == .crashed
  }

  mutating func takeover(_ subject: Int32, turn: UInt32) {
    guard let b = pair.machines.firstIndex(of: subject), pair.turns[b] == turn else { return }
    pair.plans[b] = false
    let takes = shouldHold(b, among: holders)
    guard takes != pair.holds[b] else { return }
    if takes { take(b) } else { giveUp(b) }
    watchBalancers()
  }

  /// It announces the address; whoever hears that and has a lower priority gives way. Where nobody hears it, the users'
  /// packets go where they went.
  private mutating func take(_ b: Int) {
    pair.holds[b] = true
    tell(nameOfBalancer(b), isReachedByAddress(b) ? .tookAddress : .claimedAddress)
    for other in balancers.indices where other != b && pair.holds[other] && isOutranked(other, among: holders)
    {
      pair.holds[other] = false
      tell(nameOfBalancer(other), .gaveUpAddress)
    }
    if isReachedByAddress(b) { moveUsers(to: b) }
  }

  /// Its advertisements name a lower priority now, so the next one takes the address at once.
  private mutating func giveUp(_ b: Int) {
    pair.holds[b] = false
    tell(nameOfBalancer(b), .gaveUpAddress)
    if let holder = reachedByAddress ?? pair.holds.firstIndex(of: true) {
      moveUsers(to: holder)
    } else if let next = balancers.indices.first(where: { $0 != b && shouldHold($0, among: []) }) {
      take(next)
    }
  }

  /// The users' packets go to another balancer, which knows nothing of the connections that were open.
  private mutating func moveUsers(to b: Int) {
    let before = pair.reached
    pair.reached = b
    guard before != b, before < balancers.count else { return }
    var lost = 0
    for visit in visits.indices.map({ Int32($0) })
    where visits[visit].balancer == Int32(before) && visits[visit].hasUser {
      switch visits[visit].phase {
      case .free, .knocking: continue
      case .unheard: lose(visit, &lost)
      case .atBalancer, .queuedForAny, .queuedForOne, .connecting, .pausing, .answering, .held, .answered:
        // The old balancer goes on with it, for nobody.
        lost += 1
        tally.lostConnections += 1
        conclude(visit, .refused, server: -1, nil)
        // Except one that waited for its user.
        if visits[visit].phase == .held {
          giveBackSlot(visit)
          free(visit: visit)
        }
      }
    }
    if lost > 0 { tell(nameOfBalancer(before), .connectionsLost(lost), cause: nameOfBalancer(b)) }
  }

  /// Who holds the shared address, by name. One that is cut off and holds it for itself alone does not count beside
  /// another whom users reach.
  public var addressHolders: [String] {
    guard topology.sharing == .activePassive else { return [] }
    let holders = balancers.indices.filter { $0 < pair.holds.count && pair.holds[$0] }
    let heard = holders.filter { isReachedByAddress($0) }
    return (heard.isEmpty ? holders : heard).map { nameOfBalancer($0) }
  }
}
