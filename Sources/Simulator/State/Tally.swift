import Blueprint

/// The counts of the running command, from which its `Traffic` is made.
struct Tally: Equatable, Sendable {
  /// The number of the current run.
  var number = 0
  /// The number of the run's requests that have not ended.
  var open = 0
  var answered = 0
  var stale = 0
  var storedAnyway = 0
  var lostConnections = 0
  private(set) var hosts = Slab<HostTally>()
  var ends: [Traffic.EndCount] = []
  var firstFailure: Int64?
  var latencies = Histogram()

  var byTime = TimeBuckets()

  mutating func begin(hosts: Int, at now: Int64) {
    let next = number + 1
    self = Tally()
    number = next
    for _ in 0..<hosts { addHost() }
    byTime = TimeBuckets(from: now)
  }

  mutating func addHost() {
    hosts.append(HostTally())
  }

  mutating func makeUnique() {
    hosts.makeUnique()
    latencies.makeUnique()
  }

  @inline(__always)
  mutating func count(
    _ end: Record.End, server: ID<HostState>, database: ID<HostState>, isStale: Bool, isStoredAnyway: Bool,
    duration: Int64,
    at now: Int64
  ) {
    let isSuccess = end == .status(200)
    if server.exists {
      hosts[server.index].answers += 1
      if isSuccess { hosts[server.index].served += 1 }
    }
    if database.exists { hosts[database.index].fromDatabase += 1 }
    if isStale { stale += 1 }
    if isStoredAnyway { storedAnyway += 1 }
    latencies.count(duration)
    byTime.count(isSuccess: isSuccess, at: now)
    guard !isSuccess else {
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

extension Tally {
  /// The counts of one host.
  struct HostTally: BitwiseCopyable, Equatable {
    /// The number of answers that users got from the host, including errors.
    var answers = 0
    /// The number of its answers with status 200.
    var served = 0
    /// The number of answers with data from its database node.
    var fromDatabase = 0
  }
}
