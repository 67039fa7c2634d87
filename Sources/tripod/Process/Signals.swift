import CLibedit
import Glibc

/// The signals that an interactive run blocks and handles itself when it is ready for them.
struct Signals: Sendable {
  /// A descriptor that can be read as soon as a signal is pending.
  let descriptor: Int32

  private static let handledSignals = [SIGINT, SIGTSTP, SIGCONT, SIGWINCH] + deadlySignals
  /// The signals that end the program, except those that an internal error raises.
  private static let deadlySignals =
    [
      SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGPOLL, SIGXCPU, SIGSTKFLT,
      SIGPWR,
    ] + Array(__libc_current_sigrtmin()...__libc_current_sigrtmax())

  /// Blocks the signals, so that they stay pending until they are taken.
  init() {
    var all = Signals.set(Signals.handledSignals)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    descriptor = signalfd(-1, &all, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
  }

  /// Takes the next pending signal.
  func next() -> Int32? { take(Signals.handledSignals) }

  /// Whether Ctrl-C was pressed. Takes the signal.
  func takeInterrupt() -> Bool { take([SIGINT]) != nil }

  /// Whether a signal asks the program to end. The signal stays pending.
  var isTerminationPending: Bool { isPending(among: Signals.deadlySignals) }
  /// Whether Ctrl-Z was pressed. The signal stays pending.
  var isSuspensionPending: Bool { isPending(among: [SIGTSTP]) }

  static func isDeadly(_ signal: Int32) -> Bool { deadlySignals.contains(signal) }

  /// Stops the program, which is the default effect of Ctrl-Z. Returns when the program is continued.
  func stop() {
    _ = take([SIGTSTP])
    raise(SIGTSTP)
    var stop = Signals.set([SIGTSTP])
    pthread_sigmask(SIG_UNBLOCK, &stop, nil)
    pthread_sigmask(SIG_BLOCK, &stop, nil)
    _ = take([SIGCONT])
  }

  /// Ends the program with the default effect of the signal.
  func end(by signal: Int32) -> Never {
    Glibc.signal(signal, SIG_DFL)
    var deadlySignals = Signals.set([signal])
    raise(signal)
    pthread_sigmask(SIG_UNBLOCK, &deadlySignals, nil)
    exit(128 + signal)
  }

  private func take(_ signals: [Int32]) -> Int32? {
    var set = Signals.set(signals)
    var none = timespec()
    let signal = sigtimedwait(&set, nil, &none)
    return signal > 0 ? signal : nil
  }

  private func isPending(among signals: [Int32]) -> Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return signals.contains { sigismember(&pending, $0) == 1 }
  }

  private static func set(_ signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }
}
