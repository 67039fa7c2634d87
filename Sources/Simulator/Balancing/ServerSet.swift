/// A set of servers that finds its lowest member in a few steps, even if it is large.
///
/// The lowest level has a bit for each server. Each higher level has a bit for every non-empty word of the
/// level below. The top level is a single word.
struct ServerSet: Equatable, Sendable {
  private var levels: [[UInt64]] = [[0]]

  /// The lowest member.
  var first: Int? {
    guard let top = levels.last, top[0] != 0 else { return nil }
    var index = 0
    for level in levels.reversed() {
      index = index << 6 + level[index].trailingZeroBitCount
    }
    return index
  }

  mutating func insert(_ server: Int) {
    grow(toHold: server)
    var index = server
    for level in levels.indices {
      levels[level][index >> 6] |= 1 << UInt64(index & 63)
      index >>= 6
    }
  }

  mutating func remove(_ server: Int) {
    var index = server
    for level in levels.indices {
      guard index >> 6 < levels[level].count else { return }
      levels[level][index >> 6] &= ~(1 << UInt64(index & 63))
      guard levels[level][index >> 6] == 0 else { return }
      index >>= 6
    }
  }

  private mutating func grow(toHold server: Int) {
    var index = server
    var level = 0
    while true {
      index >>= 6
      while levels[level].count <= index { levels[level].append(0) }
      guard levels[level].count > 1 else { return }
      level += 1
      // The new level must have a bit for the word below it.
      if level == levels.count { levels.append([levels[level - 1][0] == 0 ? 0 : 1]) }
    }
  }
}
