import Blueprint

/// What a balancer knows of a server by asking.
struct Check: BitwiseCopyable, Equatable {
  let balancer: Int32
  let server: Int32
  /// From `rise` on it is UP; `rise + fall - 1` is the best, 0 the worst.
  var health: Int32
  var turn: UInt32
  var child: Int32 = -1
  /// Whether its packets have met silence so far.
  var isKnocking = false
  /// How many have failed, or passed, in a row.
  var streak: Int32 = 0
  var lastPassed = true
  /// Seconds since it came back, while its weight grows.
  var ramp: Int32 = 0
  var rampTurn: UInt32 = 0
}

/// Health checks: a balancer's own questions to its servers.
extension Simulation {
  // MARK: Making

  /// Begins the checks of a balancer anew. They are spread over an interval, so that not all servers are asked at once.
  mutating func beginChecks(of b: Int, keeping known: (Int32) -> Int32? = { _ in nil }) {
    let settings = balancers[b].settings
    let count = Int64(desks[b].seatCount)
    let before = desks[b].firstCheck
    desks[b].firstCheck = -1
    desks[b].checkLane = lane(settings.inter.nanoseconds)
    for call in calls.indices where calls[call].parentKind == .check && calls[call].phase != .free {
      if checks[calls[call].parent].balancer == Int32(b) { calls[call].parentKind = .nobody }
    }
    guard settings.check != .off, count > 0 else {
      for i in 0..<Int32(before >= 0 ? count : 0) { checks[before + i].turn = 0 }
      return
    }
    desks[b].firstCheck = before >= 0 ? before : Int32(checks.count)
    for server in servers(of: b) {
      checkTurn &+= 1
      let health = known(seats[seat(b, server)].machine) ?? Int32(settings.rise)
      let check = Check(balancer: Int32(b), server: Int32(server), health: health, turn: checkTurn)
      let place = desks[b].firstCheck + Int32(server)
      // The ones before are written over, and what they had planned comes to nothing.
      if before >= 0 { checks[place] = check } else { checks.append(check) }
      let delay = settings.inter.nanoseconds / count * Int64(server)
      schedule(.check, subject: place, turn: checkTurn, in: delay)
    }
  }

  func check(of server: Int, at b: Int) -> Int32? {
    desks[b].firstCheck >= 0 ? desks[b].firstCheck + Int32(server) : nil
  }

  func machineOfCheck(_ check: Int32) -> Int32 { desks[Int(checks[check].balancer)].machine }

  func isCheckDue(_ check: Int32, turn: UInt32) -> Bool {
    Int(check) < checks.count && checks[check].turn == turn
  }

  // MARK: Asking

  mutating func startCheck(_ check: Int32, turn: UInt32) {
    guard isCheckDue(check, turn: turn) else { return }
    let b = Int(checks[check].balancer)
    let server = Int(checks[check].server)
    let isAsleep = stations[desks[b].station].condition != .running
    guard !isAsleep, balancers[b].farm.servers[server].state != .maint else { return scheduleCheck(check) }
    ask(check, turn: turn)
  }

  /// The check has met silence, and the balancer's machine tries to connect again, as TCP does.
  mutating func knockAgain(_ check: Int32, turn: UInt32) {
    guard isCheckDue(check, turn: turn) else { return }
    let b = Int(checks[check].balancer)
    let front = seats[seat(b, Int(checks[check].server))].front
    let machine = desks[b].machine
    if contact(front, from: machine) == .silence {
      schedule(.checkKnock, subject: check, turn: turn, in: 2_000_000_000)
    } else {
      checks[check].isKnocking = false
      ask(check, turn: turn, isArmed: true)
    }
  }

  /// A host that is heard again announces its address, and the packets that waited for it go out at once.
  mutating func deliverChecks() {
    for check in 0..<Int32(checks.count) where checks[check].isKnocking {
      let b = Int(checks[check].balancer)
      let machine = desks[b].machine
      let front = seats[seat(b, Int(checks[check].server))].front
      if contact(front, from: machine) != .silence { knockAgain(check, turn: checks[check].turn) }
    }
  }

  private mutating func ask(_ check: Int32, turn: UInt32, isArmed: Bool = false) {
    let b = Int(checks[check].balancer)
    let front = seats[seat(b, Int(checks[check].server))].front
    switch contact(front, from: desks[b].machine) {
    case .refused: finish(check, passed: false)
    case .silence:
      checks[check].isKnocking = true
      arm(desks[b].checkLane, .check, check, turn: turn)
      schedule(.checkKnock, subject: check, turn: turn, in: 1_000_000_000)
    case .accepted:
      guard balancers[b].settings.check == .http else { return finish(check, passed: true) }
      if !isArmed { arm(desks[b].checkLane, .check, check, turn: turn) }
      let child = newCall(
        at: front, kindOfCheck(balancers[b].settings.checkPath), parent: check, .check, visit: -1, request: 0,
        isTraced: false)
      checks[check].child = child
      enter(child)
    }
  }

  private func kindOfCheck(_ path: CheckPath) -> Call.Kind {
    switch path {
    case .nginx: .checkNginx
    case .app: .checkApp
    case .database: .checkDatabase
    }
  }

  mutating func checkAnswered(_ check: Int32, _ answer: Answer) {
    checks[check].child = -1
    finish(check, passed: answer.code == .ok)
  }

  mutating func checkTimedOut(_ check: Int32) {
    let child = checks[check].child
    if child >= 0 { abandon(child) }
    checks[check].child = -1
    finish(check, passed: false)
  }

  mutating func forgetChild(ofCheck check: Int32) { checks[check].child = -1 }

  /// The next one starts an interval after the end of this one: so silence costs two.
  private mutating func finish(_ check: Int32, passed: Bool) {
    checks[check].isKnocking = false
    checks[check].streak = passed == checks[check].lastPassed ? checks[check].streak + 1 : 1
    checks[check].lastPassed = passed
    if !passed, tally.open > 0 { tally.inTime.countFailedCheck(at: now) }
    if passed { pass(check) } else { fail(check) }
    scheduleCheck(check)
  }

  private mutating func scheduleCheck(_ check: Int32) {
    checkTurn &+= 1
    checks[check].turn = checkTurn
    arm(desks[Int(checks[check].balancer)].checkLane, .nextCheck, check, turn: checkTurn)
  }

  // MARK: Judging

  private mutating func pass(_ check: Int32) {
    let settings = balancers[Int(checks[check].balancer)].settings
    let rise = Int32(settings.rise)
    let best = rise + Int32(settings.fall) - 1
    guard checks[check].health < best else { return }
    let wasDown = checks[check].health < rise
    checks[check].health += 1
    guard checks[check].health >= rise else { return }
    checks[check].health = best
    if wasDown { markUp(check) }
  }

  private mutating func fail(_ check: Int32) {
    let rise = Int32(balancers[Int(checks[check].balancer)].settings.rise)
    if checks[check].health > rise {
      checks[check].health -= 1
    } else {
      let wasUp = checks[check].health == rise
      checks[check].health = 0
      if wasUp { markDown(check) }
    }
  }

  private mutating func markDown(_ check: Int32) {
    let b = Int(checks[check].balancer)
    let server = Int(checks[check].server)
    let machine = names[Int(seats[seat(b, server)].machine)]
    balancers[b].farm.setDown(server, true)
    checks[check].ramp = 0
    tell(machine, .markedDown(failedChecks: Int(checks[check].streak)), cause: nameOfBalancer(b))
    scatter(server, b)
  }

  private mutating func markUp(_ check: Int32) {
    let b = Int(checks[check].balancer)
    let server = Int(checks[check].server)
    let machine = names[Int(seats[seat(b, server)].machine)]
    if slowstart(ofServer: server, b) != nil {
      checks[check].ramp = 1
      balancers[b].farm.setRamp(server, 1)
      checkTurn &+= 1
      checks[check].rampTurn = checkTurn
      schedule(.ramp, subject: check, turn: checkTurn, in: 1_000_000_000)
    }
    balancers[b].farm.setDown(server, false)
    tell(machine, .markedUp(passedChecks: Int(checks[check].streak)), cause: nameOfBalancer(b))
    grab(server, b)
  }

  func nameOfBalancer(_ b: Int) -> String { names[Int(desks[b].machine)] }

  /// A server that is ready again after maintenance is trusted at once, but one failed check is enough.
  mutating func trustAgain(_ server: Int, _ b: Int) {
    guard let check = check(of: server, at: b) else { return }
    checks[check].health = Int32(balancers[b].settings.rise)
    balancers[b].farm.setDown(server, false)
  }

  /// Settings of the checks have changed: a server keeps the state that it is in.
  mutating func restateChecks(of b: Int, from old: HAProxy) {
    let settings = balancers[b].settings
    if settings.check != old.check || settings.checkPath != old.checkPath || settings.inter != old.inter {
      let before = health(of: b, old)
      if settings.check == .off {
        for server in servers(of: b) { balancers[b].farm.setDown(server, false) }
      }
      beginChecks(of: b, keeping: before)
    } else if settings.rise != old.rise || settings.fall != old.fall {
      for server in servers(of: b) {
        guard let check = check(of: server, at: b) else { continue }
        let isUp = checks[check].health >= Int32(old.rise)
        checks[check].health = isUp ? Int32(settings.rise + settings.fall - 1) : 0
      }
    }
  }

  /// By machine, what was known before, said in the numbers of the new settings.
  func health(of b: Int, _ old: HAProxy) -> (Int32) -> Int32? {
    let settings = balancers[b].settings
    var known: [Int32: Int32] = [:]
    for server in servers(of: b) {
      guard let check = check(of: server, at: b) else { continue }
      let isUp = checks[check].health >= Int32(old.rise)
      let isBest = checks[check].health == Int32(old.rise + old.fall - 1)
      known[seats[seat(b, server)].machine] =
        isUp ? Int32(isBest ? settings.rise + settings.fall - 1 : settings.rise) : 0
    }
    return { known[$0] }
  }

  /// A site that is loaded has been running for a while: where nothing is broken, every check has passed. (One that is
  /// built by hand starts as HAProxy does: trusted, but not yet confirmed.)
  public mutating func settle() {
    guard faults.isEmpty else { return }
    wire()
    for check in checks.indices where checks[check].health > 0 {
      let settings = balancers[Int(checks[check].balancer)].settings
      checks[check].health = Int32(settings.rise + settings.fall - 1)
    }
  }

  // MARK: Slow start

  private func slowstart(ofServer server: Int, _ b: Int) -> Int64? {
    let name = names[Int(seats[seat(b, server)].machine)]
    return topology.host(named: name)?.serving.slowstart?.nanoseconds
  }

  /// The weight grows once a second.
  mutating func rampStep(_ check: Int32, turn: UInt32) {
    guard Int(check) < checks.count, checks[check].ramp > 0, checks[check].rampTurn == turn else { return }
    let b = Int(checks[check].balancer)
    let server = Int(checks[check].server)
    let passed = Int64(checks[check].ramp) * 1_000_000_000
    guard let length = slowstart(ofServer: server, b), passed < length else {
      checks[check].ramp = 0
      balancers[b].farm.setRamp(server, 16)
      return tell(
        names[Int(seats[seat(b, server)].machine)], .rampEnded, cause: nameOfBalancer(b))
    }
    balancers[b].farm.setRamp(server, Int((16 * passed + length) / length))
    checks[check].ramp += 1
    schedule(.ramp, subject: check, turn: turn, in: 1_000_000_000)
  }

  // MARK: Asked from outside

  /// Whether some server now passes its checks and now fails them. Of a site that had the time to settle.
  public var checksWaver: Bool {
    checks.indices.contains { place in
      let fall = balancers[Int(checks[place].balancer)].settings.fall
      // Whoever is in maintenance is not checked.
      return checks[place].streak > 0 && Int(checks[place].streak) < fall
    }
  }
}
