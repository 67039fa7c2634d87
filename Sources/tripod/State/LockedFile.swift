import Glibc

/// A file of complete lines that only its owner may read. It is locked while it is open, so that other Tripod
/// processes cannot change it.
struct LockedFile {
  let path: String
  let descriptor: Int32

  /// Opens or creates the file. Waits until no other process has it locked.
  init(_ path: String) throws(StateFolder.StorageError) {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw .unusable(path, reason: reason(errno)) }
      // A device or a pipe does not store anything.
      guard Descriptors.isFile(descriptor) else {
        Glibc.close(descriptor)
        throw .unusable(path, reason: "it is not an ordinary file")
      }
      while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
      if LockedFile.isAt(path, descriptor) {
        self.descriptor = descriptor
        self.path = path
        do throws(StateFolder.StorageError) {
          try syncName()
        } catch {
          Glibc.close(descriptor)
          throw error
        }
        return
      }
      // Another process has replaced the file meanwhile.
      Glibc.close(descriptor)
    }
  }

  /// Whether other processes may read a locked file.
  enum LockMode {
    case shared, exclusive

    fileprivate var operation: Int32 { self == .shared ? LOCK_SH : LOCK_EX }
  }

  /// Opens an existing file. Returns nil if it does not exist or another process has it locked.
  init?(unlocked path: String, _ mode: LockMode) throws(StateFolder.StorageError) {
    let descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw .unusable(path, reason: reason(errno))
    }
    guard flock(descriptor, mode.operation | LOCK_NB) == 0 else {
      let code = errno
      Glibc.close(descriptor)
      if code == EWOULDBLOCK { return nil }
      throw .unusable(path, reason: reason(code))
    }
    guard LockedFile.isAt(path, descriptor) else {
      Glibc.close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    self.path = path
  }

  /// Whether the path still leads to the open file.
  private static func isAt(_ path: String, _ descriptor: Int32) -> Bool {
    var (there, here) = (stat(), stat())
    return stat(path, &there) == 0 && fstat(descriptor, &here) == 0 && there.st_ino == here.st_ino
      && there.st_dev == here.st_dev && here.st_mode & S_IFMT == S_IFREG
  }

  /// Syncs the name of an empty file to the disk, because the file may be new.
  private func syncName() throws(StateFolder.StorageError) {
    guard try size() == 0, let code = Folder.sync(Folder.folder(of: path)) else { return }
    throw .unusable(path, reason: reason(code))
  }

  /// Closes the file and releases its lock.
  func close() { Glibc.close(descriptor) }
}

// MARK: - Reading

extension LockedFile {
  func size() throws(StateFolder.StorageError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unusable(path, reason: reason(errno)) }
    return Int(status.st_size)
  }

  /// Returns the last bytes of the file, at most `count`.
  func read(last count: Int) throws(StateFolder.StorageError) -> [UInt8] {
    let size = try size()
    return try read(max(0, size - count)..<size)
  }

  private func read(_ range: Range<Int>) throws(StateFolder.StorageError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done, off_t(range.lowerBound + done))
      }
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw .unusable(path, reason: reason(errno)) }
      if count == 0 { break }
      done += count
    }
    return Array(bytes.prefix(done))
  }

  /// Returns the offset at which the last complete line ends. Bytes after it come from an interrupted write.
  private func endOfLines() throws(StateFolder.StorageError) -> Int {
    var end = try size()
    var length = 1
    while end > 0 {
      let start = max(0, end - length)
      if let newline = try read(start..<end).lastIndex(of: UInt8(ascii: "\n")) { return start + newline + 1 }
      end = start
      length = 65_536
    }
    return 0
  }
}

// MARK: - Writing

extension LockedFile {
  /// Whether `append` must sync the lines to the disk before it returns.
  enum Durability { case synced, written }

  /// Adds complete lines: all of them or, if that fails, none. An incomplete line from an earlier writer is
  /// removed, because it must not become part of another line.
  func append(_ lines: String, _ durability: Durability) throws(StateFolder.StorageError) {
    let end = try endOfLines()
    if try size() != end { try truncate(to: end) }
    var code = Descriptors.write(Array(lines.utf8), to: descriptor)
    if code == nil, durability == .synced { code = Descriptors.syncData(descriptor) }
    guard let code else { return }
    try? truncate(to: end)
    throw .unusable(path, reason: reason(code))
  }

  /// Truncates the file to `size` bytes.
  func truncate(to size: Int) throws(StateFolder.StorageError) {
    if ftruncate(descriptor, off_t(size)) != 0 { throw .unusable(path, reason: reason(errno)) }
  }
}
