import Blueprint

/// The express: requests of a run that meet a site where all is well, without what never happens to them.
///
/// Why it is here: of a million requests nearly all are neither refused nor too late, and yet the ordinary way asks a
/// dozen questions at every hop, whose answers stay the same until something happens to the site, and sets four timers
/// that are forgotten. Here the questions are asked once, at the start. The timers get their running numbers, but are set
/// only for the requests that are still under way when a timer could run out or the express ends: before anything
/// but an arrival or the end of a service, or when a queue is full. So it is with what nginx, which takes no time, knows of
/// a request: of its call there is no more than the place, until the express ends.
///
/// It is no second engine: visits, calls, stations and the calendar are those of the ordinary way, every place is taken,
/// every chance is drawn and every running number is given as there. So nothing shows whether it runs. A simulation
/// whose `mayTakeExpress` is false goes the ordinary way only, which is how a test sees that both come to the same.
struct Express {
  let balancer: Int
  let haproxy: Int32
  /// Whether the algorithm asks for the hash of a request.
  var isHashed: Bool
  /// Whether the algorithm is the usual one.
  var takesTurns: Bool
  /// By server of the balancer.
  var routes = Slab<Route>()
  /// The shortest timer of a request.
  var shortest = Int64.max
  /// No timer that is not set yet runs out before.
  var horizon: Int64 = 0
  /// Whether something came that only the ordinary way knows; then nothing is before the horizon.
  private(set) var isOver = false

  mutating func end() {
    isOver = true
    horizon = .min
  }

  /// Who has to do with a request that is given to a server; -1 where that server may not serve.
  struct Route: BitwiseCopyable {
    var machine: Int32
    var seat: Int32
    var nginx: Int32 = -1
    var app: Int32 = -1
    /// The database node that its application writes to.
    var primary: Int32 = -1
  }
}

extension Simulation {
  /// How many ordinary steps there are at least between two looks for the express.
  private static let pause = 16

  /// Goes by the express as far as it goes, and says how many steps to take before it is looked for again.
  mutating func takeExpress(_ left: inout Int) -> Int {
    guard mayTakeExpress, !run.isSerial else { return .max }
    guard !run.sending.isRecorded || run.sent >= Simulation.mostTraced else { return Simulation.pause }
    let effort = (visits.count + calls.count + 4 * seats.count) / 16
    let before = left
    if var express = express() {
      express.horizon = now + express.shortest
      ride(&express, &left, effort)
    }
    // Who has gone far has paid for the look.
    return Simulation.pause + max(0, effort - (before - left))
  }

  // MARK: On the way

  private mutating func ride(_ express: inout Express, _ left: inout Int, _ effort: Int) {
    var goal = left - effort
    // As long as one is open, something is due.
    while tally.open > 0, left > 0 {
      let isArrival = calendar.isArrivalNext()
      let time = calendar.nextTime(isArrival: isArrival)
      guard time < express.horizon else {
        // Where time passes faster than requests come, the look at all of them is not worth it.
        if express.isOver || left > goal { break }
        goal = left - effort
        look(ahead: time, &express)
        continue
      }
      left -= 1
      if isArrival {
        calendar.takeArrival()
        now = time
        depart(&express)
        continue
      }
      let entry = calendar.takeFirst()
      if entry.what == .served {
        now = time
        if calls[entry.subject].turn == entry.turn { served(entry.subject, &express) }
      } else if entry.what == .lane, !isFirstDue(of: entry.subject) {
        obey(entry)
      } else {
        alight()
        return obey(entry)
      }
    }
    alight()
  }

  /// Whoever is under way goes on the ordinary way.
  private mutating func alight() {
    set(unsetTimers())
    beginCallsToNginx()
  }

  /// Says anew when the first timer could run out that is not set; if that is before what comes next, they are set.
  private mutating func look(ahead next: Int64, _ express: inout Express) {
    let timers = unsetTimers()
    express.horizon = next + express.shortest
    let first = timers.reduce(Int64.max) { min($0, $1.timer.time) }
    if first > next { express.horizon = min(express.horizon, first) } else { set(timers) }
  }

  /// A request arrives, and is given to a server.
  @inline(never)
  private mutating func depart(_ express: inout Express) {
    let visit = nextVisit()
    order &+= 1
    let number = order
    stations[express.haproxy].served += 1
    let (kind, request) = visits.edit(visit) { visit in
      visit.unset = number
      visit.balancer = Int32(truncatingIfNeeded: express.balancer)
      visit.acceptedAt = now
      visit.phase = .atBalancer
      return (visit.kind, visit.number)
    }
    let choice = choose(for: visit, express)
    guard case .server(let server) = choice else {
      express.end()
      return take(choice, for: visit)
    }
    let route = express.routes[server]
    seats.edit(route.seat) { $0.total += 1 }
    machines.edit(route.machine) { machine in
      machine.inFlight += 1
      machine.peakInFlight = max(machine.peakInFlight, machine.inFlight)
    }
    let life = stations.edit(route.nginx) { nginx in
      nginx.started += 1
      return nginx.life
    }
    let nginx = placeForCall()
    visits.edit(visit) { visit in
      visit.server = Int32(truncatingIfNeeded: server)
      visit.pickedAt = now
      visit.attempts = 1
      visit.turn &+= 1
      visit.connectedAt = now
      visit.life = life
      visit.phase = .answering
      visit.child = nginx
    }
    if kind == .static {
      order &+= 1
      free(nginx)
      stations[route.nginx].served += 1
      return arrive(visit, from: route.machine, Answer(code: .ok))
    }
    // The balancer's timer, and nginx's.
    order &+= 2
    let app = newCall(
      at: route.app, kind, parent: nginx, .call, visit: visit, request: request, isTraced: false)
    calls.edit(nginx) { nginx in
      nginx.station = route.nginx
      nginx.child = app
    }
    enter(app, at: route.app, &express)
  }

  @inline(__always)
  private mutating func choose(for visit: Int32, _ express: Express) -> Farm.Choice {
    let b = express.balancer
    if express.takesTurns { return balancers[b].farm.takeTurn() }
    return balancers[b].chooseAndBegin(hash: express.isHashed ? hash(of: visit, b) : 0)
  }

  /// A worker takes the call, or it waits for one.
  @inline(__always)
  private mutating func enter(_ call: Int32, at place: Int32, _ express: inout Express) {
    let station = stations.place(of: Int(place))
    if station.pointee.busy < station.pointee.workers {
      station.pointee.change(busy: 1, at: now)
      let duration = begin(call, at: station)
      if duration > 0 {
        schedule(.served, subject: call, turn: calls[call].turn, in: duration)
      } else {
        servedAtOnce(call, &express)
      }
    } else {
      append(call, toQueueOf: place)
      if station.pointee.isFull { express.end() }
    }
    station.pointee.peak = max(station.pointee.peak, station.pointee.busy + station.pointee.queued)
  }

  @inline(__always)
  private mutating func begin(_ call: Int32, at station: UnsafeMutablePointer<Station>) -> Int64 {
    station.pointee.started += 1
    calls[call].phase = .serving
    let mean = station.pointee.cost
    guard mean > 0 else { return station.pointee.slowness }
    return station.pointee.slowness
      + (topology.site.service == .exponential ? draws.exponential(mean: mean) : mean)
  }

  /// A worker is free again and takes the next call.
  @inline(__always)
  private mutating func release(_ station: UnsafeMutablePointer<Station>) {
    // Whoever waits does so because every other worker is busy.
    guard station.pointee.queued > 0, station.pointee.busy <= station.pointee.workers else {
      return station.pointee.change(busy: -1, at: now)
    }
    let call = station.pointee.head
    let (next, since, turn) = calls.edit(call) { ($0.next, $0.since, $0.turn) }
    station.pointee.head = next
    if next < 0 { station.pointee.tail = -1 }
    station.pointee.change(queued: -1, at: now)
    station.pointee.waitTime += Double(now - since)
    let duration = begin(call, at: station)
    schedule(.served, subject: call, turn: turn, in: duration)
  }

  @inline(never)
  private mutating func servedAtOnce(_ call: Int32, _ express: inout Express) { served(call, &express) }

  @inline(__always)
  private mutating func served(_ call: Int32, _ express: inout Express) {
    let station = stations.place(of: Int(calls[call].station))
    if station.pointee.kind == .app { ask(call, at: station, &express) } else { answer(call, at: station) }
  }

  /// The application asks a database.
  @inline(__always)
  private mutating func ask(
    _ call: Int32, at station: UnsafeMutablePointer<Station>, _ express: inout Express
  ) {
    if !station.pointee.holdsWorker { release(station) }
    let isWrite = calls[call].kind == .write
    guard let node = isWrite ? primary(for: call, express) : chooseNodeToRead(for: call) else { return }
    let target = databases.nodes[node].station
    order &+= 1
    let number = order
    let (kind, visit, request) = calls.edit(call) { call in
      call.phase = .waiting
      call.target = Int32(node)
      call.unset = number
      return (call.kind, call.visit, call.request)
    }
    let child = newCall(
      at: target, kind, parent: call, .call, visit: visit, request: request, isTraced: false)
    calls[call].child = child
    enter(child, at: target, &express)
  }

  @inline(__always)
  private func primary(for call: Int32, _ express: Express) -> Int? {
    Int(express.routes[visits[calls[call].visit].server].primary)
  }

  /// The database answers, and the answer is with the user at once.
  @inline(__always)
  private mutating func answer(_ call: Int32, at station: UnsafeMutablePointer<Station>) {
    release(station)
    let node = Int(station.pointee.extra)
    var answer = Answer(code: .ok, database: station.pointee.machine)
    let (app, kind, request) = calls.edit(call) { ($0.parent, $0.kind, $0.request) }
    if kind == .write {
      answer.position = Simulation.pack(databases.store(at: node, request: request, now: now))
    } else {
      databases.catchUp(node, now: now)
      answer.isStale = isOld(node)
    }
    let (nginx, server, visit) = calls.edit(app) { ($0.parent, $0.station, $0.visit) }
    let front = calls[nginx].station
    free(call)
    free(app)
    free(nginx)
    station.pointee.served += 1
    stations[front].served += 1
    let place = stations.place(of: Int(server))
    place.pointee.served += 1
    arrive(visit, from: place.pointee.machine, answer)
    if place.pointee.holdsWorker { release(place) }
  }

  /// The user has the answer.
  @inline(__always)
  private mutating func arrive(_ visit: Int32, from server: Int32, _ answer: Answer) {
    if visits[visit].isRecorded {
      noteBalancerEnd(visit, isAnswered: true, flags: "--")
      concludeRow(
        visit, .status(200), server: server, database: answer.database, isStale: answer.isStale)
    }
    let (duration, b, place, isGrabbed) = visits.edit(visit) { visit in
      (now - visit.startedAt, Int(visit.balancer), Int(visit.server), visit.isGrabbed)
    }
    if answer.position > 0 { databases.acknowledge(Simulation.unpack(answer.position)) }
    tally.count(
      .status(200), server: server, database: answer.database, isStale: answer.isStale,
      isStoredAnyway: false, duration: duration, at: now)
    tally.open -= 1
    // Nobody waits for its slot. One that was grabbed was never counted.
    if !isGrabbed {
      if balancers[b].farm.countsLoad { balancers[b].farm.end(place) } else { balancers[b].farm.lower(place) }
    }
    machines[server].inFlight -= 1
    visits.edit(visit) { visit in
      visit.turn &+= 1
      visit.hasUser = false
      visit.isCounted = false
    }
    free(visit: visit)
  }
}
