import Blueprint

/// How the requests of one command ended.
public struct Traffic: Equatable, Sendable {
  public var sent = 0
  public var answered = 0
  public var stale = 0
  /// Writes that failed for their user and are stored all the same.
  public var storedAnyway = 0
  public var lostConnections = 0
  /// Whose answers the users got, errors included, and who gave them what they wanted.
  public var byServer: [Share] = []
  public var servedBy: [Share] = []
  public var byDatabase: [Share] = []
  /// What the users saw: 200, then the rest in the order in which it was seen first.
  public var ends: [EndCount] = []
  public var latency: Latency?
  public var firstFailure: Span?
  public var mostInFlight: [Share] = []

  public var failed: Int { sent - answered }

  public struct Share: Equatable, Sendable {
    public let name: String
    public let count: Int
  }

  public struct EndCount: Equatable, Sendable {
    public let end: Record.End
    public internal(set) var count: Int
  }
}

public struct Latency: Equatable, Sendable {
  public let mean: Span
  public let p50: Span
  public let p95: Span
  public let p99: Span
  public let max: Span
}

/// The counting behind `Traffic`, while requests run.
struct Tally: Equatable, Sendable {
  /// Which run it counts.
  var number = 0
  /// Requests of the run that have not ended.
  var open = 0
  var answered = 0
  var stale = 0
  var storedAnyway = 0
  var lostConnections = 0
  var byMachine: [Int] = []
  var servedBy: [Int] = []
  var byDatabase: [Int] = []
  var ends: [Traffic.EndCount] = []
  var firstFailure: Int64?
  var latencies = Histogram()

  mutating func begin(machines: Int) {
    let next = number + 1
    self = Tally()
    number = next
    byMachine = Array(repeating: 0, count: machines)
    servedBy = byMachine
    byDatabase = Array(repeating: 0, count: machines)
  }

  /// A host that is added in the middle of a run.
  mutating func addMachine() {
    byMachine.append(0)
    servedBy.append(0)
    byDatabase.append(0)
  }

  mutating func count(
    _ end: Record.End, server: Int32, database: Int32, isStale: Bool, isStoredAnyway: Bool, duration: Int64,
    at now: Int64
  ) {
    let isFine = end == .status(200)
    if server >= 0 {
      byMachine[Int(server)] += 1
      if isFine { servedBy[Int(server)] += 1 }
    }
    if database >= 0 { byDatabase[Int(database)] += 1 }
    if isStale { stale += 1 }
    if isStoredAnyway { storedAnyway += 1 }
    latencies.count(duration)
    guard !isFine else {
      answered += 1
      return
    }
    firstFailure = firstFailure ?? now
    if let i = ends.firstIndex(where: { $0.end == end }) {
      ends[i].count += 1
    } else {
      ends.append(Traffic.EndCount(end: end, count: 1))
    }
  }
}

extension Simulation {
  func traffic(sent: Int) -> Traffic {
    func shares(_ counts: [Int], suffix: String = "") -> [Traffic.Share] {
      machines.indices.compactMap { i in
        i < counts.count && counts[i] > 0
          ? Traffic.Share(name: names[i] + suffix, count: counts[i]) : nil
      }
    }
    var traffic = Traffic()
    traffic.sent = sent
    traffic.answered = tally.answered
    traffic.stale = tally.stale
    traffic.storedAnyway = tally.storedAnyway
    traffic.lostConnections = tally.lostConnections
    traffic.byServer = shares(tally.byMachine)
    traffic.servedBy = shares(tally.servedBy)
    traffic.byDatabase = shares(tally.byDatabase, suffix: ".mysql")
    let fine = tally.answered > 0 ? [Traffic.EndCount(end: .status(200), count: tally.answered)] : []
    traffic.ends = fine + tally.ends
    traffic.latency = tally.latencies.latency
    traffic.firstFailure = tally.firstFailure.map { Span(nanoseconds: $0) }
    traffic.mostInFlight = shares(machines.indices.map { machines[$0].peakInFlight })
    return traffic
  }
}
