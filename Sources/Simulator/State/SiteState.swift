import Blueprint

/// The complete state of a running site. The programs in the folder `Programs` change it.
struct SiteState: Equatable, Sendable {
  var topology: Topology
  /// Whether the configuration has changed since the running programs last read it.
  var needsConfiguration = true
  var clock = Clock()
  var generator: RandomGenerator

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
    generator = RandomGenerator(seed: topology.site.seed)
  }

  /// Gives this value its own blocks of memory, so that writing to them does not change a copy.
  mutating func makeUnique() {
    clock.makeUnique()
    components.makeUnique()
    inFlight.makeUnique()
    balancers.makeUnique()
    network.makeUnique()
    records.makeUnique()
  }

  // MARK: Names

  func address(of component: ID<Component>) -> Address {
    Address(network.name(of: components[component].host), components[component].kind)
  }

  func name(of b: ID<Balancer>) -> String { network.name(of: balancers[b].host) }

  func name(of node: ID<DatabaseNode>) -> String { address(of: cluster[node].component).text }

  func name(of entry: ID<BalancerEntry>) -> String { network.name(of: balancers.entries[entry].host) }

  /// Returns the host with this name; none for the internet or an unknown name.
  func host(named name: String) -> ID<HostState> {
    topology.index(of: name).map { network.hostIDs[$0] } ?? .none
  }

  /// The components that serve requests, in the order of the topology.
  var servingComponents: [(address: Address, id: ID<Component>)] {
    var found: [(address: Address, id: ID<Component>)] = []
    for (index, host) in topology.hosts.enumerated() {
      for component in host.parts {
        let id = network.hosts[network.hostIDs[index]][component]
        if id.exists { found.append((address: Address(host.name, component), id: id)) }
      }
    }
    return found
  }

  /// The balancer that users reach; with active-active balancers, the first balancer.
  var servingBalancer: ID<Balancer> {
    topology.sharing == .activePassive ? ID(min(pair.activeID.index, balancers.count - 1)) : ID(0)
  }

  var time: Span { Span(nanoseconds: clock.now) }

  // MARK: Events

  /// Records an event.
  mutating func report(_ subject: String, _ kind: Event.Kind, cause: String = "") {
    records.append(Event(time: time, subject: subject, kind: kind, cause: cause))
  }

  /// Returns the queue for timers of this length.
  mutating func timerQueue(_ length: Span) -> ID<TimerQueue> {
    clock.timerQueue(length: length.nanoseconds)
  }
}
