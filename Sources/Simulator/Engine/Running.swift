import Blueprint

extension Simulation {
  // MARK: Scheduling

  @inline(__always)
  mutating func schedule(_ what: Due, subject: Int32, turn: UInt32 = 0, in delay: Int64) {
    calendar.insert(Calendar.Entry(key: nextKey(at: now + delay), what: what, turn: turn, subject: subject))
  }

  /// The one arrival that there can be at a time.
  mutating func scheduleArrival(in delay: Int64) {
    calendar.setArrival(
      Calendar.Entry(key: nextKey(at: now + delay), what: .arrival, turn: 0, subject: 0))
  }

  @inline(__always)
  private mutating func nextKey(at time: Int64) -> UInt128 {
    order &+= 1
    return Calendar.key(at: time, order)
  }

  /// The lane of timers of that length.
  mutating func lane(_ length: Int64) -> Int32 { lanes.lane(length) }

  /// Sets a timer. It means nothing any more once its owner's turn has changed.
  mutating func arm(_ lane: Int32, _ owner: Lanes.Owner, _ subject: Int32, turn: UInt32) {
    let key = nextKey(at: now + lanes.length(of: lane))
    if lanes.append(Lanes.Timer(key: key, owner: owner, turn: turn, subject: subject), to: lane) {
      calendar.insert(Calendar.Entry(key: key, what: .lane, turn: 0, subject: lane))
    }
  }

  @inline(__always)
  private func isDue(_ timer: Lanes.Timer) -> Bool {
    switch timer.owner {
    case .visit: visits[timer.subject].turn == timer.turn
    case .patience: visits[timer.subject].patience == timer.turn
    case .call: calls[timer.subject].turn == timer.turn
    case .check, .nextCheck: isCheckDue(timer.subject, turn: timer.turn)
    }
  }

  private mutating func ring(_ lane: Int32) {
    let timer = lanes.first(of: lane)
    lanes.dropFirst(of: lane)
    let isDue = isDue(timer)
    // The stale ones go before the next is put into the calendar; those that grow stale later find nobody to wake.
    while !lanes.isEmpty(lane), !self.isDue(lanes.first(of: lane)) { lanes.dropFirst(of: lane) }
    if !lanes.isEmpty(lane) {
      calendar.insert(Calendar.Entry(key: lanes.first(of: lane).key, what: .lane, turn: 0, subject: lane))
    }
    guard isDue else { return }
    switch timer.owner {
    case .visit: visitTimedOut(timer.subject)
    case .patience: userGaveUp(timer.subject)
    case .call: callTimedOut(timer.subject)
    case .check: checkTimedOut(timer.subject)
    case .nextCheck: startCheck(timer.subject, turn: timer.turn)
    }
  }

  // MARK: The loop

  /// How many events pass between two questions whether to go on.
  private static let patch = 16_384

  /// Lets time pass up to that moment.
  mutating func advance(to limit: Int64, _ goOn: GoOn) throws(Problem) {
    let start = now
    var left = Simulation.patch
    while let time = calendar.nextTime, time <= limit {
      step()
      left -= 1
      if left == 0 {
        left = Simulation.patch
        let done = limit > start ? Double(now - start) / Double(limit - start) : 1
        guard goOn(done) else { throw .interrupted }
      }
    }
    now = limit
  }

  /// Lets time pass until every request of the run has ended.
  mutating func finishRun(_ goOn: GoOn) throws(Problem) {
    var left = Simulation.patch
    while tally.open > 0, !calendar.isEmpty {
      step()
      left -= 1
      if left == 0 {
        left = Simulation.patch
        guard goOn(run.share) else { throw .interrupted }
      }
    }
  }

  @inline(__always)
  mutating func step() {
    let entry = calendar.next()
    now = entry.time
    switch entry.what {
    case .arrival: nextArrival()
    case .served:
      if calls[entry.subject].turn == entry.turn { serviceEnded(entry.subject) }
    case .lane: ring(entry.subject)
    case .check: startCheck(entry.subject, turn: entry.turn)
    case .checkKnock: knockAgain(entry.subject, turn: entry.turn)
    case .order: obeyOrder(entry.subject)
    case .ramp: rampStep(entry.subject, turn: entry.turn)
    case .disk: retryDisk(of: entry.subject, turn: entry.turn)
    case .takeover: takeover(entry.subject, turn: entry.turn)
    case .failover: failOver(turn: entry.turn)
    case .sample: sample(entry.subject, turn: entry.turn)
    case .scrapeEnd: scrapeEnded(entry.subject, turn: entry.turn)
    case .greeted: greeted(entry.subject, turn: entry.turn)
    }
  }

  // MARK: Reachability

  // These are asked by every hop. Inlined, since a call from a mutating function would copy the whole simulation first.

  /// Whether a packet gets from one host to another.
  @inline(__always)
  func reaches(_ from: Int32, _ to: Int32) -> Bool {
    if from == to { return !machines[Int(to)].isDark }
    return machines[Int(from)].isOnline && machines[Int(to)].isOnline
      && (cutLinks.isEmpty || !cutLinks.contains(Link(from, to)))
  }

  /// Whether a packet gets from the internet to a host, and back.
  @inline(__always)
  func reachesFromInternet(_ to: Int32) -> Bool {
    machines[Int(to)].isOnline && (cutLinks.isEmpty || !cutLinks.contains(Link(-1, to)))
  }

  /// What somebody on a host meets who connects to a station.
  @inline(__always)
  func contact(_ station: Int32, from machine: Int32) -> Contact {
    guard reaches(machine, stations[station].machine) else { return .silence }
    if walls.areUp, !isAdmitted(to: station, from: machine) { return .silence }
    return contact(onHostOf: station)
  }

  @inline(__always)
  func contact(onHostOf station: Int32) -> Contact {
    guard !stations[station].isMuted else { return .silence }
    switch stations[station].condition {
    case .crashed, .removed: return .refused
    // Behind a full queue the kernel drops what comes; a database says that there are too many.
    case .running, .hung:
      guard stations[station].isFull else { return .accepted }
      return stations[station].kind == .mysql ? .refused : .silence
    }
  }
}
