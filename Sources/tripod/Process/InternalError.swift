import CLibedit
import Glibc

/// A trap, a stack overflow or another error in Tripod itself.
enum InternalError {
  /// Makes internal errors end the program with a message and an exit status instead of a signal.
  static func installHandlers() {
    _ = spareStack()
    var action = sigaction()
    action.sa_flags = SA_ONSTACK
    action.__sigaction_handler.sa_handler = { _ in
      terminal_restore()
      let message: StaticString = "tripod: internal error in Tripod; your input is not the cause\n"
      _ = write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
      _exit(ExitStatus.internalError.rawValue)
    }
    for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS] {
      sigaction(signal, &action, nil)
    }
  }

  /// Runs the work of a second thread, so that internal errors in it are handled in the same way.
  static func withSpareStack(_ work: () -> Void) {
    let stack = spareStack()
    work()
    var none = stack_t(ss_sp: nil, ss_flags: Int32(SS_DISABLE), ss_size: 0)
    sigaltstack(&none, nil)
    stack.deallocate()
  }

  /// Installs a second stack for this thread, because the handler cannot run on a stack that has overflowed.
  private static func spareStack() -> UnsafeMutableRawPointer {
    let size = 65_536
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    var spare = stack_t(ss_sp: memory, ss_flags: 0, ss_size: size)
    sigaltstack(&spare, nil)
    return memory
  }
}
