import Blueprint

/// The rate up to which a site keeps up with requests of one kind, and the part that keeps it from more.
public struct Capacity: Equatable, Sendable {
  /// Thousandths of a request a second; nil where nothing that takes time stands in the way.
  public let thousandths: Int64?
  public let limit: Address?
}

extension Simulation {
  /// Asks a copy: as many requests as make whole turns are sent one by one, and every part tells how long its workers
  /// were kept by them. Nil where even those are not all answered.
  ///
  /// It counts on requests being spread under load as they are one by one; `leastconn`, `first` and `random`, which look
  /// at what is in flight, can do better where servers differ.
  public func capacity(
    of kind: RequestKind, _ goOn: GoOn = { _ in true }
  ) throws(Problem) -> Capacity? {
    var copy = self
    copy.own()
    copy.wire()
    copy.topology.site.service = .constant
    copy.sendEverybodyHome()
    let before = copy.sums
    let count = copy.requestsInWholeTurns
    do {
      let outcome = try copy.perform(.send(Sending(count: count, mix: .only(kind))), goOn: goOn)
      guard outcome.traffic?.failed == 0 else { return nil }
    } catch {
      guard error != .interrupted else { throw error }
      return nil
    }
    var best = Capacity(thousandths: nil, limit: nil)
    for (i, sums) in copy.sums.enumerated() where sums.busyTime > before[i].busyTime {
      let perRequest = (sums.busyTime - before[i].busyTime) / Double(count)
      let rate = Int64((Double(copy.stations[i].workers) * 1e12 / perRequest).rounded())
      if rate < best.thousandths ?? .max {
        best = Capacity(thousandths: rate, limit: copy.address(ofStation: Int32(i)))
      }
    }
    return best
  }

  /// Requests a second, in millionths: so few that no part has much to do, even one that gets them all.
  public var calmRate: Int64 {
    var database: Int64 = 0
    var slowest: Int64 = 1
    for isApplication in [false, true] {
      for place in stations.indices where stations[place].condition == .running {
        let station = stations[place]
        guard station.workers > 0, (station.kind == .app) == isApplication else { continue }
        let time = station.cost + station.slowness + (station.holdsWorker ? database : 0)
        if station.kind == .mysql { database = max(database, time) }
        slowest = max(slowest, time / Int64(station.workers))
      }
    }
    return max(1, 1_000_000_000_000_000 / slowest / 4)
  }

  /// Nobody else is there: what others have under way keeps workers too, and so do health checks, but not in proportion
  /// to the requests. What somebody holds open stays.
  private mutating func sendEverybodyHome() {
    for check in checks.indices {
      checks[check].turn = 0
      checks[check].child = -1
    }
    for station in stations.indices { stations[station].empty(at: now) }
    for call in calls.indices.map({ Int32($0) }) where calls[call].phase != .free { free(call) }
    let leaving = visits.indices.map { Int32($0) }.filter { visits[$0].phase != .free && !visits[$0].isHeld }
    for visit in leaving where visits[visit].isQueued { leaveQueue(visit) }
    for visit in leaving {
      giveBackSlot(visit)
      free(visit: visit)
    }
  }

  /// So many that every server, application and database node has had the same number of whole turns.
  private var requestsInWholeTurns: Int {
    let weights = topology.backends.reduce(0) { $0 + topology.hosts[$1].serving.weight }
    let choices = max(1, weights) * max(1, sharedApplications.count) * max(1, databases.nodes.count)
    return min(20_000, 4 * choices)
  }
}
