/// The time, and what is to happen at which time.
///
/// What the events and timers mean only their scheduler knows: see `CalendarEntry`.
struct Clock: Equatable, Sendable {
  /// Nanoseconds since the start.
  private(set) var now: Int64 = 0
  /// The running number that orders events at the same moment. It grows with everything that happens.
  private(set) var order: UInt64 = 0
  private var calendar = Calendar()
  private var timers = TimerQueues()

  mutating func own() {
    calendar.own()
    timers.own()
  }

  var isEmpty: Bool { calendar.isEmpty }
  /// The number of scheduled events.
  var count: Int { calendar.count }
  /// The time of the next event.
  var nextTime: Int64? { mutating get { calendar.nextTime } }

  /// Removes and returns the next event, whose time it is now. There must be one.
  @inline(__always)
  mutating func next() -> CalendarEntry {
    let entry = calendar.next()
    now = entry.time
    return entry
  }

  /// Lets time pass. No event may be due before.
  mutating func pass(to time: Int64) { now = time }

  /// Returns a new running number.
  @inline(__always)
  mutating func nextNumber() -> UInt64 {
    order &+= 1
    return order
  }

  @inline(__always)
  mutating func schedule(event: UInt8, subject: Int32, turn: UInt32, in delay: Int64) {
    calendar.insert(entry(event, subject, turn, in: delay))
  }

  /// Schedules the arrival of the next request. There can be one at a time.
  mutating func scheduleArrival(event: UInt8, in delay: Int64) {
    calendar.setArrival(entry(event, 0, 0, in: delay))
  }

  @inline(__always)
  private mutating func entry(_ event: UInt8, _ subject: Int32, _ turn: UInt32, in delay: Int64)
    -> CalendarEntry
  {
    let key = CalendarEntry.key(at: now + delay, nextNumber())
    return CalendarEntry(key: key, event: event, turn: turn, subject: subject)
  }

  // MARK: Timers

  /// Returns the queue for timers of this length in nanoseconds.
  mutating func timerQueue(length: Int64) -> ID<TimerQueue> { timers.queue(length: length) }

  /// Starts a timer. When it is the first of its queue, the queue is scheduled as the event `queueEvent`.
  @inline(__always)
  mutating func start(
    _ timer: UInt8, subject: Int32, turn: UInt32, in queue: ID<TimerQueue>, queueEvent: UInt8
  ) {
    let entry = entry(timer, subject, turn, in: timers.length(of: queue))
    if timers.append(entry, to: queue) { schedule(queue, at: entry.key, queueEvent) }
  }

  @inline(__always)
  private mutating func schedule(_ queue: ID<TimerQueue>, at key: UInt128, _ event: UInt8) {
    calendar.insert(CalendarEntry(key: key, event: event, turn: 0, subject: queue.raw))
  }

  /// Removes and returns the first timer of a queue.
  @inline(__always)
  mutating func removeFirst(of queue: ID<TimerQueue>) -> CalendarEntry {
    let timer = timers.first(of: queue)
    timers.dropFirst(of: queue)
    return timer
  }

  /// The first timer of a queue, if there is one.
  @inline(__always)
  func first(of queue: ID<TimerQueue>) -> CalendarEntry? {
    timers.isEmpty(queue) ? nil : timers.first(of: queue)
  }

  /// Schedules a queue whose first timer was removed, if it has another.
  @inline(__always)
  mutating func reschedule(_ queue: ID<TimerQueue>, queueEvent: UInt8) {
    if let timer = first(of: queue) { schedule(queue, at: timer.key, queueEvent) }
  }
}
