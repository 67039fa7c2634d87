import Blueprint

/// The application server: runs the code base, asks the database.
extension Simulation {
  /// The application's connect and read timeouts at the database.
  static let databaseTimeout: Int64 = 1_000_000_000

  /// Whether the code base on the host answers 500 to a call of that kind.
  @inline(__always)
  func fails(_ kind: Call.Kind, on machine: Int32) -> Bool {
    let release = machines[Int(machine)].release
    return kind.isCheck ? release.failsHealth : release.failsPages
  }

  mutating func applicationServed(_ call: Int32) {
    let place = calls[call].station
    let machine = stations[place].machine
    let kind = calls[call].kind
    if !stations[place].holdsWorker { freeWorker(of: place) }
    // Straight from the balancer, where no nginx is.
    if kind == .static {
      let lacksFiles = machines[Int(machine)].release.lacksFiles
      return applicationAnswers(call, Answer(code: lacksFiles ? .notFound : .ok))
    }
    guard !fails(kind, on: machine) else { return applicationAnswers(call, Answer(code: .serverError)) }
    switch kind {
    case .read, .write, .checkDatabase:
      calls[call].phase = .waiting
      askDatabase(call)
    case .static, .checkNginx, .checkApp: applicationAnswers(call, Answer(code: .ok))
    }
  }

  /// Asks a database node, by the application's own routing.
  private mutating func askDatabase(_ call: Int32) {
    let place = calls[call].station
    guard let node = chooseNode(for: call) else {
      if calls[call].isTraced { note(.foundNobody, request: calls[call].request, at: place) }
      return applicationAnswers(call, Answer(code: .serverError))
    }
    ask(call, node)
  }

  /// For itself, since the compiler inlines no more into a function that is long already.
  @inline(never)
  private mutating func ask(_ call: Int32, _ node: Int) {
    let place = calls[call].station
    calls[call].target = Int32(node)
    calls[call].child = -1
    let target = databases.nodes[node].station
    // Said first: as an argument it would make the compiler copy the whole simulation.
    let machine = stations[place].machine
    let contact = contact(target, from: machine)
    if calls[call].isTraced { note(.asked(contact), request: calls[call].request, at: place, target) }
    switch contact {
    case .accepted:
      let child = newCall(at: target, under: call)
      arm(stations[place].answerLane, .call, call, turn: calls[call].turn)
      enter(child)
    case .refused: databaseFailed(call)
    case .silence: arm(stations[place].connectLane, .call, call, turn: calls[call].turn)
    }
  }

  /// The node that routing names, or, for a read that has failed elsewhere, the next one that was not tried.
  private mutating func chooseNode(for call: Int32) -> Int? {
    if calls[call].kind == .write {
      return nodeForWrites(from: stations[calls[call].station].machine)
    }
    return chooseNodeToRead(for: call)
  }

  @inline(__always)
  mutating func chooseNodeToRead(for call: Int32) -> Int? {
    let place = calls[call].station
    let own = stations[place].machine
    let tried = calls[call].tried
    if tried != 0 { return databases.untried(tried) }
    switch topology.database.reads {
    case .local: return ownNode(own)
    case .primary: return primaryFor(own)
    case .replica:
      stations[place].readTurn &+= 1
      if databases.replicas.isEmpty { return primaryFor(own) }
      return databases.replica(turn: Int(stations[place].readTurn) - 1, near: own)
    case .any:
      stations[place].readTurn &+= 1
      return databases.any(turn: Int(stations[place].readTurn) - 1, near: own)
    }
  }

  @inline(__always)
  func nodeForWrites(from machine: Int32) -> Int? {
    topology.database.writes == .local ? ownNode(machine) : primaryFor(machine)
  }

  /// The node beside the application, or, where none is, the primary.
  @inline(__always)
  private func ownNode(_ machine: Int32) -> Int? {
    if let own = databases.node(on: machine) { return own }
    return primaryFor(machine)
  }

  mutating func applicationHeard(_ call: Int32, _ answer: Answer) {
    calls[call].child = -1
    switch answer.code {
    case .ok:
      calls[call].database = answer.database
      applicationAnswers(call, answer)
    case .reset, .readOnly, .tooMany, .tableFull, .notFound, .serverError, .badGateway, .gatewayTimeout:
      databaseFailed(call)
    }
  }

  mutating func applicationTimedOut(_ call: Int32) {
    let child = calls[call].child
    if child >= 0 { abandon(child) }
    calls[call].child = -1
    if calls[call].isTraced { note(.timedOut, request: calls[call].request, at: calls[call].station) }
    databaseFailed(call)
  }

  private mutating func databaseFailed(_ call: Int32) {
    calls[call].turn &+= 1
    calls[call].tried |= 1 << UInt64(min(calls[call].target, 63))
    let mayAskAnother = calls[call].kind == .read && topology.database.fallback
    if mayAskAnother, databases.untried(calls[call].tried) != nil {
      askDatabase(call)
    } else {
      applicationAnswers(call, Answer(code: .serverError))
    }
  }

  @inline(__always)
  private mutating func applicationAnswers(_ call: Int32, _ answer: Answer) {
    let place = calls[call].station
    let heldWorker = stations[place].holdsWorker
    var answer = answer
    answer.server = stations[place].machine
    self.answer(call, answer)
    if heldWorker { freeWorker(of: place) }
  }
}
