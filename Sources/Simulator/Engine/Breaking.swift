import Blueprint

/// Breaking and repairing: the faults that stand decide what every host and part is worth, and a change of that is what
/// is felt.
extension Simulation {
  // MARK: Actions

  mutating func perform(
    breaking target: Breakable, _ fault: Fault?, as what: Event.What? = nil, by cause: String = ""
  ) throws(Problem) {
    let fault = try checked(fault, at: target)
    let target = target.ordered
    wire()
    breakages.remove(breakages.at(target).filter { $0.fault.isSameKind(as: fault) })
    breakages.append(Breakage(target, fault, since: time))
    tell(target.text, what ?? .broke(fault), cause: cause)
    applyFaults(around: target)
  }

  /// Returns the fault to inject: the one that is named, or else the target's usual one. Throws if the target cannot
  /// have it or has it already.
  @discardableResult
  func checked(_ fault: Fault?, at target: Breakable) throws(Problem) -> Fault {
    let fits = try topology.faults(of: target)
    let fault = fault ?? Simulation.usualFault(of: target, fits)
    guard fits.contains(where: { $0.isSameKind(as: fault) }) else {
      throw .unfitFault(fault, target, fits: fits)
    }
    let target = target.ordered
    guard !breakages.at(target).contains(where: { $0.fault == fault }) else {
      throw .brokenAlready(target, fault)
    }
    return fault
  }

  private static func usualFault(of target: Breakable, _ fits: [Fault]) -> Fault { fits.first ?? .crash }

  /// Mends the target itself; a host that has no fault of its own, its parts.
  mutating func perform(repairing target: Breakable) throws(Problem) {
    let mended = try faultsToRepair(at: target)
    wire()
    breakages.remove(mended)
    for fault in mended { tell(fault.target.text, .repaired(fault.fault)) }
    applyFaults(around: target.ordered)
  }

  /// Returns the faults that `repair` removes from the target. Throws if there are none.
  @discardableResult
  func faultsToRepair(at target: Breakable) throws(Problem) -> [Breakage] {
    _ = try topology.faults(of: target)
    let target = target.ordered
    var mended = breakages.at(target)
    if mended.isEmpty, case .part(let address) = target, address.part == nil {
      mended = breakages.on(address.host)
    }
    guard !mended.isEmpty else { throw .notBroken(target, broken: faults.map({ $0.target })) }
    return mended
  }

  /// The faults of the site, in the order in which they began.
  public var faults: [Breakage] { breakages.all }

  /// Returns the faults of these hosts, their components and their links, in the order in which they began.
  public func faults(concerning hosts: [String]) -> [Breakage] { breakages.concerning(hosts) }

  mutating func tell(_ subject: String, _ what: Event.What, cause: String = "") {
    events.append(Event(time: time, subject: subject, what: what, cause: cause))
  }

  // MARK: Effects

  /// Brings hosts and parts into the state that the standing faults make.
  mutating func applyFaults(around target: Breakable) {
    // What has reached a replica has reached it, whatever is cut now.
    settleReplication()
    if case .link(let a, let b) = target.ordered {
      let link = Link(machine(named: a), machine(named: b))
      if breakages.at(target.ordered).isEmpty { cutLinks.remove(link) } else { cutLinks.insert(link) }
    }
    let places = target.hosts.compactMap { topology.place(of: $0) }
    for place in places { applyFaults(toHostAt: place) }
    for place in places {
      for b in desks.indices where desks[b].machine == machineAt[place] { certify(b) }
    }
    connectReplicas()
    watchBalancers()
    deliverChecks()
  }

  /// By machine; -1 is the internet.
  func machine(named name: String) -> Int32 { topology.place(of: name).map { machineAt[$0] } ?? -1 }

  private mutating func applyFaults(toHostAt place: Int) {
    let host = topology.hosts[place]
    let m = Int(machineAt[place])
    let here = breakages.on(host.name)
    func faults(of part: ComponentKind?) -> [Fault] {
      here.filter { $0.target == .part(Address(host.name, part)) }.map { $0.fault }
    }
    let own = faults(of: nil)
    let wasDark = machines[m].isDark
    machines[m].isDark = own.contains(.power)
    // A failed firewall fails closed: it drops every packet, as a firewall does whose rules cannot be read.
    machines[m].isCut = own.contains(.cut) || !faults(of: .firewall).isEmpty
    machines[m].release = release(of: host, files: own + faults(of: .files), app: faults(of: .app))
    if machines[m].isDark, !wasDark { goDark(m) }
    for part in host.parts where part.works {
      apply(
        own + faults(of: part), toStation: machines[m].station(of: part), isDark: machines[m].isDark,
        wasDark: wasDark)
    }
  }

  private func release(of host: Host, files: [Fault], app: [Fault]) -> Machine.Release {
    guard host.hasFiles else { return .none }
    func bad(_ faults: [Fault]) -> Bool? {
      for case .badRelease(let pagesOnly) in faults { return pagesOnly }
      return nil
    }
    if let pagesOnly = bad(files) { return pagesOnly && bad(app) != false ? .badFilesPages : .badFiles }
    if let pagesOnly = bad(app) { return pagesOnly ? .badPages : .bad }
    return .good
  }

  private mutating func apply(_ faults: [Fault], toStation s: Int32, isDark: Bool, wasDark: Bool) {
    let before = stations[s].condition
    stations[s].slowness = faults.reduce(0) { sum, fault in
      if case .slow(let span) = fault { return sum + span.nanoseconds }
      return sum
    }
    // A cut of the host is the host's own; a cut of the part is here.
    stations[s].isMuted = faults.contains(.cut) && !machines[Int(stations[s].machine)].isCut
    stations[s].isDiskFull = faults.contains(.diskFull)
    guard before != .removed else { return }
    let condition: Station.Condition =
      faults.contains(.crash) || isDark ? .crashed : faults.contains(.hang) ? .hung : .running
    stations[s].condition = condition
    switch (before, condition) {
    case (.running, .crashed), (.hung, .crashed):
      if !isDark { die(s) }
    case (.hung, .running): wake(s)
    case (.crashed, .running), (.crashed, .hung): comeBack(s)
    default: break
    }
    if !stations[s].isDiskFull, stations[s].kind == .mysql { freeDisk(of: s) }
  }

  // MARK: Deaths

  /// The process is gone: the kernel closes its connections.
  mutating func die(_ s: Int32) {
    let lost = clear(s)
    for call in lost where calls[call].phase != .free { reset(call) }
    switch stations[s].kind {
    case .haproxy: loseVisits(ofBalancer: s, isHeard: true)
    case .nginx, .app: loseHeld(at: s)
    case .files, .mysql, .firewall, .certificate, .monitor: break
    }
  }

  /// The host has no power: whoever waits for it hears nothing.
  private mutating func goDark(_ m: Int) {
    for kind in ComponentKind.allCases {
      let s = machines[m].station(of: kind)
      guard s >= 0, stations[s].condition != .removed else { continue }
      for call in clear(s) where calls[call].phase != .free { vanish(call) }
      if kind == .haproxy { loseVisits(ofBalancer: s, isHeard: false) }
    }
  }

  /// Empties the station; the calls that were there.
  private mutating func clear(_ s: Int32) -> [Int32] {
    stations[s].empty(at: now)
    stations[s].life += 1
    if stations[s].kind == .nginx, stations[s].extra >= 0 { upstreams[Int(stations[s].extra)].forget() }
    return calls.indices.map { Int32($0) }.filter { calls[$0].phase != .free && calls[$0].station == s }
  }

  private mutating func letGoOfChild(_ call: Int32) {
    let child = calls[call].child
    if child >= 0 { abandon(child) }
    calls[call].child = -1
  }

  private mutating func reset(_ call: Int32) {
    letGoOfChild(call)
    answer(call, Answer(code: .reset))
  }

  private mutating func vanish(_ call: Int32) {
    letGoOfChild(call)
    let done = calls[call]
    free(call)
    switch done.parentKind {
    case .call: calls[done.parent].child = -1
    case .visit: visits[done.parent].child = -1
    case .check: forgetChild(ofCheck: done.parent)
    case .nobody: break
    }
  }

  /// Those that wait at the front of a dead server with an open connection.
  private mutating func loseHeld(at front: Int32) {
    for visit in visits.indices.map({ Int32($0) })
    where visits[visit].phase == .held && visits[visit].server >= 0 {
      let member = seats[seat(Int(visits[visit].balancer), Int(visits[visit].server))]
      if member.front == front { visitAnswered(visit, Answer(code: .reset)) }
    }
  }

  // MARK: Lives

  /// A frozen process goes on where it was.
  private mutating func wake(_ s: Int32) {
    for call in calls.indices.map({ Int32($0) }) where calls[call].station == s {
      switch calls[call].phase {
      case .frozen:
        calls[call].phase = .serving
        schedule(.served, subject: call, turn: calls[call].turn, in: 0)
      case .answered: heard(call, storedAnswer(of: call))
      case .overdue: callTimedOut(call)
      case .free, .queued, .serving, .waiting, .stalled, .unconfirmed: break
      }
    }
    if stations[s].kind == .haproxy { wakeVisits(ofBalancer: s) }
    takeNext(at: s)
  }

  /// A new process, which remembers nothing.
  private mutating func comeBack(_ s: Int32) {
    if stations[s].kind == .haproxy { restartBalancer(s) }
  }

  private func storedAnswer(of call: Int32) -> Answer {
    Answer(
      code: calls[call].pending, database: calls[call].database, isStale: calls[call].isStale,
      position: calls[call].position, server: calls[call].pendingServer)
  }

  /// What came back for a call that has asked somebody. A frozen process does not notice yet.
  @inline(__always)
  mutating func heard(_ call: Int32, _ answer: Answer) {
    let station = calls[call].station
    guard stations[station].condition == .running else {
      calls[call].child = -1
      calls[call].turn &+= 1
      calls[call].phase = .answered
      calls[call].pending = answer.code
      calls[call].pendingServer = answer.server
      calls[call].database = answer.database
      calls[call].isStale = answer.isStale
      calls[call].position = answer.position
      return
    }
    if stations[station].kind == .nginx { nginxHeard(call, answer) } else { applicationHeard(call, answer) }
  }
}

/// The link between two hosts, equal in both directions; -1 is the internet.
struct Link: Hashable, Sendable {
  private let low: Int32
  private let high: Int32

  init(_ a: Int32, _ b: Int32) {
    low = min(a, b)
    high = max(a, b)
  }

  func ends(at machine: Int32) -> Bool { low == machine || high == machine }
}

extension Breakable {
  /// The hosts that it touches, by name.
  fileprivate var hosts: [String] {
    switch self {
    case .part(let address): [address.host]
    case .link(let a, let b): [a, b]
    }
  }
}
