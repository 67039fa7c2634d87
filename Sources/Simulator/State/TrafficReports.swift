import Blueprint

/// The public report of a run, made from its counts.
extension SiteState {
  func traffic(sent: Int) -> Traffic {
    let tally = records.tally
    var traffic = Traffic()
    traffic.sent = sent
    traffic.answered = tally.answered
    traffic.stale = tally.stale
    traffic.storedAnyway = tally.storedAnyway
    traffic.lostConnections = tally.lostConnections
    let successes = tally.answered > 0 ? [Traffic.EndCount(end: .status(200), count: tally.answered)] : []
    traffic.ends = successes + tally.ends
    traffic.latency = tally.latencies.latency
    traffic.histogram = tally.latencies.bins
    traffic.strip = tally.byTime.strip
    traffic.firstFailure = tally.firstFailure.map { Span(nanoseconds: $0) }
    traffic.firstAlert = records.incidents.firstAlertOfRun?.time
    return traffic
  }

  /// Adds the share of each host.
  func addShares(to traffic: inout Traffic) {
    let tally = records.tally.hosts
    func shares(_ count: (ID<HostState>) -> Int, suffix: String = "") -> [Traffic.Share] {
      tally.indices.compactMap { i in
        let host = ID<HostState>(i)
        return count(host) > 0
          ? Traffic.Share(name: network.name(of: host) + suffix, count: count(host)) : nil
      }
    }
    traffic.byServer = shares { tally[$0.index].answers }
    traffic.servedBy = shares { tally[$0.index].served }
    traffic.byDatabase = shares({ tally[$0.index].fromDatabase }, suffix: ".mysql")
    traffic.peakInFlight = shares { network.hosts[$0].peakInFlight }
  }

  // MARK: Components

  /// The totals of each component since the start of the site.
  var componentSums: [ComponentSums] {
    components.indices.map { ComponentSums(components[$0], at: clock.now) }
  }

  /// Returns the load of each component that was used since the totals `before` were taken.
  func loads(since before: [ComponentSums], from start: Int64) -> [Traffic.Load] {
    let passed = Double(max(1, clock.now - start))
    return servingComponents.compactMap { (address, id) -> Traffic.Load? in
      let component = components[id]
      let old = id.index < before.count ? before[id.index] : ComponentSums()
      let new = ComponentSums(component, at: clock.now)
      guard new != old else { return nil }
      let possible = passed * Double(max(1, component.settings.workers))
      return Traffic.Load(
        address: address, utilisation: Int(((new.busyTime - old.busyTime) * 1_000 / possible).rounded()),
        longestQueue: Int(component.queue.longestWait),
        meanCallsInFlight: (new.presentTime - old.presentTime) / passed)
    }
  }
}

/// The totals of a component since the start of the site.
struct ComponentSums: Equatable {
  var busyTime = 0.0
  var presentTime = 0.0
  var handled = 0

  init() {}

  init(_ component: Component, at now: Int64) {
    busyTime = component.queue.busyTime(at: now)
    presentTime = component.queue.presentTime(at: now)
    handled = component.successCount + component.counts.failed
  }
}
