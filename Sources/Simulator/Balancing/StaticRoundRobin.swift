/// `static-rr`: in turns by a table made in advance, so that weights cannot change while it runs.
///
/// Weights 3 and 1 give `1 1 1 2`. The position in the table survives when a server leaves or comes back,
/// although the table is then another one.
struct StaticRoundRobin: Equatable, Sendable {
  private var position = 0

  /// Returns the next server of the table that is not saturated. If all are, it returns nil and the position stays.
  mutating func pick(from table: WeightedTable, of servers: Slab<Farm.Server>, avoiding avoided: Int?)
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
