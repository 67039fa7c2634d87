/// The kinds of events that the calendar has, each with the subject that it is about.
enum SiteEvent: UInt8, BitwiseCopyable, Equatable {
  /// The next request of a run starts.
  case arrival
  /// A component has finished its own part of a call.
  case served
  /// The first timer of a timer queue ends.
  case timerQueue
  /// A health check starts.
  case check
  /// A health check that met silence is tried again.
  case checkRetry
  /// The time of a scheduled command has come.
  case command
  /// A server's weight grows a step.
  case ramp
  /// A database node looks again for disk space.
  case disk
  /// A balancer takes the shared address, or gives it up.
  case takeover
  /// The observers have seen the primary fail for long enough.
  case failover
  /// A user's computer and a balancer have agreed on a key.
  case handshake
  /// The interval of a monitoring agent has passed.
  case sample
  /// The collector has waited long enough for an agent.
  case scrapeTimeout
  /// A fault that ends by itself is over.
  case faultEnd
}

/// The kinds of timers, each with the subject that it is about. Most are stopped before they end.
enum SiteTimer: UInt8, BitwiseCopyable {
  /// The balancer's timer for a request.
  case request
  /// The patience of a request's user.
  case patience
  /// A component's timer for a call that it makes.
  case call
  /// A health check has waited long enough for its answer.
  case check
  /// The next health check is due.
  case nextCheck
}

extension Clock {
  /// Schedules an event about a subject. It no longer counts if the subject's turn changes.
  @inline(__always)
  mutating func schedule<Subject>(
    _ event: SiteEvent, _ subject: ID<Subject>, turn: UInt32 = 0, in delay: Int64
  ) {
    schedule(event: event.rawValue, subject: subject.raw, turn: turn, in: delay)
  }

  mutating func scheduleArrival(in delay: Int64) {
    scheduleArrival(event: SiteEvent.arrival.rawValue, in: delay)
  }

  /// Starts a timer. It no longer counts if the subject's turn changes.
  @inline(__always)
  mutating func start<Subject>(
    _ timer: SiteTimer, _ subject: ID<Subject>, turn: UInt32, in queue: ID<TimerQueue>
  ) {
    start(
      timer.rawValue, subject: subject.raw, turn: turn, in: queue,
      queueEvent: SiteEvent.timerQueue.rawValue)
  }

  /// Schedules the next timer of a queue whose first timer was removed.
  @inline(__always)
  mutating func reschedule(_ queue: ID<TimerQueue>) {
    reschedule(queue, queueEvent: SiteEvent.timerQueue.rawValue)
  }
}
