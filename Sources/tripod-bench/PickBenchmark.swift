import Blueprint
import Simulator

/// Part (d): the time to choose a server, by algorithm and number of servers.
enum PickBenchmark {
  private static let rounds = 5
  private static let sizes = [2, 16, 1_024, 10_000]

  private struct PickTimes {
    let name: String
    let algorithm: Algorithm
    var isConsistent = false
    /// The best time of a pick for each number of servers.
    var times = Array(repeating: Double.infinity, count: sizes.count)
  }

  static func report(count: Int) {
    print("(d) million picks a second, each begun and ended too;")
    print("    best of \(rounds) rounds in turns\n")
    var rows = Algorithm.allCases.map { PickTimes(name: $0.rawValue, algorithm: $0) }
    rows += Algorithm.allCases.filter({ $0.traits.hashInput != nil }).map {
      PickTimes(name: "\($0.rawValue) consistent", algorithm: $0, isConsistent: true)
    }
    for _ in 0..<rounds {
      for i in rows.indices {
        for (k, servers) in sizes.enumerated() {
          rows[i].times[k] = min(rows[i].times[k], secondsPerPick(rows[i], servers: servers, count: count))
        }
      }
    }
    row("servers", ("2", 8), ("16", 8), ("1,024", 8), ("10,000", 8), ("time 10,000 : 16", 18))
    for line in rows {
      let speeds = line.times.map { (1e-6 / $0).numberText(1) }
      row(
        line.name, (speeds[0], 8), (speeds[1], 8), (speeds[2], 8), (speeds[3], 8),
        (line.times[3].ratioText(line.times[1]), 18))
    }
    print("")
  }

  /// Returns the time of a pick. Up to 64 requests are in flight, so that the servers' loads differ. For
  /// `first`, each server takes only one.
  private static func secondsPerPick(_ row: PickTimes, servers: Int, count: Int) -> Double {
    let algorithm = row.algorithm
    var pool = ServerPool(
      servers: (0..<servers).map {
        ServerPool.Server(weight: 1 + $0 % 4, maxconn: algorithm == .first ? 1 : 0)
      },
      algorithm: algorithm, consistent: row.isConsistent, allBackups: false)
    var generator = Xorshift32()
    var inFlight = Array(repeating: -1, count: min(64, servers / 2))
    var slot = 0
    func pick(_ number: Int) {
      let hash = UInt32(truncatingIfNeeded: number) &* 2_654_435_761
      guard case .server(let server) = pool.pick(hash: hash, generator: &generator) else {
        stop("\(algorithm.rawValue) chose nobody")
      }
      pool.requestStarted(server)
      if inFlight[slot] >= 0 { pool.requestEnded(inFlight[slot]) }
      inFlight[slot] = server
      slot = slot + 1 == inFlight.count ? 0 : slot + 1
    }
    // The first pick builds tables and rings, and later ones fill the requests in flight.
    for number in 0..<1_000 { pick(number) }
    return seconds { for number in 0..<count { pick(number) } } / Double(count)
  }
}
