import Blueprint

/// Everything about a site that changes with time, in groups. The programs in `Programs` work on it.
struct SiteState: Equatable, Sendable {
  var topology: Topology
  /// Whether something was built since the running programs last read their configuration.
  var needsWiring = true
  var clock = Clock()
  var draws: Draws

  var network = Network()
  var faults = FaultList()
  var components = Slab<Component>()
  var balancers = Balancers()
  var pair = BalancerPair()
  var upstreams = Upstreams()
  var cluster = DatabaseCluster()
  var monitoring = Monitoring()

  var run = SendingRun()
  var scheduledCommands: [ScheduledCommand] = []
  var inFlight = InFlight()
  var records = Records()

  init(_ topology: Topology) {
    self.topology = topology
    draws = Draws(seed: topology.site.seed)
  }

  /// Makes every block of memory this value's own, so that writing to it changes no copy.
  mutating func own() {
    clock.own()
    components.own()
    inFlight.own()
    balancers.own()
    network.own()
    records.own()
  }

  // MARK: Names

  func address(of component: ID<Component>) -> Address {
    Address(network.name(of: components[component].host), components[component].kind)
  }

  func name(of b: ID<Balancer>) -> String { network.name(of: balancers[b].host) }

  func name(of node: ID<DatabaseNode>) -> String { address(of: cluster[node].component).text }

  func name(of entry: ID<BalancerEntry>) -> String { network.name(of: balancers.entries[entry].host) }

  /// Returns the host with this name; none for the internet and for an unknown name.
  func host(named name: String) -> ID<HostState> {
    topology.place(of: name).map { network.hostAt[$0] } ?? .none
  }

  /// The components of the topology that serve requests, in its order.
  var servingComponents: [(address: Address, id: ID<Component>)] {
    var found: [(address: Address, id: ID<Component>)] = []
    for (place, host) in topology.hosts.enumerated() {
      for part in host.parts {
        let id = network.hosts[network.hostAt[place]][part]
        if id.exists { found.append((address: Address(host.name, part), id: id)) }
      }
    }
    return found
  }

  /// The balancer that users reach.
  var servingBalancer: ID<Balancer> {
    topology.sharing == .activePassive ? ID(min(pair.reached.index, balancers.count - 1)) : ID(0)
  }

  var time: Span { Span(nanoseconds: clock.now) }

  // MARK: Events

  /// Records an event.
  mutating func report(_ subject: String, _ what: Event.What, cause: String = "") {
    records.append(Event(time: time, subject: subject, what: what, cause: cause))
  }

  /// Returns the queue for timers of this length.
  mutating func timerQueue(_ length: Span) -> ID<TimerQueue> {
    clock.timerQueue(length: length.nanoseconds)
  }
}
