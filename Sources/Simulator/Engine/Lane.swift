/// Timers of one length, first set, first due: a ring, of which only the first stands in the calendar.
///
/// Nearly every timer is set to be forgotten: the answer comes in time. In the calendar each would cost a place in the
/// heap; here it costs a few stores, and those that are stale when they come first are dropped in passing. Since an
/// entry gets its running number when it is set, the order of events is the same as if all stood in the calendar.
struct Lane: Equatable, Sendable {
  let length: Int64
  /// As many places as a power of two, used around.
  private var ring = Slab<Timer>()
  private var head = 0
  private var count = 0

  struct Timer: BitwiseCopyable, Equatable {
    var key: UInt128
    var owner: Owner
    var turn: UInt32
    var subject: Int32
  }

  /// Whose timer it is.
  enum Owner: UInt8, BitwiseCopyable {
    case visit, patience, call, check
  }

  init(length: Int64) { self.length = length }

  mutating func own() { ring.own() }

  var isEmpty: Bool { count == 0 }

  var first: Timer { ring[head] }

  mutating func append(_ timer: Timer) {
    if count == ring.count { grow(filling: timer) }
    ring[(head + count) & (ring.count - 1)] = timer
    count += 1
  }

  mutating func dropFirst() {
    head = (head + 1) & (ring.count - 1)
    count -= 1
  }

  private mutating func grow(filling timer: Timer) {
    var larger = Slab<Timer>()
    for i in 0..<count { larger.append(ring[(head + i) & (ring.count - 1)]) }
    for _ in 0..<max(16, count) { larger.append(timer) }
    ring = larger
    head = 0
  }
}
