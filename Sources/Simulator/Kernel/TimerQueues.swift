/// The timers, in one queue for each length. Within a queue, timers end in the order in which they were
/// started.
///
/// Only the first timer of a queue has to be in the calendar. Nearly every timer is stopped before it ends,
/// because the answer arrives in time. Adding a timer to a queue is much cheaper than to the calendar, and
/// stopped timers are dropped when they become first.
///
/// A timer gets its sequence number when it is started. The order of events is therefore the same as if all
/// timers were in the calendar.
struct TimerQueues: Equatable, Sendable {
  private var queues = Slab<TimerQueue>()
  /// The ring buffers of all queues. A ring that grows moves to the end. The unused space that it leaves is
  /// smaller than the new ring.
  private var timers = Slab<CalendarEntry>()

  mutating func makeUnique() {
    queues.makeUnique()
    timers.makeUnique()
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

  /// Appends the timer, and returns whether it is now the first in its queue.
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

/// The queue of the timers of one length: a ring buffer whose size is a power of two.
struct TimerQueue: BitwiseCopyable, Equatable {
  let length: Int64
  fileprivate(set) var start = 0
  fileprivate(set) var mask = -1
  fileprivate(set) var head = 0
  fileprivate(set) var count = 0
}
