import Glibc
import Synchronization

/// Keeps what the program leaves for the next time from other users.
enum Privacy {
  private static let isSaid = Mutex(false)

  /// Takes from others every right to a file or a folder of ours. Where that cannot be done it is said, once in a run.
  static func protect(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & 0o077 != 0, let mode = mode(for: status) else { return }
    guard chmod(path, mode) != 0 else { return }
    let code = errno
    let isNew = isSaid.withLock { said in
      defer { said = true }
      return !said
    }
    if isNew { complain("other users can read \(path), and this cannot be changed: \(reason(code))") }
  }

  /// What only its owner can use; nil for a device, which keeps nothing.
  private static func mode(for status: stat) -> mode_t? {
    switch status.st_mode & S_IFMT {
    case S_IFDIR: 0o700
    case S_IFREG: 0o600
    default: nil
    }
  }
}
