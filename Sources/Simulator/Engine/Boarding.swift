import Blueprint

/// When requests may go by the express, and what they miss where they leave it before their end.
extension Simulation {
  /// All that the express takes for granted; nil where something is otherwise.
  mutating func express() -> Express? {
    guard balancers.count == 1 || topology.sharing == .activePassive, cutLinks.isEmpty, !walls.areUp else {
      return nil
    }
    let b = servingBalancer
    let desk = desks[b]
    guard !desk.speaksTLS, machines[desk.machine].isOnline, !stations[desk.station].isMuted,
      stations[desk.station].isPassedThrough
    else { return nil }
    balancers[b].farm.own()
    var express = Express(
      balancer: b, haproxy: desk.station, isHashed: balancers[b].farm.choosesByHash,
      takesTurns: balancers[b].farm.takesTurns)
    express.shortest = min(lanes.length(of: patienceLane), lanes.length(of: desk.serverLane))
    guard areDatabasesWell(), addRoutes(to: &express), express.shortest > 0, areVisitsPlain(express) else {
      return nil
    }
    return express
  }

  private mutating func areDatabasesWell() -> Bool {
    guard !databases.nodes.isEmpty, topology.database.replication != .semiSync else { return false }
    for node in databases.nodes {
      guard machines[node.machine].isOnline, isWell(node.station), !stations[node.station].isDiskFull else {
        return false
      }
    }
    return true
  }

  /// Whether a station has room for whoever comes, and answers after some time.
  @inline(__always)
  private func isWell(_ place: Int32) -> Bool {
    let station = stations[place]
    return station.condition == .running && !station.isMuted && station.queued < station.queueLimit
      && station.cost + station.slowness > 0
  }

  private mutating func addRoutes(to express: inout Express) -> Bool {
    let b = express.balancer
    for server in 0..<Int(desks[b].seatCount) {
      let place = seat(b, server)
      let seat = seats[place]
      var route = Express.Route(machine: seat.machine, seat: Int32(place))
      if balancers[b].farm.isAllowed(server) {
        let machine = machines[seat.machine]
        guard machine.isOnline, machine.release == .good, machine.nginx == seat.front, machine.app >= 0,
          isWell(machine.app), stations[seat.front].isPassedThrough, !stations[seat.front].isMuted,
          stations[seat.front].extra < 0, let node = nodeForWrites(from: seat.machine),
          databases.nodes[node].role == .primary
        else { return false }
        route.nginx = seat.front
        route.app = machine.app
        route.primary = Int32(node)
        let shorter = min(
          lanes.length(of: stations[route.nginx].answerLane), lanes.length(of: stations[route.app].answerLane)
        )
        express.shortest = min(express.shortest, shorter)
      }
      express.routes.append(route)
    }
    return true
  }

  /// Whether all that is under way are requests that an application or its database has.
  private mutating func areVisitsPlain(_ express: Express) -> Bool {
    var known = 0
    for i in visits.indices where visits[i].phase != .free {
      let visit = visits[i]
      guard visit.phase == .answering, visit.hasUser, visit.isCounted, !visit.isTraced,
        visit.balancer == Int32(express.balancer), visit.child >= 0, visit.server >= 0
      else { return false }
      let route = express.routes[visit.server]
      let nginx = calls[visit.child]
      guard nginx.station == route.nginx, nginx.phase == .waiting, nginx.child >= 0 else { return false }
      let app = calls[nginx.child]
      guard app.station == route.app else { return false }
      known += 2
      switch app.phase {
      case .queued, .serving: break
      case .waiting where app.child >= 0 && isPlain(calls[app.child]): known += 1
      case .waiting, .free, .frozen, .answered, .overdue, .stalled, .unconfirmed: return false
      }
      visits[i].unset = 0
      calls[nginx.child].unset = 0
    }
    for i in calls.indices where calls[i].phase != .free { known -= 1 }
    return known == 0
  }

  /// Whether a database will do what it is asked.
  private func isPlain(_ call: Call) -> Bool {
    guard call.phase == .queued || call.phase == .serving, stations[call.station].kind == .mysql else {
      return false
    }
    return call.kind != .write || databases.nodes[Int(stations[call.station].extra)].role == .primary
  }

  // MARK: Timers

  typealias Unset = (lane: Int32, timer: Lanes.Timer)

  /// The timers of the requests under way that are not set yet.
  func unsetTimers() -> [Unset] {
    var timers: [Unset] = []
    func add(
      _ lane: Int32, _ owner: Lanes.Owner, _ subject: Int32, _ turn: UInt32, from start: Int64,
      _ number: UInt64
    ) {
      let key = Calendar.key(at: start + lanes.length(of: lane), number)
      timers.append((lane, Lanes.Timer(key: key, owner: owner, turn: turn, subject: subject)))
    }
    for place in visits.indices where visits[place].phase != .free {
      let visit = visits[place]
      let isNew = visit.unset > 0
      if isNew {
        add(patienceLane, .patience, Int32(place), visit.patience, from: visit.startedAt, visit.unset)
      }
      guard visit.phase == .answering else { continue }
      let nginx = calls[visit.child]
      if isNew {
        let (own, answer) = (desks[visit.balancer].serverLane, stations[nginx.station].answerLane)
        add(own, .visit, Int32(place), visit.turn, from: visit.connectedAt, visit.unset + 1)
        add(answer, .call, visit.child, nginx.turn, from: visit.connectedAt, visit.unset + 2)
      }
      let app = calls[nginx.child]
      guard app.unset > 0 else { continue }
      let answer = stations[app.station].answerLane
      add(answer, .call, nginx.child, app.turn, from: calls[app.child].since, app.unset)
    }
    return timers
  }

  /// Makes up for those that are no more than places.
  mutating func beginCallsToNginx() {
    for i in visits.indices where visits[i].phase == .answering && calls[visits[i].child].phase == .free {
      let visit = visits[i]
      let app = calls[visit.child].child
      calls.edit(visit.child) { nginx in
        nginx.begin(
          at: nginx.station, visit.kind, parent: Int32(i), .visit, isTraced: false, now: visit.connectedAt)
        nginx.visit = Int32(i)
        nginx.request = visit.number
        nginx.phase = .waiting
        nginx.target = calls[app].station
        nginx.child = app
      }
    }
  }

  mutating func set(_ timers: [Unset]) {
    for (lane, timer) in timers.sorted(by: { $0.timer.key < $1.timer.key }) {
      set(timer, in: lane)
      switch timer.owner {
      case .patience: visits[timer.subject].unset = 0
      case .call: calls[timer.subject].unset = 0
      case .visit, .check, .nextCheck: break
      }
    }
  }
}
