/// Timers, in lanes of one length each: first set, first due, so that of a lane only the first stands in the calendar.
///
/// Nearly every timer is set to be forgotten: the answer comes in time. In the calendar each would cost a place in the
/// heap; here it costs a few stores, and those that are stale when they come first are dropped in passing. Since an
/// entry gets its running number when it is set, the order of events is the same as if all stood in the calendar.
struct Lanes: Equatable, Sendable {
  private var lanes = Slab<Lane>()
  /// The rings of all lanes. One that grows moves to the end; what all have left behind is never more than what they have.
  private var timers = Slab<Timer>()

  /// A ring of as many places as a power of two.
  private struct Lane: BitwiseCopyable, Equatable {
    let length: Int64
    var start = 0
    var mask = -1
    var head = 0
    var count = 0
  }

  struct Timer: BitwiseCopyable, Equatable {
    var key: UInt128
    var owner: Owner
    var turn: UInt32
    var subject: Int32

    var time: Int64 { Int64(truncatingIfNeeded: key >> 64) }
  }

  /// Whose timer it is.
  enum Owner: UInt8, BitwiseCopyable {
    case visit, patience, call
    /// A check has waited long enough for its answer, or is to start again.
    case check, nextCheck
  }

  mutating func own() {
    lanes.own()
    timers.own()
  }

  /// The lane of that length.
  mutating func lane(_ length: Int64) -> Int32 {
    for i in lanes.indices where lanes[i].length == length { return Int32(i) }
    lanes.append(Lane(length: length))
    return Int32(lanes.count - 1)
  }

  @inline(__always)
  func length(of lane: Int32) -> Int64 { lanes[lane].length }

  @inline(__always)
  func isEmpty(_ lane: Int32) -> Bool { lanes[lane].count == 0 }

  @inline(__always)
  func first(of lane: Int32) -> Timer { timers[lanes[lane].start + lanes[lane].head] }

  /// Whether it is the first one there.
  @inline(__always)
  mutating func append(_ timer: Timer, to lane: Int32) -> Bool {
    if lanes[lane].count > lanes[lane].mask { grow(lane, filling: timer) }
    let count = lanes.edit(lane) { lane in
      timers[lane.start + (lane.head + lane.count) & lane.mask] = timer
      lane.count += 1
      return lane.count
    }
    return count == 1
  }

  @inline(__always)
  func dropFirst(of lane: Int32) {
    lanes.edit(lane) { lane in
      lane.head = (lane.head + 1) & lane.mask
      lane.count -= 1
    }
  }

  private mutating func grow(_ lane: Int32, filling timer: Timer) {
    let old = lanes[lane]
    lanes[lane].start = timers.count
    for i in 0..<old.count { timers.append(timers[old.start + (old.head + i) & old.mask]) }
    for _ in 0..<max(16, old.count) { timers.append(timer) }
    lanes[lane].head = 0
    lanes[lane].mask = timers.count - lanes[lane].start - 1
  }
}
