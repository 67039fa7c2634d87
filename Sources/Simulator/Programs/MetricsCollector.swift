import Blueprint

/// The operators' collector, outside the site: it receives the agents' metrics and sends alerts.
enum MetricsCollector {
  // MARK: Agents

  /// Updates the agents after a change to the topology. An existing agent with unchanged settings keeps its
  /// state.
  static func configure(in site: inout SiteState) {
    let old = site.monitoring.agents
    guard !old.isEmpty || site.topology.hosts.contains(where: { $0.monitor != nil }) else { return }
    var known: [ID<HostState>: MonitoringAgent] = [:]
    for agent in old { known[agent.host] = agent }
    var agents: [MonitoringAgent] = []
    for index in site.topology.hosts.indices {
      guard let settings = site.topology[index].monitor else { continue }
      let host = site.network.hostIDs[index]
      if let before = known[host], before.settings == settings {
        agents.append(updated(before, in: &site))
      } else {
        agents.append(newAgent(on: host, settings, in: &site))
      }
    }
    site.monitoring.setAgents(agents, hostCount: site.network.hosts.count)
    // Resolve the alerts of each agent that was removed or has new settings.
    let generations = Set(agents.map { $0.generation })
    for agent in old where !generations.contains(agent.generation) {
      resolveAlerts(about: agent.host, in: &site) { _ in true }
    }
    let slowest = agents.map { $0.interval }.max() ?? 0
    site.records.incidents.quietPeriod = max(.seconds(60), Span(nanoseconds: 2 * slowest + timeout))
  }

  /// Returns an existing agent, updated for the current components of its host. If they have changed, its
  /// samples and alerts start again.
  private static func updated(_ before: MonitoringAgent, in site: inout SiteState) -> MonitoringAgent {
    var agent = before
    let samples = samples(on: agent.host, in: site)
    guard agent.samples.map({ $0.component }) != samples.map({ $0.component }) else { return agent }
    agent.samples = samples
    agent.sampledAt = site.clock.now
    agent.firingRules = 0
    resolveAlerts(about: agent.host, in: &site) { $0.metric != nil }
    return agent
  }

  private static func newAgent(
    on host: ID<HostState>, _ settings: Monitor, in site: inout SiteState
  ) -> MonitoringAgent {
    let generation = site.monitoring.newGeneration()
    site.clock.schedule(.sample, host, generation: generation, in: settings.interval.nanoseconds)
    return MonitoringAgent(
      host: host, settings: settings, generation: generation, lastReceived: site.clock.now,
      samples: samples(on: host, in: site), sampledAt: site.clock.now)
  }

  /// Resolves the alerts about a host and its components for which `isOver` is true.
  private static func resolveAlerts(
    about host: ID<HostState>, in site: inout SiteState, where isOver: (Alert) -> Bool
  ) {
    let name = site.network.name(of: host)
    for component in [name] + ComponentKind.allCases.map({ Address(name, $0).text }) {
      site.records.incidents.resolve(about: component, at: site.time, where: isOver)
    }
  }

  /// The most components on one host with metrics. The layout of the bits in `MonitoringAgent.firingRules`
  /// depends on it.
  private static let componentLimit = 4

  private static func samples(on host: ID<HostState>, in site: SiteState) -> [ComponentSample] {
    ComponentKind.allCases.map { site[host][$0] }.filter { $0.exists }.map { sample(of: $0, in: site) }
  }

  private static func sample(of id: ID<Component>, in site: SiteState) -> ComponentSample {
    let component = site[id]
    return ComponentSample(
      component: id, served: component.counts.served, failed: component.counts.failed,
      arrived: component.arrivals, busyTime: component.queue.busyTime(at: site.clock.now))
  }

  // MARK: Reading metrics

  /// How long the collector waits for an agent's answer, in nanoseconds.
  private static let timeout: Int64 = 1_000_000_000

  /// Handles the end of an agent's interval: the metrics arrive, or the agent is missed.
  static func sample(_ host: ID<HostState>, generation: UInt32, in site: inout SiteState) {
    guard let agent = site.monitoring.agent(on: host, generation: generation) else { return }
    let interval = site.monitoring[agent].interval
    site.clock.schedule(.sample, host, generation: generation, in: interval)
    switch contact(with: site.monitoring[agent], in: site) {
    case .accepted: received(from: agent, in: &site)
    case .refused: missed(agent, .refused, in: &site)
    case .silence:
      switch site.monitoring[agent].settings.direction {
      case .pull:
        site.clock.schedule(.scrapeTimeout, host, generation: generation, in: min(timeout, interval))
      case .push:
        let isLate = site.clock.now - site.monitoring[agent].lastReceived >= 2 * interval
        if isLate { missed(agent, .silent, in: &site) }
      }
    }
  }

  /// Handles the end of the collector's wait for an agent's answer.
  static func timedOut(_ host: ID<HostState>, generation: UInt32, in site: inout SiteState) {
    guard let agent = site.monitoring.agent(on: host, generation: generation) else { return }
    if contact(with: site.monitoring[agent], in: site) == .silence { missed(agent, .silent, in: &site) }
  }

  /// Returns the result of a connection between the agent and the collector.
  private static func contact(with agent: MonitoringAgent, in site: SiteState) -> Contact {
    let name = site.network.name(of: agent.host)
    let faults = site.faults.on(name).filter {
      $0.target == .component(Address(name)) || $0.target == .component(Address(name, .monitor))
    }
    guard site.network.reachesFromInternet(agent.host) else { return .silence }
    let effects = FaultEffects(faults.map { $0.fault })
    let (isCrashed, isHung) = (effects.isCrashed, effects.isHung)
    switch agent.settings.direction {
    case .push: return isCrashed || isHung ? .silence : .accepted
    case .pull:
      guard site.network.firewalls.allow(.operatorAddress, to: agent.host, at: .agent), !isHung else {
        return .silence
      }
      return isCrashed ? .refused : .accepted
    }
  }

  private static func missed(_ agent: ID<MonitoringAgent>, _ reason: Alert.Reason, in site: inout SiteState) {
    guard !site.monitoring[agent].isMissed else { return }
    site.monitoring[agent].isMissed = true
    alert(site.network.name(of: site.monitoring[agent].host), reason, in: &site)
  }

  private static func alert(_ component: String, _ reason: Alert.Reason, in site: inout SiteState) {
    site.records.incidents.add(Alert(time: site.time, component: component, reason: reason))
    site.report(component, .alerted(reason), cause: Source.operatorName)
  }

  // MARK: Metrics

  /// Handles an agent's metrics. A metric beyond its limit causes one alert, until it is back within the
  /// limit.
  private static func received(from agent: ID<MonitoringAgent>, in site: inout SiteState) {
    site.monitoring[agent].lastReceived = site.clock.now
    site.monitoring[agent].hasReported = true
    let host = site.monitoring[agent].host
    if site.monitoring[agent].isMissed { resolveAlerts(about: host, in: &site) { $0.metric == nil } }
    site.monitoring[agent].isMissed = false
    let before = site.monitoring[agent].samples
    let window = site.clock.now - site.monitoring[agent].sampledAt
    let after = before.map { sample(of: $0.component, in: site) }
    site.monitoring[agent].samples = after
    site.monitoring[agent].sampledAt = site.clock.now
    for (rank, alert) in site.monitoring[agent].settings.alerts.enumerated() {
      for index in before.indices {
        let value = value(of: alert.metric, from: before[index], to: after[index], window, in: site)
        let bit = UInt64(rank * componentLimit + index)
        compare(value, with: alert, bit: bit, agent, at: before[index].component, in: &site)
      }
    }
  }

  private static func compare(
    _ value: MetricValue, with alert: Monitor.AlertRule, bit: UInt64, _ agent: ID<MonitoringAgent>,
    at component: ID<Component>, in site: inout SiteState
  ) {
    let mask: UInt64 = 1 << bit
    let wasFiring = site.monitoring[agent].firingRules & mask != 0
    guard value.isBeyondLimit(alert) != wasFiring else { return }
    site.monitoring[agent].firingRules ^= mask
    let name = site.address(of: component).text
    if wasFiring {
      site.records.incidents.resolve(about: name, at: site.time) { $0.threshold == alert }
    } else {
      self.alert(name, .threshold(alert, value: value.number), in: &site)
    }
  }

  private static func value(
    of metric: Monitor.Metric, from before: ComponentSample, to after: ComponentSample, _ window: Int64,
    in site: SiteState
  ) -> MetricValue {
    let component = site[after.component]
    switch metric {
    case .availability: return .thousandths(availability(of: component, before, after, in: site))
    case .qps: return .thousandths(Int64(after.arrived - before.arrived) * 1_000_000_000_000 / max(1, window))
    case .utilisation:
      let possible = Double(max(1, window)) * Double(component.settings.workers)
      return .thousandths(Int64((after.busyTime - before.busyTime) * 100_000 / possible))
    case .queue: return .thousandths(Int64(component.queue.waiting) * 1_000)
    case .lag: return lag(of: component, in: site)
    case .certificate:
      guard let b = site.balancers.balancer(of: after.component), site[b].certificate.usesTLS else {
        return .none
      }
      return .thousandths(max(0, site[b].certificate.expires - site.clock.now) / (86_400 * 1_000_000))
    case .disk:
      guard component.node.exists else { return .none }
      return .thousandths(component.isDiskFull ? 100_000 : 0)
    }
  }

  /// Returns the availability in thousandths of a per cent. It is 0 for a component that does not answer its
  /// agent, and for a balancer without available servers.
  private static func availability(
    of component: Component, _ before: ComponentSample, _ after: ComponentSample, in site: SiteState
  ) -> Int64 {
    guard component.isRunning, !component.isCutOff else { return 0 }
    if let b = site.balancers.balancer(of: after.component) {
      return site[b].pool.hasAvailableServer ? 100_000 : 0
    }
    if component.kind == .app, site[component.host].release.failsPages { return 0 }
    let good = after.served - before.served
    let all = good + after.failed - before.failed
    return all > 0 ? Int64(good) * 100_000 / Int64(all) : 100_000
  }

  private static func lag(of component: Component, in site: SiteState) -> MetricValue {
    guard component.node.exists else { return .none }
    switch site.cluster[component.node].role {
    case .primary: return .none
    case .diverged: return .infinite
    case .replica:
      let status = DatabaseReplication.status(of: component.node, in: site)
      return status.secondsBehind.map { .thousandths($0 * 1_000) } ?? .infinite
    }
  }
}

/// The value of a metric of a component.
private enum MetricValue: Equatable {
  /// The component has no such metric.
  case none
  case thousandths(Int64)
  /// The value is greater than any limit.
  case infinite

  var number: Int64? { if case .thousandths(let number) = self { number } else { nil } }

  /// Returns whether the value is beyond the limit of an alert.
  func isBeyondLimit(_ alert: Monitor.AlertRule) -> Bool {
    switch self {
    case .none: false
    case .infinite: alert.isAbove
    case .thousandths(let number):
      alert.isAbove ? number > alert.thousandths : number < alert.thousandths
    }
  }
}
