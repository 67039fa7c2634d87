import Glibc
import Shell

/// Reads and writes whole files. A failure is returned as a reason in plain words.
enum WholeFile {
  /// The most bytes of a file that is read.
  static let largestSize = 64 << 20
  static let tooLargeMessage = "it is larger than 64 MiB"

  /// Reads a file. Waits for a pipe while `shouldContinue` returns true, because the other end may never write.
  static func read(_ path: String, while shouldContinue: () -> Bool = { true }) -> FileText {
    if let obstacle = obstacle(toReading: path) { return .failed(obstacle) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return .failed(reason(errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      while !Descriptors.isReady(descriptor) {
        guard shouldContinue() else { return .failed("no data arrived from it") }
      }
      guard let count = Descriptors.read(descriptor, into: &chunk) else { return .failed(reason(errno)) }
      if count == 0 { return .text(String(decoding: bytes, as: UTF8.self)) }
      bytes += chunk[..<count]
      if bytes.count > largestSize { return .failed(tooLargeMessage) }
    }
  }

  /// Returns the reason why the file cannot be read, if the reason is known without opening the file.
  static func obstacle(toReading path: String) -> String? {
    if path.utf8.contains(0) { return reason(ENOENT) }
    var status = stat()
    guard stat(path, &status) == 0 else { return reason(errno) }
    if status.st_mode & S_IFMT == S_IFDIR { return reason(EISDIR) }
    if access(path, R_OK) != 0 { return reason(errno) }
    return status.st_size > largestSize ? tooLargeMessage : nil
  }

  /// Replaces the whole file, or leaves it as it was. Returns the reason if this fails.
  static func write(_ path: String, _ text: String, while shouldContinue: () -> Bool = { true }) -> String? {
    if path.isEmpty || path.utf8.contains(0) { return reason(ENOENT) }
    var status = stat()
    guard stat(path, &status) == 0 else {
      return errno == ENOENT ? replace(path, with: text, mode: nil) : reason(errno)
    }
    if status.st_mode & S_IFMT == S_IFDIR { return reason(EISDIR) }
    if access(path, W_OK) != 0 { return reason(errno) }
    // A pipe or a device can only be written to. A link stays, and its target is replaced.
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isPipe = status.st_mode & S_IFMT == S_IFIFO
      return writeDirectly(text, into: path, while: { isPipe && shouldContinue() })
    }
    guard let real = realpath(path, nil) else { return reason(errno) }
    defer { free(real) }
    return replace(String(cString: real), with: text, mode: status.st_mode & 0o7777)
  }

  /// Writes to a pipe or a device. Waits for a reader while `shouldContinue` returns true.
  private static func writeDirectly(_ text: String, into path: String, while shouldContinue: () -> Bool)
    -> String?
  {
    var descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK)
    while descriptor < 0, errno == ENXIO {
      guard shouldContinue() else { return "no program reads from it" }
      usleep(50_000)
      descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK)
    }
    guard descriptor >= 0 else { return reason(errno) }
    defer { close(descriptor) }
    return Descriptors.write(Array(text.utf8), to: descriptor).map(reason)
  }

  /// Writes a draft beside the file and renames it over the file. Signals are blocked meanwhile, so that no
  /// draft is left. If this returns nil, the new file survives a power cut.
  private static func replace(_ path: String, with text: String, mode: mode_t?) -> String? {
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let draft = "\(folder).tripod-\(getpid())"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode ?? 0o666) & 0o777)
    guard descriptor >= 0 else { return errno == ENOENT ? "there is no such folder" : reason(errno) }
    if let mode { fchmod(descriptor, mode) }
    var failure = Descriptors.write(Array(text.utf8), to: descriptor)
    if failure == nil { failure = Descriptors.sync(descriptor) }
    if close(descriptor) != 0, failure == nil { failure = errno }
    if failure == nil, rename(draft, path) != 0 { failure = errno }
    if failure != nil { unlink(draft) }
    return (failure ?? Folder.sync(Folder.folder(of: path))).map(reason)
  }
}
