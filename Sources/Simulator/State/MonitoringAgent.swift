import Blueprint

/// A monitoring agent, and what the operators' collector, which is outside the site, knows from it.
struct MonitoringAgent: Equatable, Sendable {
  let host: ID<HostState>
  let settings: Monitor
  let turn: UInt32
  /// When the collector last received something from it; at first, when it was installed.
  var lastHeard: Int64
  var hasReported = false
  /// Whether the operators have been told that nothing is received from it.
  var isMissed = false
  /// Which alerts fire, so that the operators are not told twice: a bit for each alert at each component.
  var firing: UInt64 = 0
  /// The counters of its components when it read them last.
  var samples: [ComponentSample] = []
  var sampledAt: Int64

  var interval: Int64 { settings.interval.nanoseconds }
}

/// The counters of one component at one moment.
struct ComponentSample: Equatable, Sendable {
  var component: ID<Component>
  var served = 0
  var failed = 0
  var arrived = 0
  var busyTime = 0.0
}

/// The monitoring agents.
struct Monitoring: Equatable, Sendable {
  /// In the order of the hosts.
  private(set) var agents: [MonitoringAgent] = []
  /// The agent on each host.
  private var agentOn: [ID<MonitoringAgent>] = []
  private var lastTurn: UInt32 = 0

  subscript(agent: ID<MonitoringAgent>) -> MonitoringAgent {
    _read { yield agents[agent.index] }
    _modify { yield &agents[agent.index] }
  }

  mutating func newTurn() -> UInt32 {
    lastTurn &+= 1
    return lastTurn
  }

  mutating func setAgents(_ agents: [MonitoringAgent], hostCount: Int) {
    self.agents = agents
    agentOn = Array(repeating: .none, count: hostCount)
    for agent in agents.ids { agentOn[agents[agent].host.index] = agent }
  }

  /// Returns the agent on a host, if it is still in this turn.
  func agent(on host: ID<HostState>, turn: UInt32) -> ID<MonitoringAgent>? {
    guard host.index < agentOn.count, agentOn[host.index].exists else { return nil }
    let agent = agentOn[host.index]
    return agents[agent].turn == turn ? agent : nil
  }
}
