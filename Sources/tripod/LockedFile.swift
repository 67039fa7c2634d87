import Glibc

/// A file that nobody else who asks changes while it is open here. Only its owner may read it.
struct LockedFile {
  let path: String
  let descriptor: Int32

  /// Waits until others are done with it; makes it where it is not there.
  init(_ path: String) throws(StateFolder.Obstacle) {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw .unusable(path, reason: reason(errno)) }
      // A device or a pipe keeps nothing.
      guard Descriptors.isFile(descriptor) else {
        Glibc.close(descriptor)
        throw .unusable(path, reason: "it is no ordinary file")
      }
      while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
      if LockedFile.isAt(path, descriptor) {
        self.descriptor = descriptor
        self.path = path
        return
      }
      // Somebody has put another file in its place meanwhile.
      Glibc.close(descriptor)
    }
  }

  /// Nil where it is not there, or somebody else has it.
  init?(free path: String) {
    let descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, LockedFile.isAt(path, descriptor) else {
      Glibc.close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    self.path = path
  }

  private static func isAt(_ path: String, _ descriptor: Int32) -> Bool {
    var (there, here) = (stat(), stat())
    return stat(path, &there) == 0 && fstat(descriptor, &here) == 0 && there.st_ino == here.st_ino
      && there.st_dev == here.st_dev && here.st_mode & S_IFMT == S_IFREG
  }

  var size: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Its last bytes, as many as that.
  func read(last count: Int) -> [UInt8] {
    let start = max(0, size - count)
    var bytes = [UInt8](repeating: 0, count: size - start)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done, off_t(start + done))
      }
      if count <= 0 { break }
      done += count
    }
    return Array(bytes.prefix(done))
  }

  /// Adds a text to its end: all of it or nothing.
  func append(_ text: String) throws(StateFolder.Obstacle) {
    let before = size
    if let code = Descriptors.write(Array(text.utf8), to: descriptor) {
      // The part that was written would become the beginning of what is added next.
      cut(to: before)
      throw .unusable(path, reason: reason(code))
    }
  }

  /// What was written last and was not written to its end is taken away.
  func cut(to size: Int) { ftruncate(descriptor, off_t(size)) }

  /// Lets others have it.
  func close() { Glibc.close(descriptor) }
}
