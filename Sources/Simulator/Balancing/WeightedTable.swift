/// A table in which each server has slots in proportion to its weight, as evenly spread as possible.
///
/// `static-rr` reads the table slot by slot; an algorithm that hashes reads the slot `hash mod count`.
/// Weights 3 and 1 give `1 1 1 2`.
///
/// Each server has a score, which grows by its weight at each slot. A turn is worth as many points as the
/// table has slots. The slot goes to the server with the most whole turns, whose score then drops by one
/// turn. Among equal servers, the first declared server gets the slot.
///
/// The slot at which a score completes a turn is known in advance. The table is therefore built in a time
/// proportional to its length, not to its length times the number of servers.
struct WeightedTable: Equatable, Sendable {
  private var slots: [Int32] = []

  var count: Int { slots.count }

  subscript(slot: Int) -> Int { Int(slots[slot]) }

  func server(for hash: UInt32) -> Int {
    Int(slots[Int(hash) % slots.count])
  }

  /// Makes the table for the usable active servers, or for the usable standbys.
  ///
  /// - Parameter onlyBackup: The first standby, if it serves alone. HAProxy then makes the table as long as
  ///   its weight, but distributes the slots among all standbys. A single slot goes to the first standby.
  init(of servers: [ServerPool.Server], backups: Bool, onlyBackup: Int?) {
    let divisor = Self.divisor(of: servers)
    var weights = servers.map { $0.isUsable && $0.isBackup == backups ? $0.weight / divisor : 0 }
    var length = weights.reduce(0, +)
    if let onlyBackup {
      length = weights[onlyBackup]
      if length == 1 { weights = weights.indices.map { $0 == onlyBackup ? 1 : 0 } }
    }
    self.init(weights: weights, length: length)
  }

  /// - Parameters:
  ///   - weights: The weight of each server; 0 for a server without a slot.
  ///   - length: The number of slots.
  init(weights: [Int], length: Int) {
    let completions = Completions(weights: weights, length: length)
    var ranks = Ranks(weights: weights)
    slots.reserveCapacity(length)
    for slot in 0..<length {
      for server in completions.servers(at: slot) { ranks.raise(Int(server)) }
      slots.append(Int32(truncatingIfNeeded: ranks.takeBest()))
    }
  }

  /// Returns the greatest common divisor of all weights.
  private static func divisor(of servers: [ServerPool.Server]) -> Int {
    var divisor = 0
    for server in servers {
      divisor = commonDivisor(commonDivisor(divisor, server.initialWeight), server.weight)
    }
    return max(divisor, 1)
  }

  private static func commonDivisor(_ one: Int, _ other: Int) -> Int {
    other == 0 ? one : commonDivisor(other, one % other)
  }
}

/// The servers that complete a turn at each slot.
private struct Completions {
  private var starts: [Int32]
  private var order: [Int32]

  init(weights: [Int], length: Int) {
    starts = Array(repeating: 0, count: length + 1)
    order = Array(repeating: 0, count: weights.reduce(0, +))
    Self.visit(weights, length) { slot, _ in starts[slot + 1] += 1 }
    for slot in 0..<length { starts[slot + 1] += starts[slot] }
    var next = starts
    Self.visit(weights, length) { slot, server in
      order[Int(next[slot])] = Int32(truncatingIfNeeded: server)
      next[slot] += 1
    }
  }

  func servers(at slot: Int) -> ArraySlice<Int32> {
    order[Int(starts[slot])..<Int(starts[slot + 1])]
  }

  /// Calls `body` for each turn of each server, with the slot at which the turn is complete.
  ///
  /// Without turns taken, the score after slot s is (s + 1) times the weight. Turn t is complete at the first
  /// s for which this is at least t times the length.
  private static func visit(
    _ weights: [Int], _ length: Int, _ body: (_ slot: Int, _ server: Int) -> Void
  ) {
    for (server, weight) in weights.enumerated() where weight > 0 {
      for turn in 1...weight { body((turn * length + weight - 1) / weight - 1, server) }
    }
  }
}

/// The servers, grouped by the whole turns in their scores: -1 (a turn used in advance), 0, 1, and so on.
private struct Ranks {
  /// The groups; the index is the number of whole turns plus 1.
  private var ranks = [ServerSet(), ServerSet()]
  private var rankOf: [Int]

  init(weights: [Int]) {
    rankOf = Array(repeating: 1, count: weights.count)
    for (server, weight) in weights.enumerated() where weight > 0 { ranks[1].insert(server) }
  }

  mutating func raise(_ server: Int) {
    move(server, by: 1)
  }

  mutating func takeBest() -> Int {
    for rank in ranks.indices.reversed() {
      guard let server = ranks[rank].first else { continue }
      move(server, by: -1)
      return server
    }
    return 0
  }

  private mutating func move(_ server: Int, by difference: Int) {
    ranks[rankOf[server]].remove(server)
    rankOf[server] += difference
    if rankOf[server] == ranks.count { ranks.append(ServerSet()) }
    ranks[rankOf[server]].insert(server)
  }
}
