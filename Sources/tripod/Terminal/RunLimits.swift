import Glibc

/// What can end a wait or a long piece of work: a limit of real time and, in an interactive run, a signal.
struct RunLimits: Sendable {
  private let deadline: Int64?
  let signals: Signals?

  /// What ended a wait.
  enum WaitResult: Equatable {
    case ready, timedOut
    case signal(Int32)
  }

  init(limit: TimeLimit?, signals: Signals?) {
    deadline = limit.map { MonotonicClock.now.addingReportingOverflow($0.nanoseconds) }
      .map { $0.overflow ? Int64.max : $0.partialValue }
    self.signals = signals
  }

  /// Returns the same limits with an earlier end.
  func atMost(milliseconds: Int) -> RunLimits {
    RunLimits(
      deadline: min(deadline ?? .max, MonotonicClock.now + Int64(milliseconds) * 1_000_000), signals: signals)
  }

  private init(deadline: Int64, signals: Signals?) {
    self.deadline = deadline
    self.signals = signals
  }

  var isTimeUp: Bool { deadline.map { MonotonicClock.now >= $0 } ?? false }

  /// Returns whether long work should continue. Takes a pending Ctrl-C, and obeys Ctrl-Z.
  func allowsMore(beforeStop: () -> Void = {}) -> Bool {
    if isTimeUp { return false }
    guard let signals else { return true }
    if signals.isSuspensionPending {
      beforeStop()
      suspend()
    }
    return !signals.takeInterrupt() && !signals.isTerminationPending
  }

  /// Obeys Ctrl-Z: restores the terminal and stops the program until it is continued.
  func suspend() {
    guard let signals else { return }
    Terminal.withOriginalSettings { signals.stop() }
  }

  /// Waits until the descriptor has something to read.
  func wait(for descriptor: Int32) -> WaitResult {
    while true {
      if isTimeUp { return .timedOut }
      if let signal = signals?.next() { return .signal(signal) }
      var requests = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
      if let signals { requests.append(pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)) }
      let count = poll(&requests, nfds_t(requests.count), millisecondsLeft)
      // Ctrl-C comes before the characters that were typed after it.
      if count > 1, let signal = signals?.next() { return .signal(signal) }
      if count < 0 && errno != EINTR || count > 0 && requests[0].revents != 0 { return .ready }
    }
  }

  /// The timeout for `poll`: rounded up, and negative if there is no limit.
  private var millisecondsLeft: Int32 {
    guard let deadline else { return -1 }
    return Int32(clamping: max(0, deadline - MonotonicClock.now) / 1_000_000 + 1)
  }

}

extension RunLimits {
  /// Waits for the given time. Returns whether work should continue afterwards.
  func pause(milliseconds: UInt32) -> Bool {
    guard allowsMore() else { return false }
    usleep(milliseconds * 1_000)
    return allowsMore()
  }
}
