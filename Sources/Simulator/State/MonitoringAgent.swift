import Blueprint

/// A monitoring agent, and the state of its metrics at the operators' collector outside the site.
struct MonitoringAgent: Equatable, Sendable {
  let host: ID<HostState>
  let settings: Monitor
  let generation: UInt32
  /// When the collector last received metrics from the agent; at first, when the agent was added.
  var lastReceived: Int64
  var hasReported = false
  /// Whether the operators have an alert that the agent does not report.
  var isMissed = false
  /// The alerts that are firing, with a bit for each alert rule at each component. This prevents repeated
  /// alerts.
  var firingRules: UInt64 = 0
  /// The counters of the host's components when the agent last reported them.
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
  /// The agents, in the order of their hosts.
  private(set) var agents: [MonitoringAgent] = []
  /// The agent on each host; none if the host has no agent.
  private var agentByHost: [ID<MonitoringAgent>] = []
  private var lastGeneration: UInt32 = 0

  subscript(agent: ID<MonitoringAgent>) -> MonitoringAgent {
    _read { yield agents[agent.index] }
    _modify { yield &agents[agent.index] }
  }

  mutating func newGeneration() -> UInt32 {
    lastGeneration &+= 1
    return lastGeneration
  }

  mutating func setAgents(_ agents: [MonitoringAgent], hostCount: Int) {
    self.agents = agents
    agentByHost = Array(repeating: .none, count: hostCount)
    for agent in agents.ids { agentByHost[agents[agent].host.index] = agent }
  }

  /// Returns the agent on a host; nil if there is none or its generation has changed.
  func agent(on host: ID<HostState>, generation: UInt32) -> ID<MonitoringAgent>? {
    guard host.index < agentByHost.count, agentByHost[host.index].exists else { return nil }
    let agent = agentByHost[host.index]
    return agents[agent].generation == generation ? agent : nil
  }
}
