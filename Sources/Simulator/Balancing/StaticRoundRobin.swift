/// `static-rr`: the servers in the order of a table that is made in advance. Weights therefore cannot change
/// while the balancer runs.
///
/// Weights 3 and 1 give `1 1 1 2`. When a server leaves or comes back, the table changes, but the position in
/// it stays.
struct StaticRoundRobin: Equatable, Sendable {
  private var position = 0

  /// Returns the next server in the table that is not saturated. If all are saturated, returns nil and keeps
  /// the position.
  mutating func pick(from table: WeightedTable, of servers: Slab<ServerPool.Server>, avoiding avoided: Int?)
    -> Int?
  {
    let count = table.count
    if position >= count { position = 0 }
    var spare: Int?
    for step in 0..<count {
      let slot = position + step < count ? position + step : position + step - count
      let server = table[slot]
      if servers[server].isSaturated { continue }
      if server != avoided {
        position = slot + 1
        return server
      }
      spare = slot + 1
    }
    guard let spare else { return nil }
    position = spare
    return avoided
  }
}
