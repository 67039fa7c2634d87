import Blueprint

/// A site at work, as a value: what is built, what time it is, and all that is under way.
///
/// `perform` is the only way that it changes, and `dare` on a copy. A copy is a second world that knows nothing of the first.
public struct Simulation: Equatable, Sendable {
  public internal(set) var topology: Topology
  /// Nanoseconds since the site was started.
  var now: Int64 = 0
  /// The running number that orders what is due at the same moment.
  var order: UInt64 = 0
  var calendar = Calendar()
  var lanes = Lanes()
  var draws: Draws

  // What the hosts have become. Places are never used twice; `machineAt` leads from the topology's places to them.
  var machines = Slab<Machine>()
  var names: [String] = []
  var machineAt: [Int32] = []
  var stations = Slab<Station>()
  var balancers: [Balancer] = []
  var desks = Slab<Desk>()
  var seats = Slab<Seat>()
  var upstreams: [Upstream] = []
  /// Applications without an nginx of their own, by station.
  var sharedApplications: [Int32] = []
  var databases = Cluster()
  /// Whether something was built since the wiring was made.
  var isUnwired = true

  var breakages = Breakages()
  var cutLinks: Set<Link> = []
  var walls = Walls()
  var checks = Slab<Check>()
  var checkTurn: UInt32 = 0
  var pair = Pair()
  var orders: [Order] = []
  var agents: [Agent] = []
  /// Which agent is on a machine; -1 for none.
  var agentOn: [Int32] = []
  var agentTurn: UInt32 = 0

  // What is under way.
  var visits = Slab<Visit>()
  var freeVisit: Int32 = -1
  var calls = Slab<Call>()
  var freeCall: Int32 = -1
  var held = HeldRequests()

  // What was seen.
  var requestCount = 0
  var paths = Paths()
  var rows = Pages<Row>()
  var firstRow = 0
  var journal = Journal()
  var tally = Tally()
  var unstored = Unstored()
  var patienceLane: Int32 = -1
  var run = Run()
  var watch = Watch()
  var events: [Event] = []

  public init(topology: Topology = .new, seed: UInt64? = nil) {
    self.topology = topology
    if let seed { self.topology.site.seed = seed }
    draws = Draws(seed: self.topology.site.seed)
    for place in topology.hosts.indices { installMachine(at: place) }
  }

  public var time: Span { Span(nanoseconds: now) }

  /// About how many elements a copy has to move.
  public var size: Int {
    stations.count + 2 * machines.count + visits.count + calls.count + calendar.count
  }

  /// A running number that grows with everything that happens.
  public var workDone: Int { Int(truncatingIfNeeded: order) }

  /// Asked now and then during long work, with the share that is done; false stops it.
  public typealias GoOn = (Double) -> Bool

  /// Does one thing. Where a problem is thrown, nothing has changed.
  public mutating func perform(_ action: Action, goOn: GoOn = { _ in true }) throws(Problem) -> Outcome {
    // An action that cannot fail after its checks needs no copy of the site. Copies would be slow when ten thousand
    // servers are added one by one.
    switch action {
    case .change(let change):
      if !isUnwired || !change.isSetOnServers {
        own()
        try perform(change)
        return Outcome(events: takeEvents())
      }
    case .hold(let names, _):
      try checkHolding(names)
      return try dare(action, goOn: goOn)
    case .break(let target, let fault):
      try checked(fault, at: target)
      return try dare(action, goOn: goOn)
    case .repair(let target):
      try faultsToRepair(at: target)
      return try dare(action, goOn: goOn)
    case .at: return try dare(action, goOn: goOn)
    case .promote(let address, _):
      if !isUnwired {
        _ = try nodeToPromote(at: address)
        return try dare(action, goOn: goOn)
      }
    case .send, .release, .wait, .waitUntil, .rebuild, .chaos: break
    }
    let before = self
    do {
      return try dare(action, goOn: goOn)
    } catch {
      self = before
      throw error
    }
  }

  /// The same without a way back, which spares a copy: what is stopped half-way is left so.
  public mutating func dare(_ action: Action, goOn: GoOn = { _ in true }) throws(Problem) -> Outcome {
    own()
    var outcome = try carryOut(action, goOn)
    outcome.events = takeEvents()
    return outcome
  }

  private mutating func carryOut(_ action: Action, _ goOn: GoOn) throws(Problem) -> Outcome {
    wire()
    trimRows()
    switch action {
    case .change(let change): try perform(change)
    case .send(let sending): return try send(sending, goOn)
    case .hold(let names, let sending): return try hold(names, sending)
    case .release(let names): return try release(names, goOn)
    case .wait(let span):
      try checkTime(span.nanoseconds)
      try advance(to: now + span.nanoseconds, goOn)
    case .waitUntil(let name, let isUp): try wait(until: name, isUp: isUp, goOn)
    case .chaos(let span, let seed):
      try checkTime(span.nanoseconds)
      try chaos(span, seed, goOn)
    case .break(let target, let fault): try perform(breaking: target, fault)
    case .repair(let target): try perform(repairing: target)
    case .rebuild(let address): try rebuild(address)
    case .promote(let address, let atOnce):
      return Outcome(lost: try promote(address, now: atOnce).map { Int($0) })
    case .at(let delay, let action, let text): order(action, text: text, in: delay)
    }
    return Outcome()
  }

  /// A century is as far as a site's clock goes.
  func checkTime(_ more: Int64) throws(Problem) {
    let century: Int64 = 100 * 365 * 86_400 * 1_000_000_000
    guard more <= century, now <= century - more else { throw .endOfTime }
  }

  /// What has happened since the last time.
  private mutating func takeEvents() -> [Event] {
    let taken = events
    events = []
    return taken
  }

  /// Makes every block of memory this value's own, so that writing to it changes no copy.
  mutating func own() {
    calendar.own()
    lanes.own()
    stations.own()
    visits.own()
    calls.own()
    checks.own()
    machines.own()
    desks.own()
    seats.own()
    tally.own()
  }
}
