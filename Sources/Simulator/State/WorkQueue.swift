/// The calls at a component, which are being served or wait for a worker.
struct WorkQueue: BitwiseCopyable, Equatable {
  private(set) var busy: Int32 = 0
  private(set) var waiting: Int32 = 0
  private var head = ID<ServiceCall>.none
  private var tail = ID<ServiceCall>.none
  /// The most calls that were present at the same time.
  private(set) var peak: Int32 = 0
  /// The most calls that waited at the same time since the last run began.
  private(set) var longestWait: Int32 = 0
  /// The sum of the times when a worker became free, minus the sum of the times when a worker became busy.
  ///
  /// Adding the current time for each busy worker gives the exact busy time of all workers. The sum may be
  /// negative in between, so it wraps.
  private var busyEnds: UInt128 = 0
  /// The corresponding sum for all calls at the component, waiting or being served.
  private var presenceEnds: UInt128 = 0

  /// Adds to the number of busy workers and to the number of waiting calls. Either number may be negative.
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
    longestWait = max(longestWait, waiting)
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

  mutating func resetLongest() { longestWait = waiting }

  /// Returns the total time for which the workers have been busy, in nanoseconds.
  func busyTime(at now: Int64) -> Double { WorkQueue.number(busyEnds &+ WorkQueue.times(busy, now)) }

  /// Returns the number of calls present, added up over time in nanoseconds. Divided by the time, it is their
  /// mean number.
  func presentTime(at now: Int64) -> Double {
    WorkQueue.number(presenceEnds &+ WorkQueue.times(busy + waiting, now))
  }

  @inline(__always)
  private static func times(_ count: Int32, _ now: Int64) -> UInt128 {
    UInt128(truncatingIfNeeded: count) &* UInt128(UInt64(bitPattern: now))
  }

  /// Converts a wide number. Few numbers need more than 64 bits, and converting those is slow.
  private static func number(_ wide: UInt128) -> Double {
    wide >> 64 == 0 ? Double(UInt64(truncatingIfNeeded: wide)) : Double(wide)
  }
}
