import Glibc

/// What may end a wait or a long piece of work: a limit of real time, and in a conversation a signal.
struct Patience: Sendable {
  private let deadline: Int64?
  let signals: Signals?

  enum Wait: Equatable {
    case ready, late
    case signal(Int32)
  }

  init(limit: Limit?, signals: Signals?) {
    deadline = limit.map { Patience.now.addingReportingOverflow($0.nanoseconds) }
      .map { $0.overflow ? Int64.max : $0.partialValue }
    self.signals = signals
  }

  /// Itself, but over after that long at the latest.
  func atMost(milliseconds: Int) -> Patience {
    Patience(
      deadline: min(deadline ?? .max, Patience.now + Int64(milliseconds) * 1_000_000), signals: signals)
  }

  private init(deadline: Int64, signals: Signals?) {
    self.deadline = deadline
    self.signals = signals
  }

  var isOver: Bool { deadline.map { Patience.now >= $0 } ?? false }

  /// Whether long work should go on; Ctrl-C is used up by the answer.
  func allowsMore(beforeStop: () -> Void = {}) -> Bool {
    if isOver { return false }
    guard let signals else { return true }
    if signals.isStopWanted {
      beforeStop()
      stop()
    }
    return !signals.takeInterrupt() && !signals.isEndWanted
  }

  /// Ctrl-Z: gives the terminal back until the program is told to go on.
  func stop() {
    guard let signals else { return }
    Terminal.giveBack { signals.stop() }
  }

  /// Waits until the descriptor has something to read.
  func wait(for descriptor: Int32) -> Wait {
    while true {
      if isOver { return .late }
      if let signal = signals?.next() { return .signal(signal) }
      var requests = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
      if let signals { requests.append(pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)) }
      let count = poll(&requests, nfds_t(requests.count), millisecondsLeft)
      // What is typed behind Ctrl-C comes after it.
      if count > 1, let signal = signals?.next() { return .signal(signal) }
      if count < 0 && errno != EINTR || count > 0 && requests[0].revents != 0 { return .ready }
    }
  }

  /// As `poll` wants it: rounded up, and negative where there is no end.
  private var millisecondsLeft: Int32 {
    guard let deadline else { return -1 }
    return Int32(clamping: max(0, deadline - Patience.now) / 1_000_000 + 1)
  }

  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

extension Patience {
  /// Waits a while; whether there is time left then, and nobody has interrupted.
  func pause(milliseconds: UInt32) -> Bool {
    guard allowsMore() else { return false }
    usleep(milliseconds * 1_000)
    return allowsMore()
  }
}
