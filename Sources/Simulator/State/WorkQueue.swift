/// The calls at a component: those that its workers serve, and those that wait for a worker.
struct WorkQueue: BitwiseCopyable, Equatable {
  private(set) var busy: Int32 = 0
  private(set) var waiting: Int32 = 0
  private var head = ID<ServiceCall>.none
  private var tail = ID<ServiceCall>.none
  /// The most calls at once.
  private(set) var peak: Int32 = 0
  /// The most that waited since the last run began.
  private(set) var longest: Int32 = 0
  /// The sum of the moments at which a worker became free, less the moments at which one became busy. Added to the
  /// current time for each busy worker, it is the time that workers have been busy, without any rounding. It may be
  /// negative in between, and so wraps.
  private var busyEnds: UInt128 = 0
  /// The same for the calls that are present, waiting or served.
  private var presenceEnds: UInt128 = 0

  /// Adds to the calls that are served and to those that wait.
  @inline(__always)
  mutating func change(busy more: Int32 = 0, waiting moreWaiting: Int32 = 0, at now: Int64) {
    busy += more
    waiting += moreWaiting
    busyEnds &-= WorkQueue.times(more, now)
    presenceEnds &-= WorkQueue.times(more + moreWaiting, now)
  }

  @inline(__always)
  mutating func append(_ call: ID<ServiceCall>, in calls: Slab<ServiceCall>, at now: Int64) {
    calls[call].next = .none
    if tail.exists { calls[tail].next = call } else { head = call }
    tail = call
    change(waiting: 1, at: now)
    longest = max(longest, waiting)
  }

  /// Removes and returns the call that has waited longest. There must be one.
  @inline(__always)
  mutating func removeFirst(in calls: Slab<ServiceCall>, at now: Int64) -> ID<ServiceCall> {
    let call = head
    head = calls[call].next
    if !head.exists { tail = .none }
    change(waiting: -1, at: now)
    return call
  }

  mutating func removeAll(at now: Int64) {
    change(busy: -busy, waiting: -waiting, at: now)
    head = .none
    tail = .none
  }

  @inline(__always)
  mutating func updatePeak() { peak = max(peak, busy + waiting) }

  mutating func resetLongest() { longest = waiting }

  /// How long its workers have been busy, in nanoseconds.
  func busyTime(at now: Int64) -> Double { WorkQueue.number(busyEnds &+ WorkQueue.times(busy, now)) }

  /// The sum over time of the calls that were present. Divided by time it is their mean number.
  func presence(at now: Int64) -> Double {
    WorkQueue.number(presenceEnds &+ WorkQueue.times(busy + waiting, now))
  }

  @inline(__always)
  private static func times(_ count: Int32, _ now: Int64) -> UInt128 {
    UInt128(truncatingIfNeeded: count) &* UInt128(UInt64(bitPattern: now))
  }

  /// Few numbers need more than 64 bits, and converting those takes thousands of steps.
  private static func number(_ wide: UInt128) -> Double {
    wide >> 64 == 0 ? Double(UInt64(truncatingIfNeeded: wide)) : Double(wide)
  }
}
