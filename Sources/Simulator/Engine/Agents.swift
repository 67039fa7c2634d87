import Blueprint

/// A monitoring agent at work, and what the operators' collector, which stands outside the site, knows of it.
struct Agent: Equatable, Sendable {
  let machine: Int32
  let settings: Monitor
  let turn: UInt32
  /// When the collector heard of it last; before it has spoken, when it was set up.
  var lastHeard: Int64
  var hasSpoken = false
  /// Whether the operators have been told that it is not heard.
  var isMissed = false
  /// Which conditions stand, so that nobody is told twice: a bit for each alert at each part.
  var raised: UInt64 = 0
  /// What the parts had done when it looked last.
  var samples: [Sample] = []
  var sampledAt: Int64

  struct Sample: Equatable, Sendable {
    var station: Int32
    var served = 0
    var failed = 0
    var arrived = 0
    var busyTime = 0.0
  }
}

extension Simulation {
  // MARK: Arranging

  /// After building: an agent that was there, and is set as before, goes on.
  mutating func arrangeAgents() {
    guard !agents.isEmpty || topology.hosts.contains(where: { $0.monitor != nil }) else { return }
    var known: [Int32: Agent] = [:]
    for agent in agents { known[agent.machine] = agent }
    let old = agents
    agents = []
    agentOn = Array(repeating: -1, count: machines.count)
    for place in topology.hosts.indices {
      guard let settings = topology[place].monitor else { continue }
      let machine = machineAt[place]
      agentOn[Int(machine)] = Int32(agents.count)
      if var old = known[machine], old.settings == settings {
        if old.samples.map({ $0.station }) != samples(on: machine).map({ $0.station }) {
          // Other parts than before: it begins anew with them.
          old.samples = samples(on: machine)
          old.sampledAt = now
          old.raised = 0
          resolveAlerts(about: machine) { $0.metric != nil }
        }
        agents.append(old)
      } else {
        agents.append(newAgent(on: machine, settings))
      }
    }
    // What an agent told that is gone, or set anew, nobody goes on telling.
    let turns = Set(agents.map { $0.turn })
    for agent in old where !turns.contains(agent.turn) {
      resolveAlerts(about: agent.machine) { _ in true }
    }
    let slowest = agents.map { $0.settings.interval.nanoseconds }.max() ?? 0
    watch.calm = max(.seconds(60), Span(nanoseconds: 2 * slowest + Simulation.patienceOfScrape))
  }

  /// Those about a host, and about its parts.
  private mutating func resolveAlerts(about machine: Int32, where isOver: (Alert) -> Bool) {
    let name = names[Int(machine)]
    for component in [name] + ComponentKind.allCases.map({ Address(name, $0).text }) {
      watch.resolve(about: component, at: time, where: isOver)
    }
  }

  private mutating func newAgent(on machine: Int32, _ settings: Monitor) -> Agent {
    agentTurn &+= 1
    schedule(.sample, subject: machine, turn: agentTurn, in: settings.interval.nanoseconds)
    return Agent(
      machine: machine, settings: settings, turn: agentTurn, lastHeard: now,
      samples: samples(on: machine), sampledAt: now)
  }

  private static let watched: [ComponentKind] = [.haproxy, .nginx, .app, .mysql]

  private func samples(on machine: Int32) -> [Agent.Sample] {
    Simulation.watched.map { machines[machine].station(of: $0) }.filter { $0 >= 0 }.map { sample(of: $0) }
  }

  private func sample(of place: Int32) -> Agent.Sample {
    let station = stations[place]
    return Agent.Sample(
      station: place, served: station.served, failed: station.failed, arrived: arrivals(at: Int(place)),
      busyTime: station.busyTime(at: now))
  }

  // MARK: Looking

  /// An interval has passed.
  mutating func sample(_ machine: Int32, turn: UInt32) {
    guard let i = agent(on: machine, turn) else { return }
    schedule(.sample, subject: machine, turn: turn, in: agents[i].settings.interval.nanoseconds)
    switch contact(withAgent: i) {
    case .accepted: hear(i)
    case .refused: miss(i, .refused)
    case .silence:
      switch agents[i].settings.way {
      case .pull:
        schedule(.scrapeEnd, subject: machine, turn: turn, in: min(Simulation.patienceOfScrape, interval(i)))
      case .push: if now - agents[i].lastHeard >= 2 * interval(i) { miss(i, .silent) }
      }
    }
  }

  /// How long the collector waits for an answer.
  private static let patienceOfScrape: Int64 = 1_000_000_000

  private func interval(_ i: Int) -> Int64 { agents[i].settings.interval.nanoseconds }

  private func agent(on machine: Int32, _ turn: UInt32) -> Int? {
    guard Int(machine) < agentOn.count, agentOn[Int(machine)] >= 0 else { return nil }
    let i = Int(agentOn[Int(machine)])
    return agents[i].turn == turn ? i : nil
  }

  /// The collector has waited long enough.
  mutating func scrapeEnded(_ machine: Int32, turn: UInt32) {
    guard let i = agent(on: machine, turn) else { return }
    if contact(withAgent: i) == .silence { miss(i, .silent) }
  }

  /// What the collector meets that asks the agent, or whether what the agent sends gets there.
  private func contact(withAgent i: Int) -> Contact {
    let machine = agents[i].machine
    let name = names[Int(machine)]
    let standing = breakages.on(name).filter {
      $0.target == .part(Address(name)) || $0.target == .part(Address(name, .monitor))
    }
    guard reachesFromInternet(machine) else { return .silence }
    let isDead = standing.contains { $0.fault == .crash }
    let isFrozen = standing.contains { $0.fault == .hang }
    switch agents[i].settings.way {
    case .push: return isDead || isFrozen ? .silence : .accepted
    case .pull:
      guard walls.admit(.outside(.operators), to: machine, at: .agent), !isFrozen else { return .silence }
      return isDead ? .refused : .accepted
    }
  }

  private mutating func miss(_ i: Int, _ reason: Alert.Reason) {
    guard !agents[i].isMissed else { return }
    agents[i].isMissed = true
    tellOperators(names[Int(agents[i].machine)], reason)
  }

  private mutating func tellOperators(_ component: String, _ reason: Alert.Reason) {
    watch.add(Alert(time: time, component: component, reason: reason))
    tell(component, .alerted(reason), cause: Source.operatorName)
  }

  // MARK: Numbers

  /// The numbers have come: those that passed a limit are told, once until they are back.
  private mutating func hear(_ i: Int) {
    agents[i].lastHeard = now
    agents[i].hasSpoken = true
    if agents[i].isMissed { resolveAlerts(about: agents[i].machine) { $0.metric == nil } }
    agents[i].isMissed = false
    let before = agents[i].samples
    let window = now - agents[i].sampledAt
    agents[i].samples = before.map { sample(of: $0.station) }
    agents[i].sampledAt = now
    for (rank, alert) in agents[i].settings.alerts.enumerated() {
      for (place, sample) in before.enumerated() {
        let after = agents[i].samples[place]
        let number = number(alert.metric, from: sample, to: after, window)
        judge(number, alert, bit: UInt64(rank * Simulation.watched.count + place), i, at: sample.station)
      }
    }
  }

  /// A metric of a part; `none` where it has no such number.
  private enum Number: Equatable {
    case none
    case thousandths(Int64)
    /// Beyond any number.
    case endless
  }

  private mutating func judge(
    _ number: Number, _ alert: Monitor.Alert, bit: UInt64, _ i: Int, at station: Int32
  ) {
    let isWrong: Bool
    var value: Int64?
    switch number {
    case .none: isWrong = false
    case .endless: isWrong = alert.isAbove
    case .thousandths(let number):
      value = number
      isWrong = alert.isAbove ? number > alert.thousandths : number < alert.thousandths
    }
    let mask: UInt64 = 1 << bit
    let wasWrong = agents[i].raised & mask != 0
    guard isWrong != wasWrong else { return }
    agents[i].raised ^= mask
    let part = address(ofStation: station).text
    if isWrong {
      tellOperators(part, .threshold(alert, value: value))
    } else {
      watch.resolve(about: part, at: time) { $0.threshold == alert }
    }
  }

  private func number(
    _ metric: Monitor.Metric, from before: Agent.Sample, to after: Agent.Sample, _ window: Int64
  ) -> Number {
    let station = stations[after.station]
    switch metric {
    case .availability: return .thousandths(availability(of: station, before, after))
    case .qps: return .thousandths(Int64(after.arrived - before.arrived) * 1_000_000_000_000 / max(1, window))
    case .utilisation:
      let possible = Double(max(1, window)) * Double(station.workers)
      return .thousandths(Int64((after.busyTime - before.busyTime) * 100_000 / possible))
    case .queue: return .thousandths(Int64(station.queued) * 1_000)
    case .lag: return lag(of: station)
    case .certificate:
      guard let b = desks.indices.first(where: { desks[$0].station == after.station }), desks[b].speaksTLS
      else {
        return .none
      }
      return .thousandths(max(0, desks[b].expires - now) / (86_400 * 1_000_000))
    case .disk:
      guard station.kind == .mysql else { return .none }
      return .thousandths(station.isDiskFull ? 100_000 : 0)
    }
  }

  /// In per cent. A part that does not answer the agent is not there at all, and neither is a balancer with nobody to
  /// send requests to.
  private func availability(of station: Station, _ before: Agent.Sample, _ after: Agent.Sample) -> Int64 {
    guard station.condition == .running, !station.isMuted else { return 0 }
    if station.kind == .haproxy,
      let b = desks.indices.first(where: { desks[$0].station == after.station })
    {
      return balancers[b].farm.hasAnyone ? 100_000 : 0
    }
    if station.kind == .app, machines[station.machine].release.failsPages { return 0 }
    let good = after.served - before.served
    let all = good + after.failed - before.failed
    return all > 0 ? Int64(good) * 100_000 / Int64(all) : 100_000
  }

  private func lag(of station: Station) -> Number {
    guard station.kind == .mysql else { return .none }
    let node = Int(station.extra)
    guard databases.nodes.indices.contains(node) else { return .none }
    switch databases.nodes[node].role {
    case .primary: return .none
    case .diverged: return .endless
    case .replica: return listening(node).secondsBehind.map { .thousandths($0 * 1_000) } ?? .endless
    }
  }
}
