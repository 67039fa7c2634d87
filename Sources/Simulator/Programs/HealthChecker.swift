import Blueprint

/// Health checks: a balancer calls its servers, and marks them UP or DOWN by the results.
enum HealthChecker {
  // MARK: Calling servers

  /// Starts a health check that is due, and calls the server.
  static func start(_ check: ID<HealthCheck>, generation: UInt32, in site: inout SiteState) {
    guard site.balancers.isDue(check, generation: generation) else { return }
    let b = site[check].balancer
    let isRunning = site[site[b].component].isRunning
    guard isRunning, site[b].server(site[check].entry).state != .maint else {
      return scheduleNext(check, in: &site)
    }
    call(for: check, generation: generation, in: &site)
  }

  /// Tries again to connect for a check that has had no answer, as TCP does.
  static func retry(_ check: ID<HealthCheck>, generation: UInt32, in site: inout SiteState) {
    guard site.balancers.isDue(check, generation: generation) else { return }
    if contact(of: check, in: site) == .silence {
      site.clock.schedule(.checkRetry, check, generation: generation, in: 2_000_000_000)
    } else {
      site[check].isConnecting = false
      call(for: check, generation: generation, hasTimer: true, in: &site)
    }
  }

  /// Connects the checks that can now reach their server after attempts without an answer.
  ///
  /// A host that is back announces its address, and the waiting packets are sent at once.
  static func retryAll(in site: inout SiteState) {
    for check in site.balancers.checks.ids where site[check].isConnecting {
      if contact(of: check, in: site) != .silence {
        retry(check, generation: site[check].generation, in: &site)
      }
    }
  }

  @inline(__always)
  private static func contact(of check: ID<HealthCheck>, in site: SiteState) -> Contact {
    site.contact(
      site.balancers.entries[site.balancers.checks[check].entry].frontComponent,
      from: site.balancers[site.balancers.checks[check].balancer].host)
  }

  private static func call(
    for check: ID<HealthCheck>, generation: UInt32, hasTimer: Bool = false, in site: inout SiteState
  ) {
    let b = site[check].balancer
    let timer = site[b].timers.check
    switch contact(of: check, in: site) {
    case .refused: finish(check, passed: false, in: &site)
    case .silence:
      site[check].isConnecting = true
      site.clock.start(.check, check, generation: generation, in: timer)
      site.clock.schedule(.checkRetry, check, generation: generation, in: 1_000_000_000)
    case .accepted:
      guard site[b].settings.check == .http else { return finish(check, passed: true, in: &site) }
      if !hasTimer { site.clock.start(.check, check, generation: generation, in: timer) }
      let frontComponent = site[site[check].entry].frontComponent
      let kind = CallKind(site[b].settings.checkPath)
      let pendingCall = Workers.newCall(at: frontComponent, kind, for: check, in: &site)
      Workers.enter(pendingCall, in: &site)
    }
  }

  static func received(_ response: Response, for check: ID<HealthCheck>, in site: inout SiteState) {
    site[check].pendingCall = .none
    finish(check, passed: response.code == .ok, in: &site)
  }

  static func timedOut(_ check: ID<HealthCheck>, in site: inout SiteState) {
    let pendingCall = site[check].pendingCall
    if pendingCall.exists { Workers.abandon(pendingCall, in: &site) }
    site[check].pendingCall = .none
    finish(check, passed: false, in: &site)
  }

  private static func finish(_ check: ID<HealthCheck>, passed: Bool, in site: inout SiteState) {
    site[check].isConnecting = false
    site[check].streak = passed == site[check].lastCheckPassed ? site[check].streak + 1 : 1
    site[check].lastCheckPassed = passed
    if !passed, site.records.tally.open > 0 { site.records.tally.byTime.countFailedCheck(at: site.clock.now) }
    if passed { notePassed(check, in: &site) } else { noteFailed(check, in: &site) }
    scheduleNext(check, in: &site)
  }

  /// Schedules the next check one interval after the end of this check. A check without an answer takes one
  /// interval itself, so the next check starts two intervals after it.
  private static func scheduleNext(_ check: ID<HealthCheck>, in site: inout SiteState) {
    let generation = site.balancers.newCheckGeneration()
    site[check].generation = generation
    site.clock.start(.nextCheck, check, generation: generation, in: site[site[check].balancer].timers.check)
  }

  // MARK: Marking servers UP and DOWN

  private static func notePassed(_ check: ID<HealthCheck>, in site: inout SiteState) {
    let b = site[check].balancer
    let rise = Int32(site[b].settings.rise)
    let best = rise + Int32(site[b].settings.fall) - 1
    guard site[check].health < best else { return }
    let wasDown = site[check].health < rise
    site[check].health += 1
    guard site[check].health >= rise else { return }
    site[check].health = best
    if wasDown { markUp(check, in: &site) }
  }

  private static func noteFailed(_ check: ID<HealthCheck>, in site: inout SiteState) {
    let rise = Int32(site[site[check].balancer].settings.rise)
    if site[check].health > rise {
      site[check].health -= 1
    } else {
      let wasUp = site[check].health == rise
      site[check].health = 0
      if wasUp { markDown(check, in: &site) }
    }
  }

  private static func markDown(_ check: ID<HealthCheck>, in site: inout SiteState) {
    let (b, entry) = (site[check].balancer, site[check].entry)
    site[b].pool.setDown(site[b].index(of: entry), true)
    site[check].rampSeconds = 0
    let failed = Int(site[check].streak)
    site.report(site.name(of: entry), .markedDown(failedChecks: failed), cause: site.name(of: b))
    BalancerQueues.redistribute(entry, of: b, in: &site)
  }

  private static func markUp(_ check: ID<HealthCheck>, in site: inout SiteState) {
    let (b, entry) = (site[check].balancer, site[check].entry)
    if slowstart(of: entry, in: site) != nil {
      site[check].rampSeconds = 1
      site[b].pool.setRamp(site[b].index(of: entry), 1)
      let generation = site.balancers.newCheckGeneration()
      site[check].rampGeneration = generation
      site.clock.schedule(.ramp, check, generation: generation, in: 1_000_000_000)
    }
    site[b].pool.setDown(site[b].index(of: entry), false)
    let passed = Int(site[check].streak)
    site.report(site.name(of: entry), .markedUp(passedChecks: passed), cause: site.name(of: b))
    BalancerQueues.refill(entry, of: b, in: &site)
  }

  private static func slowstart(of entry: ID<BalancerEntry>, in site: SiteState) -> Int64? {
    site.topology.host(named: site.name(of: entry))?.serverSettings.slowstart?.nanoseconds
  }

  /// Increases the weight of a server during its slow start. This runs once per second.
  static func rampWeight(_ check: ID<HealthCheck>, generation: UInt32, in site: inout SiteState) {
    guard check.index < site.balancers.checks.count, site[check].rampSeconds > 0,
      site[check].rampGeneration == generation
    else { return }
    let (b, entry) = (site[check].balancer, site[check].entry)
    let index = site[b].index(of: entry)
    let passed = Int64(site[check].rampSeconds) * 1_000_000_000
    guard let length = slowstart(of: entry, in: site), passed < length else {
      site[check].rampSeconds = 0
      site[b].pool.setRamp(index, 16)
      return site.report(site.name(of: entry), .rampEnded, cause: site.name(of: b))
    }
    site[b].pool.setRamp(index, Int((16 * passed + length) / length))
    site[check].rampSeconds += 1
    site.clock.schedule(.ramp, check, generation: generation, in: 1_000_000_000)
  }

  // MARK: Start and settings

  /// Restarts the checks of a balancer. They are spread over one interval, so that the servers are not all
  /// checked at the same time. `known` has the health of the servers that were checked before.
  static func restart(
    of b: ID<Balancer>, keeping known: [ID<HostState>: Int32] = [:], in site: inout SiteState
  ) {
    let settings = site[b].settings
    let count = site[b].entryCount
    let before = site[b].firstCheck
    site[b].firstCheck = .none
    site[b].timers.check = site.timerQueue(settings.inter)
    for call in site.inFlight.calls.ids where site[call].phase != .free {
      if case .check(let check) = site[call].caller, site[check].balancer == b { site[call].caller = .none }
    }
    guard settings.check != .off, count > 0 else {
      for check in IDs(from: before, count: before.exists ? count : 0) { site[check].generation = 0 }
      return
    }
    let first = before.exists ? before : site.balancers.checks.nextID
    site[b].firstCheck = first
    for (index, entry) in site[b].entries.enumerated() {
      let generation = site.balancers.newCheckGeneration()
      let health = known[site[entry].host] ?? Int32(settings.rise)
      // Overwrite the old checks, so that their scheduled events are ignored.
      let check = ID<HealthCheck>(first.index + index)
      site.balancers.set(
        HealthCheck(balancer: b, entry: entry, health: health, generation: generation), at: check)
      let delay = settings.inter.nanoseconds / Int64(count) * Int64(index)
      site.clock.schedule(.check, check, generation: generation, in: delay)
    }
  }

  /// Marks UP a server that is back from maintenance. One failed check is then enough to mark it DOWN.
  static func setBarelyUp(_ entry: ID<BalancerEntry>, of b: ID<Balancer>, in site: inout SiteState) {
    guard let check = site[b].check(of: entry) else { return }
    site[check].health = Int32(site[b].settings.rise)
    site[b].pool.setDown(site[b].index(of: entry), false)
  }

  /// Applies changed settings of the health checks. Each server stays UP or DOWN.
  static func settingsChanged(of b: ID<Balancer>, from old: HAProxy, in site: inout SiteState) {
    let settings = site[b].settings
    if settings.check != old.check || settings.checkPath != old.checkPath || settings.inter != old.inter {
      let before = health(of: b, old, in: site)
      if settings.check == .off {
        for index in 0..<site[b].entryCount { site[b].pool.setDown(index, false) }
      }
      restart(of: b, keeping: before, in: &site)
    } else if settings.rise != old.rise || settings.fall != old.fall {
      for entry in site[b].entries {
        guard let check = site[b].check(of: entry) else { continue }
        let isUp = site[check].health >= Int32(old.rise)
        site[check].health = isUp ? Int32(settings.rise + settings.fall - 1) : 0
      }
    }
  }

  /// Returns the health of each server, converted to the scale of the new settings.
  static func health(of b: ID<Balancer>, _ old: HAProxy, in site: SiteState) -> [ID<HostState>: Int32] {
    let settings = site[b].settings
    var known: [ID<HostState>: Int32] = [:]
    for entry in site[b].entries {
      guard let check = site[b].check(of: entry) else { continue }
      let isUp = site[check].health >= Int32(old.rise)
      let isBest = site[check].health == Int32(old.rise + old.fall - 1)
      known[site[entry].host] =
        isUp ? Int32(isBest ? settings.rise + settings.fall - 1 : settings.rise) : 0
    }
    return known
  }

  /// Sets the best health for every server whose health is not 0, as if its checks had passed for a while.
  static func settle(in site: inout SiteState) {
    for check in site.balancers.checks.ids where site[check].health > 0 {
      let settings = site[site[check].balancer].settings
      site[check].health = Int32(settings.rise + settings.fall - 1)
    }
  }
}

extension CallKind {
  fileprivate init(_ path: CheckPath) {
    switch path {
    case .nginx: self = .checkNginx
    case .app: self = .checkApp
    case .database: self = .checkDatabase
    }
  }
}
