/// Timers of one length, first set, first due: a ring, of which only the first stands in the calendar.
///
/// Nearly every timer is set to be forgotten: the answer comes in time. In the calendar each would cost a place in the
/// heap; here it costs a few stores, and those that are stale when they come first are dropped in passing. Since an
/// entry gets its running number when it is set, the order of events is the same as if all stood in the calendar.
struct Lane: Equatable, Sendable {
  let length: Int64
  private var ring = Slab<Timer>()
  private var head = 0

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

  var isEmpty: Bool { head == ring.count }

  var first: Timer { ring[head] }

  mutating func append(_ timer: Timer) { ring.append(timer) }

  mutating func dropFirst() {
    head += 1
    if head == ring.count {
      ring.removeAll()
      head = 0
    } else if head >= 1_024, head * 2 >= ring.count {
      compact()
    }
  }

  /// Moves what is left to the front; each timer is moved once for each that was dropped before it, at most.
  private mutating func compact() {
    var kept = Slab<Timer>()
    for i in head..<ring.count { kept.append(ring[i]) }
    ring = kept
    head = 0
  }
}
