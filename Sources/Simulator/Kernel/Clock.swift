/// The current time, and the scheduled events and timers.
///
/// The clock does not interpret events and timers; their scheduler defines their meaning. See
/// `CalendarEntry`.
struct Clock: Equatable, Sendable {
  /// Nanoseconds since the start.
  private(set) var now: Int64 = 0
  /// The last sequence number. The numbers order events at the same moment, and each scheduled event or timer
  /// gets a new one.
  private(set) var order: UInt64 = 0
  private var calendar = Calendar()
  private var timers = TimerQueues()

  mutating func makeUnique() {
    calendar.makeUnique()
    timers.makeUnique()
  }

  var isEmpty: Bool { calendar.isEmpty }
  /// The number of scheduled events.
  var count: Int { calendar.count }
  /// The time of the next event; nil if there is none.
  var nextTime: Int64? { mutating get { calendar.nextTime } }

  /// Removes and returns the next event, and advances the clock to its time. There must be an event.
  @inline(__always)
  mutating func next() -> CalendarEntry {
    let entry = calendar.next()
    now = entry.time
    return entry
  }

  /// Sets the time. No event may be due before this time.
  mutating func advance(to time: Int64) { now = time }

  /// Returns a new sequence number.
  @inline(__always)
  mutating func nextNumber() -> UInt64 {
    order &+= 1
    return order
  }

  @inline(__always)
  mutating func schedule(event: UInt8, subject: Int32, generation: UInt32, in delay: Int64) {
    calendar.insert(entry(event, subject, generation, in: delay))
  }

  /// Schedules the arrival of the next request. No other arrival may be scheduled.
  mutating func scheduleArrival(event: UInt8, in delay: Int64) {
    calendar.setArrival(entry(event, 0, 0, in: delay))
  }

  @inline(__always)
  private mutating func entry(_ event: UInt8, _ subject: Int32, _ generation: UInt32, in delay: Int64)
    -> CalendarEntry
  {
    let key = CalendarEntry.key(at: now + delay, nextNumber())
    return CalendarEntry(key: key, event: event, generation: generation, subject: subject)
  }

  // MARK: Timers

  /// Returns the queue for timers of this length, in nanoseconds.
  mutating func timerQueue(length: Int64) -> ID<TimerQueue> { timers.queue(length: length) }

  /// Starts a timer. If it is the first in its queue, schedules the queue as the event `queueEvent`.
  @inline(__always)
  mutating func start(
    _ timer: UInt8, subject: Int32, generation: UInt32, in queue: ID<TimerQueue>, queueEvent: UInt8
  ) {
    let entry = entry(timer, subject, generation, in: timers.length(of: queue))
    if timers.append(entry, to: queue) { schedule(queue, at: entry.key, queueEvent) }
  }

  @inline(__always)
  private mutating func schedule(_ queue: ID<TimerQueue>, at key: UInt128, _ event: UInt8) {
    calendar.insert(CalendarEntry(key: key, event: event, generation: 0, subject: queue.raw))
  }

  /// Removes and returns the first timer of a queue.
  @inline(__always)
  mutating func removeFirst(of queue: ID<TimerQueue>) -> CalendarEntry {
    let timer = timers.first(of: queue)
    timers.dropFirst(of: queue)
    return timer
  }

  /// Returns the first timer of a queue; nil if the queue is empty.
  @inline(__always)
  func first(of queue: ID<TimerQueue>) -> CalendarEntry? {
    timers.isEmpty(queue) ? nil : timers.first(of: queue)
  }

  /// Schedules a queue again after the removal of its first timer, if the queue has another timer.
  @inline(__always)
  mutating func reschedule(_ queue: ID<TimerQueue>, queueEvent: UInt8) {
    if let timer = first(of: queue) { schedule(queue, at: timer.key, queueEvent) }
  }
}
