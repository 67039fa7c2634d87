import CLibedit
import Glibc

/// A trap, a runaway recursion or another fault of the program itself.
enum Fault {
  /// From here on, one ends the program with a sentence and a status of its own instead of a signal.
  static func endsWithItsOwnStatus() {
    _ = spareStack()
    var action = sigaction()
    action.sa_flags = SA_ONSTACK
    action.__sigaction_handler.sa_handler = { _ in
      terminal_restore()
      let message: StaticString = "tripod: this is a fault of the program itself, not of what you did\n"
      _ = write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
      _exit(ExitStatus.faulty.rawValue)
    }
    for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS] {
      sigaction(signal, &action, nil)
    }
  }

  /// Does the work of another thread, whose faults end the program in the same way.
  static func standsBeside(_ work: () -> Void) {
    let stack = spareStack()
    work()
    var none = stack_t(ss_sp: nil, ss_flags: Int32(SS_DISABLE), ss_size: 0)
    sigaltstack(&none, nil)
    stack.deallocate()
  }

  /// A stack that has overflowed cannot carry the handler; each thread needs one beside its own.
  private static func spareStack() -> UnsafeMutableRawPointer {
    let size = 65_536
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    var spare = stack_t(ss_sp: memory, ss_flags: 0, ss_size: size)
    sigaltstack(&spare, nil)
    return memory
  }
}
