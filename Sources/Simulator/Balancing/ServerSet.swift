/// A set of servers that finds its lowest member in a few steps, even if it is large.
///
/// The lowest level has a bit for each server. Each higher level has a bit for every non-empty word of the
/// level below. The top level is a single word.
struct ServerSet: Equatable, Sendable {
  private var floors: [[UInt64]] = [[0]]

  /// The lowest member.
  var first: Int? {
    guard let top = floors.last, top[0] != 0 else { return nil }
    var index = 0
    for floor in floors.reversed() {
      index = index << 6 + floor[index].trailingZeroBitCount
    }
    return index
  }

  mutating func insert(_ server: Int) {
    grow(toHold: server)
    var index = server
    for floor in floors.indices {
      floors[floor][index >> 6] |= 1 << UInt64(index & 63)
      index >>= 6
    }
  }

  mutating func remove(_ server: Int) {
    var index = server
    for floor in floors.indices {
      guard index >> 6 < floors[floor].count else { return }
      floors[floor][index >> 6] &= ~(1 << UInt64(index & 63))
      guard floors[floor][index >> 6] == 0 else { return }
      index >>= 6
    }
  }

  private mutating func grow(toHold server: Int) {
    var index = server
    var floor = 0
    while true {
      index >>= 6
      while floors[floor].count <= index { floors[floor].append(0) }
      guard floors[floor].count > 1 else { return }
      floor += 1
      // The new level must have a bit for the word below it.
      if floor == floors.count { floors.append([floors[floor - 1][0] == 0 ? 0 : 1]) }
    }
  }
}
