import Glibc

/// What may end a wait or a long piece of work: a limit of real time, and Ctrl-C in a conversation.
struct Patience: Sendable {
  private let deadline: Int64?
  private let heedsInterrupts: Bool

  enum Wait {
    case ready, interrupted, late
  }

  /// With interrupts heeded, Ctrl-C no longer ends the program: it stays pending until somebody asks for it.
  init(limit: Limit?, heedsInterrupts: Bool) {
    deadline = limit.map { Patience.now.addingReportingOverflow($0.nanoseconds) }
      .map { $0.overflow ? Int64.max : $0.partialValue }
    self.heedsInterrupts = heedsInterrupts
    guard heedsInterrupts else { return }
    var interrupt = Patience.interrupt
    pthread_sigmask(SIG_BLOCK, &interrupt, nil)
    signal(SIGINT) { _ in }
  }

  var isOver: Bool { deadline.map { Patience.now >= $0 } ?? false }

  /// Whether long work should go on; an interrupt is used up by the answer.
  func allowsMore() -> Bool { !isOver && !takeInterrupt() }

  /// Waits until the descriptor has something to read.
  func wait(for descriptor: Int32) -> Wait {
    guard deadline != nil || heedsInterrupts else { return .ready }
    while true {
      if isOver { return .late }
      if takeInterrupt() { return .interrupted }
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let count = interruptibly { poll(&request, 1, millisecondsLeft) }
      if count > 0 || count < 0 && errno != EINTR { return .ready }
      if count < 0, heedsInterrupts { return .interrupted }
    }
  }

  /// As `poll` wants it: rounded up, and negative where there is no end.
  private var millisecondsLeft: Int32 {
    guard let deadline else { return -1 }
    return Int32(clamping: max(0, deadline - Patience.now) / 1_000_000 + 1)
  }

  private func interruptibly(_ wait: () -> Int32) -> Int32 {
    guard heedsInterrupts else { return wait() }
    var interrupt = Patience.interrupt
    pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
    defer { pthread_sigmask(SIG_BLOCK, &interrupt, nil) }
    return wait()
  }

  private func takeInterrupt() -> Bool {
    guard heedsInterrupts else { return false }
    var interrupt = Patience.interrupt
    var none = timespec()
    return sigtimedwait(&interrupt, nil, &none) == SIGINT
  }

  private static var interrupt: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    return set
  }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
