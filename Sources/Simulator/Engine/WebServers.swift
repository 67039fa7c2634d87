import Blueprint

/// The applications that an nginx takes turns over, with what it remembers of each: nginx's own smooth round robin.
struct Upstream: Equatable, Sendable {
  var peers: [Peer]

  struct Peer: Equatable, Sendable {
    let station: Int32
    var current = 0
    var effective = 1
    var fails = 0
    /// When it failed last, and when it was last chosen or found failing after its time-out.
    var accessed: Int64 = .min / 2
    var checked: Int64 = .min / 2
  }

  /// The next one that has not been tried and is not passed over; nil if there is none.
  mutating func pick(tried: UInt64, now: Int64, maxFails: Int, failTimeout: Int64) -> Int? {
    var total = 0
    var best: Int?
    for i in peers.indices {
      guard tried & (1 << UInt64(min(i, 63))) == 0 else { continue }
      if maxFails > 0, peers[i].fails >= maxFails, now - peers[i].checked <= failTimeout { continue }
      peers[i].current += peers[i].effective
      total += peers[i].effective
      if peers[i].effective < 1 { peers[i].effective += 1 }
      if best.map({ peers[i].current > peers[$0].current }) ?? true { best = i }
    }
    guard let best else { return nil }
    peers[best].current -= total
    if now - peers[best].checked > failTimeout { peers[best].checked = now }
    return best
  }

  /// An application's place in the list; nil where it has been taken away meanwhile.
  func place(of station: Int32) -> Int? { peers.firstIndex { $0.station == station } }

  mutating func failed(_ i: Int, now: Int64, maxFails: Int) {
    peers[i].fails += 1
    peers[i].accessed = now
    peers[i].checked = now
    // A peer of weight one loses it whole where one failure is enough.
    if maxFails == 1 { peers[i].effective = 0 }
  }

  /// A new process remembers nothing.
  mutating func forget() { peers = peers.map { Peer(station: $0.station) } }

  mutating func worked(_ station: Int32) {
    guard let i = place(of: station) else { return }
    if peers[i].accessed < peers[i].checked { peers[i].fails = 0 }
  }
}

/// nginx: answers with static files itself, passes the rest to an application.
extension Simulation {
  mutating func nginxServed(_ call: Int32) {
    let station = calls[call].station
    freeWorker(of: station)
    guard calls[call].parentKind != .nobody else {
      stations[station].failed += 1
      return free(call)
    }
    let machine = stations[station].machine
    switch calls[call].kind {
    case .static: answer(call, Answer(code: machines[Int(machine)].release.lacksFiles ? .notFound : .ok))
    case .checkNginx: answer(call, Answer(code: .ok))
    case .read, .write, .checkApp, .checkDatabase:
      calls[call].phase = .waiting
      passOn(call)
    }
  }

  /// Asks an application: the one beside it, or the next in turn.
  @inline(__always)
  private mutating func passOn(_ call: Int32) {
    let place = calls[call].station
    let machine = stations[place].machine
    var target = machines[Int(machine)].app
    if stations[place].extra >= 0 {
      guard let peer = pickPeer(for: call) else { return hasNobody(call) }
      target = upstreams[Int(stations[place].extra)].peers[peer].station
    } else if target < 0 {
      // One application, and it is elsewhere; or none at all.
      guard let only = sharedApplications.first else { return hasNobody(call) }
      target = only
    }
    calls[call].target = target
    calls[call].child = -1
    let contact = contact(target, from: machine)
    if calls[call].isTraced { note(.asked(contact), request: calls[call].request, at: place, target) }
    switch contact {
    case .accepted:
      let child = newCall(at: target, under: call)
      arm(stations[place].answerLane, .call, call, turn: calls[call].turn)
      enter(child)
    case .refused: applicationFailed(call, .badGateway, wasSent: false)
    case .silence: arm(stations[place].connectLane, .call, call, turn: calls[call].turn)
    }
  }

  private mutating func hasNobody(_ call: Int32) {
    if calls[call].isTraced { note(.foundNobody, request: calls[call].request, at: calls[call].station) }
    answer(call, Answer(code: .badGateway))
  }

  private mutating func pickPeer(for call: Int32) -> Int? {
    let place = calls[call].station
    let settings = nginxSettings(of: place)
    return upstreams[Int(stations[place].extra)].pick(
      tried: calls[call].tried, now: now, maxFails: settings.maxFails,
      failTimeout: settings.failTimeout.nanoseconds)
  }

  private func nginxSettings(of station: Int32) -> Nginx {
    topology.host(named: names[Int(stations[station].machine)])?.nginx ?? Nginx()
  }

  mutating func nginxHeard(_ call: Int32, _ answer: Answer) {
    calls[call].child = -1
    switch answer.code {
    case .reset: applicationFailed(call, .badGateway, wasSent: true)
    case .ok, .notFound, .serverError, .badGateway, .gatewayTimeout, .readOnly, .tooMany, .tableFull:
      let extra = stations[calls[call].station].extra
      if extra >= 0 { upstreams[Int(extra)].worked(calls[call].target) }
      self.answer(call, answer)
    }
  }

  mutating func nginxTimedOut(_ call: Int32) {
    let child = calls[call].child
    if child >= 0 { abandon(child) }
    calls[call].child = -1
    if calls[call].isTraced { note(.timedOut, request: calls[call].request, at: calls[call].station) }
    applicationFailed(call, .gatewayTimeout, wasSent: child >= 0)
  }

  /// Asks the next application, unless the request was a write that may have been done already.
  private mutating func applicationFailed(_ call: Int32, _ code: Answer.Code, wasSent: Bool) {
    calls[call].turn &+= 1
    let place = calls[call].station
    let extra = Int(stations[place].extra)
    guard extra >= 0 else { return answer(call, Answer(code: code)) }
    if let peer = upstreams[extra].place(of: calls[call].target) {
      calls[call].tried |= 1 << UInt64(min(peer, 63))
      upstreams[extra].failed(peer, now: now, maxFails: nginxSettings(of: place).maxFails)
    }
    let isRepeatable = calls[call].kind != .write || !wasSent
    let isLast = upstreams[extra].peers.indices.allSatisfy {
      calls[call].tried & (1 << UInt64(min($0, 63))) != 0
    }
    if isRepeatable, !isLast { passOn(call) } else { answer(call, Answer(code: code)) }
  }

  // MARK: What nobody sees just now

  /// How many applications at most have not answered an nginx that has others to ask. One that only refuses costs nobody
  /// anything, and does not count.
  public var mostUnanswering: Int {
    machines.indices.map { unanswering(nginxAt: $0).count }.max() ?? 0
  }

  /// How long it is until the first of those is asked again that are passed over, or the last; nil where none is. Until
  /// then nobody sees what comes of it.
  public func untilAskedAgain(last: Bool) -> Span? {
    let pauses = machines.indices.flatMap { place in
      unanswering(nginxAt: place).compactMap { peer -> Int64? in
        let settings = nginxSettings(of: machines[place].nginx)
        let left = peer.checked - now + settings.failTimeout.nanoseconds + 1
        return settings.maxFails > 0 && peer.fails >= settings.maxFails && left > 0 ? left : nil
      }
    }
    return (last ? pauses.max() : pauses.min()).map { Span(nanoseconds: $0) }
  }

  private func unanswering(nginxAt place: Int) -> [Upstream.Peer] {
    let nginx = machines[place].nginx
    guard !machines[place].isRemoved, nginx >= 0, stations[nginx].extra >= 0 else { return [] }
    return upstreams[Int(stations[nginx].extra)].peers.filter {
      $0.fails > 0 && contact($0.station, from: Int32(place)) != .refused
    }
  }
}
