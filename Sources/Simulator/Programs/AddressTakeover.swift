import Blueprint

/// How balancers take over a shared address and give it up.
enum AddressTakeover {
  /// The time without advertisements until a balancer takes the address: three advertisement intervals.
  private static let timeout: Int64 = 3_000_000_000
  /// How much longer a balancer of lower priority waits: 156/256 of a second.
  private static let skew: Int64 = 609_375_000
  /// The time from the end of a tracked haproxy process to the takeover.
  private static let processFailureDelay: Int64 = 2_500_000_000
  /// The time from the start of a tracked haproxy process to the return of the address.
  private static let processReturnDelay: Int64 = 4_900_000_000

  /// Updates the pair after a change to the topology. Existing balancers keep their state; in a new pair, the
  /// first balancer holds the address.
  static func configure(in site: inout SiteState) {
    site.pair.configure(
      site.balancers.all.map { $0.host }, isShared: site.topology.sharing == .activePassive)
    update(in: &site)
  }

  /// Plans which balancers take the address or give it up. Call this after any change that affects
  /// advertisements.
  static func update(in site: inout SiteState) {
    guard site.topology.sharing == .activePassive, site.pair.holdsAddress.count == site.balancers.count else {
      return
    }
    for b in site.balancers.ids where site[site[b].host].isPoweredOff { site.pair.setHoldsAddress(b, false) }
    let holders = site.pair.holders
    for b in site.balancers.ids {
      let isChange = shouldHoldAddress(b, among: holders, in: site) != site.pair.holdsAddress(b)
      guard let generation = site.pair.plan(isChange, for: b) else { continue }
      site.clock.schedule(.takeover, site[b].host, generation: generation, in: delay(of: b, in: site))
    }
    guard !site.receivesUsers(site.pair.activeID), let other = reachable(in: site) else { return }
    moveUsers(to: other, in: &site)
  }

  /// Carries out a balancer's plan when it is due, if it still applies.
  static func planIsDue(for host: ID<HostState>, generation: UInt32, in site: inout SiteState) {
    guard let b = site.pair.balancer(on: host), site.pair.endPlan(for: b, generation: generation) else {
      return
    }
    let takes = shouldHoldAddress(b, among: site.pair.holders, in: site)
    guard takes != site.pair.holdsAddress(b) else { return }
    if takes { takeAddress(b, in: &site) } else { releaseAddress(b, in: &site) }
    update(in: &site)
  }

  /// Returns whether the balancer's host can advertise. If the host tracks the haproxy process, the process
  /// must not have ended.
  private static func advertises(_ b: ID<Balancer>, in site: SiteState) -> Bool {
    guard !site[site[b].host].isPoweredOff else { return false }
    return !site[b].settings.tracksProcess || site[site[b].component].condition != .crashed
  }

  /// Returns whether this balancer receives advertisements from a holder of higher priority. Advertisements
  /// of lower priority are ignored.
  private static func isOutranked(
    _ b: ID<Balancer>, among holders: [ID<Balancer>], in site: SiteState
  ) -> Bool {
    holders.contains { $0.raw < b.raw && site.receivesAdvertisements(b, of: $0) }
  }

  private static func shouldHoldAddress(
    _ b: ID<Balancer>, among holders: [ID<Balancer>], in site: SiteState
  ) -> Bool {
    advertises(b, in: site) && !isOutranked(b, among: holders, in: site)
  }

  private static func reachable(in site: SiteState) -> ID<Balancer>? {
    site.balancers.ids.first { site.receivesUsers($0) }
  }

  private static func delay(of b: ID<Balancer>, in site: SiteState) -> Int64 {
    let tracksProcess = site[b].settings.tracksProcess
    if site.pair.holdsAddress(b) {
      let isProcessOnly =
        site[site[b].host].isOnline && tracksProcess && site[site[b].component].condition == .crashed
      // A balancer that receives an advertisement of higher priority gives up the address when its own next
      // advertisement is due.
      return isProcessOnly ? processFailureDelay : 1_000_000_000
    }
    // A restarted process must first pass two checks, which adds to the usual delay.
    if b.raw == 0, tracksProcess, site.pair.holdsAddress.contains(true) { return processReturnDelay }
    // The holder sent its last advertisement at the last full second.
    let skew = b.raw == 0 ? skew * 2 / 3 : skew
    return timeout + max(0, skew - site.clock.now % 1_000_000_000)
  }

  /// Makes a balancer take and announce the address. Holders of lower priority that receive the announcement
  /// give it up.
  ///
  /// If users do not receive the announcement, their packets still go to the previous balancer.
  private static func takeAddress(_ b: ID<Balancer>, in site: inout SiteState) {
    site.pair.setHoldsAddress(b, true)
    site.report(site.name(of: b), site.receivesUsers(b) ? .tookAddress : .claimedAddress)
    for other in site.balancers.ids
    where other != b && site.pair.holdsAddress(other)
      && isOutranked(other, among: site.pair.holders, in: site)
    {
      site.pair.setHoldsAddress(other, false)
      site.report(site.name(of: other), .gaveUpAddress)
    }
    if site.receivesUsers(b) { moveUsers(to: b, in: &site) }
  }

  /// Makes a balancer give up the address. It then advertises a lower priority, so the next balancer takes
  /// the address at once.
  private static func releaseAddress(_ b: ID<Balancer>, in site: inout SiteState) {
    site.pair.setHoldsAddress(b, false)
    site.report(site.name(of: b), .gaveUpAddress)
    if let holder = reachable(in: site) ?? site.pair.holders.first {
      moveUsers(to: holder, in: &site)
    } else if let next = site.balancers.ids.first(where: {
      $0 != b && shouldHoldAddress($0, among: [], in: site)
    }) {
      takeAddress(next, in: &site)
    }
  }

  private static func moveUsers(to b: ID<Balancer>, in site: inout SiteState) {
    let before = site.pair.activeID
    site.pair.activeID = b
    guard before != b, before.index < site.balancers.count else { return }
    BalancerFailure.usersMoved(from: before, to: b, in: &site)
  }
}
