/// Timers, in one queue for each length: the first that was started is the first to end.
///
/// So only the first timer of a queue has to be in the calendar. Nearly every timer is stopped before it ends, because
/// the answer comes in time. In the calendar each would cost a place in the heap; here it costs a few stores, and stopped
/// timers are dropped when they are first. A timer gets its running number when it is started, so the order of events
/// is the same as if all timers were in the calendar.
struct TimerQueues: Equatable, Sendable {
  private var queues = Slab<TimerQueue>()
  /// The rings of all queues. A ring that grows moves to the end, and leaves less unused room than it has itself.
  private var timers = Slab<CalendarEntry>()

  mutating func own() {
    queues.own()
    timers.own()
  }

  /// Returns the queue for timers of this length.
  mutating func queue(length: Int64) -> ID<TimerQueue> {
    for id in queues.ids where queues[id].length == length { return id }
    queues.append(TimerQueue(length: length))
    return ID(queues.count - 1)
  }

  @inline(__always)
  func length(of queue: ID<TimerQueue>) -> Int64 { queues[queue].length }

  @inline(__always)
  func isEmpty(_ queue: ID<TimerQueue>) -> Bool { queues[queue].count == 0 }

  @inline(__always)
  func first(of queue: ID<TimerQueue>) -> CalendarEntry { timers[queues[queue].start + queues[queue].head] }

  /// Appends the timer, and returns whether it is now the first of its queue.
  @inline(__always)
  mutating func append(_ timer: CalendarEntry, to queue: ID<TimerQueue>) -> Bool {
    if queues[queue].count > queues[queue].mask { grow(queue, filling: timer) }
    let count = queues.edit(queue) { queue in
      timers[queue.start + (queue.head + queue.count) & queue.mask] = timer
      queue.count += 1
      return queue.count
    }
    return count == 1
  }

  @inline(__always)
  func dropFirst(of queue: ID<TimerQueue>) {
    queues.edit(queue) { queue in
      queue.head = (queue.head + 1) & queue.mask
      queue.count -= 1
    }
  }

  private mutating func grow(_ queue: ID<TimerQueue>, filling timer: CalendarEntry) {
    let old = queues[queue]
    queues[queue].start = timers.count
    for i in 0..<old.count { timers.append(timers[old.start + (old.head + i) & old.mask]) }
    for _ in 0..<max(16, old.count) { timers.append(timer) }
    queues[queue].head = 0
    queues[queue].mask = timers.count - queues[queue].start - 1
  }
}

/// The timers of one length: a ring whose size is a power of two.
struct TimerQueue: BitwiseCopyable, Equatable {
  let length: Int64
  fileprivate(set) var start = 0
  fileprivate(set) var mask = -1
  fileprivate(set) var head = 0
  fileprivate(set) var count = 0
}
