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
  /// The first alert that is news to the run: raised in it, or since the run before it.
  public var firstAlert: Span?
  public var mostInFlight: [Share] = []
  /// Nil where nothing has ended.
  public var strip: Strip?
  /// The components that had anything to do, as they stand in the topology.
  public var stations: [Load] = []
  /// From the first that has any to the last.
  public var histogram: [Bin] = []
  /// Whether what went on inside is left out.
  public var isFromOutside = false

  public var failed: Int { sent - answered }

  public struct Share: Equatable, Sendable {
    public let name: String
    public let count: Int
  }

  public struct EndCount: Equatable, Sendable {
    public let end: Record.End
    public internal(set) var count: Int
  }

  /// So many requests took no longer than that, but longer than the bin before allows.
  public struct Bin: Equatable, Sendable {
    /// 1, 2 or 5 nanoseconds, or one of these by a power of ten.
    public let upTo: Span
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
  private(set) var machines = Slab<Machine>()
  var ends: [Traffic.EndCount] = []
  var firstFailure: Int64?
  var latencies = Histogram()

  /// Whose answers the users got, who gave them what they wanted, and whose data it was.
  struct Machine: BitwiseCopyable, Equatable {
    var answers = 0
    var served = 0
    var fromDatabase = 0
  }

  var inTime = EndsInTime()

  mutating func begin(machines: Int, at now: Int64) {
    let next = number + 1
    self = Tally()
    number = next
    for _ in 0..<machines { addMachine() }
    inTime = EndsInTime(from: now)
  }

  /// A host that is added in the middle of a run.
  mutating func addMachine() {
    machines.append(Machine())
  }

  mutating func own() {
    machines.own()
    latencies.own()
  }

  @inline(__always)
  mutating func count(
    _ end: Record.End, server: Int32, database: Int32, isStale: Bool, isStoredAnyway: Bool, duration: Int64,
    at now: Int64
  ) {
    let isFine = end == .status(200)
    if server >= 0 {
      machines.edit(server) { server in
        server.answers += 1
        if isFine { server.served += 1 }
      }
    }
    if database >= 0 { machines[database].fromDatabase += 1 }
    if isStale { stale += 1 }
    if isStoredAnyway { storedAnyway += 1 }
    latencies.count(duration)
    inTime.count(isFine: isFine, at: now)
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
  func totals(sent: Int) -> Traffic {
    var traffic = Traffic()
    traffic.sent = sent
    traffic.answered = tally.answered
    traffic.stale = tally.stale
    traffic.storedAnyway = tally.storedAnyway
    traffic.lostConnections = tally.lostConnections
    let fine = tally.answered > 0 ? [Traffic.EndCount(end: .status(200), count: tally.answered)] : []
    traffic.ends = fine + tally.ends
    traffic.latency = tally.latencies.latency
    traffic.histogram = tally.latencies.bins
    traffic.strip = tally.inTime.strip
    traffic.firstFailure = tally.firstFailure.map { Span(nanoseconds: $0) }
    traffic.firstAlert = firstAlert
    return traffic
  }

  /// What each host had of it.
  func addShares(to traffic: inout Traffic) {
    func shares(_ count: (Int) -> Int, suffix: String = "") -> [Traffic.Share] {
      tally.machines.indices.compactMap { i in
        count(i) > 0 ? Traffic.Share(name: names[i] + suffix, count: count(i)) : nil
      }
    }
    traffic.byServer = shares { tally.machines[$0].answers }
    traffic.servedBy = shares { tally.machines[$0].served }
    traffic.byDatabase = shares({ tally.machines[$0].fromDatabase }, suffix: ".mysql")
    traffic.mostInFlight = shares { machines[$0].peakInFlight }
  }
}
