/// The kinds of event in the calendar.
enum SiteEvent: UInt8, BitwiseCopyable, Equatable {
  /// The next request of a run starts.
  case arrival
  /// A component has finished its own part of a call.
  case served
  /// The first timer in a timer queue ends.
  case timerQueue
  /// A health check starts.
  case check
  /// A health check that has had no answer tries again to connect.
  case checkRetry
  /// A scheduled command is due.
  case command
  /// A server's weight increases by a step of its slow start.
  case ramp
  /// A database node checks for disk space again.
  case disk
  /// A balancer's plan to take the shared address or give it up is due.
  case takeover
  /// The planned automatic failover is due.
  case failover
  /// The TLS handshake between a user's computer and a balancer is complete.
  case handshake
  /// The interval of a monitoring agent has ended.
  case sample
  /// The collector stops waiting for an agent's answer.
  case scrapeTimeout
  /// A fault that ends by itself is over.
  case faultEnd
}

/// The kinds of timer. Most timers are stopped before they end.
enum SiteTimer: UInt8, BitwiseCopyable {
  /// The balancer's timer for a request.
  case request
  /// The timer for the patience of a request's user.
  case patience
  /// A component's timer for a call to another component.
  case call
  /// The timer for the answer to a health check.
  case check
  /// The timer until the next health check.
  case nextCheck
}

extension Clock {
  /// Schedules an event for a subject. The event becomes invalid if the subject's generation changes.
  @inline(__always)
  mutating func schedule<Subject>(
    _ event: SiteEvent, _ subject: ID<Subject>, generation: UInt32 = 0, in delay: Int64
  ) {
    schedule(event: event.rawValue, subject: subject.raw, generation: generation, in: delay)
  }

  mutating func scheduleArrival(in delay: Int64) {
    scheduleArrival(event: SiteEvent.arrival.rawValue, in: delay)
  }

  /// Starts a timer for a subject. The timer becomes invalid if the subject's generation changes.
  @inline(__always)
  mutating func start<Subject>(
    _ timer: SiteTimer, _ subject: ID<Subject>, generation: UInt32, in queue: ID<TimerQueue>
  ) {
    start(
      timer.rawValue, subject: subject.raw, generation: generation, in: queue,
      queueEvent: SiteEvent.timerQueue.rawValue)
  }

  /// Schedules the next timer of a queue after its first timer was removed.
  @inline(__always)
  mutating func reschedule(_ queue: ID<TimerQueue>) {
    reschedule(queue, queueEvent: SiteEvent.timerQueue.rawValue)
  }
}
