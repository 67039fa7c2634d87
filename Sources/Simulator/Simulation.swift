import Blueprint

/// The simulation of a running site, as a value: the topology, the time, and everything in flight.
///
/// Actions go through `perform`, or through `performInPlace` on a copy. A copy is an independent second site.
public struct Simulation: Equatable, Sendable {
  var site: SiteState

  public init(topology: Topology = .new, seed: UInt64? = nil) {
    var topology = topology
    if let seed { topology.site.seed = seed }
    site = SiteState(topology)
    for index in topology.hosts.indices { SiteBuilder.addHost(at: index, in: &site) }
  }

  public var topology: Topology { _read { yield site.topology } }

  public var time: Span { site.time }

  /// An estimate of how many elements a copy has to move.
  public var size: Int {
    site.components.count + 2 * site.network.hosts.count + site.inFlight.requests.count
      + site.inFlight.calls.count + site.clock.count
  }

  /// A number that increases with each scheduled event, as a measure of the work done.
  public var workDone: Int { Int(truncatingIfNeeded: site.clock.order) }

  /// A function that is called during long work with the share that is done. If it returns false, the work
  /// stops.
  public typealias ContinueCheck = (Double) -> Bool

  // MARK: Actions

  /// Performs an action. If a problem is thrown, nothing has changed.
  public mutating func perform(_ action: Action, shouldContinue: ContinueCheck = { _ in true })
    throws(Problem) -> Outcome
  {
    // If an action cannot fail after its checks, no copy of the site is needed. With copies, adding ten
    // thousand servers one by one would be slow.
    switch action {
    case .change(let change):
      if !site.needsConfiguration || !change.changesServerSetting {
        site.makeUnique()
        try SiteBuilder.perform(change, in: &site)
        return Outcome(events: site.records.takeEvents())
      }
    case .hold(let names, _):
      try RequestSender.checkHolding(names, in: site)
      return try performInPlace(action, shouldContinue: shouldContinue)
    case .break(let target, let fault):
      try FaultInjection.validated(fault, for: target, in: site)
      return try performInPlace(action, shouldContinue: shouldContinue)
    case .repair(let target):
      try FaultInjection.faultsToRepair(at: target, in: site)
      return try performInPlace(action, shouldContinue: shouldContinue)
    case .at: return try performInPlace(action, shouldContinue: shouldContinue)
    case .promote(let address, _):
      if !site.needsConfiguration {
        _ = try DatabasePromotion.nodeToPromote(at: address, in: site)
        return try performInPlace(action, shouldContinue: shouldContinue)
      }
    case .send, .release, .wait, .waitUntil, .rebuild, .chaos: break
    }
    let before = self
    do {
      return try performInPlace(action, shouldContinue: shouldContinue)
    } catch {
      self = before
      throw error
    }
  }

  /// Performs an action without making a copy first. If a problem is thrown, the action may be only partly
  /// done.
  public mutating func performInPlace(_ action: Action, shouldContinue: ContinueCheck = { _ in true })
    throws(Problem) -> Outcome
  {
    site.makeUnique()
    SiteConfiguration.configure(&site)
    site.records.trimRows(keepingFrom: site.inFlight.held.oldest?.row)
    var outcome = Outcome()
    switch action {
    case .change(let change): try SiteBuilder.perform(change, in: &site)
    case .send(let sending): outcome = try RequestSender.send(sending, in: &site, shouldContinue)
    case .hold(let names, let sending): outcome = try RequestSender.hold(names, sending, in: &site)
    case .release(let names): outcome = try RequestSender.release(names, in: &site, shouldContinue)
    case .wait(let span):
      try EventLoop.checkTime(span.nanoseconds, in: site)
      try EventLoop.advance(to: site.clock.now + span.nanoseconds, in: &site, shouldContinue)
    case .waitUntil(let name, let isUp):
      try EventLoop.wait(until: name, isUp: isUp, in: &site, shouldContinue)
    case .chaos(let span, let seed):
      try EventLoop.checkTime(span.nanoseconds, in: site)
      try RandomFaults.run(span, seed: seed, in: &site, shouldContinue)
    case .break(let target, let fault): try FaultInjection.inject(fault, into: target, in: &site)
    case .repair(let target): try FaultInjection.repair(target, in: &site)
    case .rebuild(let address): try DatabasePromotion.rebuild(address, in: &site)
    case .promote(let address, let isImmediate):
      let lost = try DatabasePromotion.promote(address, now: isImmediate, in: &site)
      outcome = Outcome(lost: lost.map { Int($0) })
    case .at(let delay, let action, let text):
      ScheduledCommands.schedule(action, text: text, in: delay, &site)
    }
    outcome.events = site.records.takeEvents()
    return outcome
  }

  // MARK: Preparing a site

  /// The simulation after its programs have read their configuration. If they have not read it yet, this is a
  /// configured copy.
  public var configured: Simulation {
    guard site.needsConfiguration else { return self }
    var copy = self
    copy.site.makeUnique()
    SiteConfiguration.configure(&copy.site)
    return copy
  }

  /// Sets every health check of a site without faults as if the site had run for a while.
  ///
  /// Otherwise, a new site starts like HAProxy: its servers are UP, but one failed check is enough to mark a
  /// server DOWN.
  public mutating func settle() {
    guard faults.isEmpty else { return }
    site.makeUnique()
    SiteConfiguration.configure(&site)
    HealthChecker.settle(in: &site)
  }

  // MARK: Faults

  /// The active faults of the site, in the order in which they began.
  public var faults: [InjectedFault] { site.faults.all }

  /// Returns the active faults of these hosts, their components and their links, in the order in which they
  /// began.
  public func faults(concerning hosts: [String]) -> [InjectedFault] { site.faults.concerning(hosts) }

  /// Returns random faults that are drawn from a seed, without injecting them.
  public func faults(sampledFrom seed: UInt64, _ count: Int) -> [InjectedFault] {
    RandomFaults.faults(site.topology, seed: seed, count: count, at: time)
  }
}
