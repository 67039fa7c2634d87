import Glibc
import Synchronization

/// Keeps stored files private to their owner.
enum Privacy {
  /// Whether a failure has been reported in this run.
  private static let isReported = Mutex(false)

  /// Removes all permissions of other users on a file or folder. A failure is reported, once per run.
  static func protect(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & 0o077 != 0, let mode = mode(for: status) else { return }
    guard chmod(path, mode) != 0 else { return }
    let code = errno
    let isNew = isReported.withLock { isReported in
      defer { isReported = true }
      return !isReported
    }
    if isNew { printError("other users can read \(path), and this cannot be changed: \(reason(code))") }
  }

  /// Returns the permissions that allow only the owner access, or nil for a device, which stores nothing.
  private static func mode(for status: stat) -> mode_t? {
    switch status.st_mode & S_IFMT {
    case S_IFDIR: 0o700
    case S_IFREG: 0o600
    default: nil
    }
  }
}
