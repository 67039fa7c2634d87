import Glibc

/// Reads, writes and syncs file descriptors. Repeats interrupted calls.
enum Descriptors {
  /// Writes all bytes. Returns the error number if this fails.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
        if count > 0 {
          done += count
        } else if count == 0 {
          return EIO
        } else if errno == EAGAIN {
          waitToWrite(descriptor)
        } else if errno != EINTR {
          return errno
        }
      }
      return nil
    }
  }

  /// Syncs a file or a folder to the disk. Returns the error number if this fails, and nil on a file system
  /// that cannot sync.
  static func sync(_ descriptor: Int32) -> Int32? {
    while fsync(descriptor) != 0 {
      if errno != EINTR { return errno == EINVAL ? nil : errno }
    }
    return nil
  }

  /// Syncs the data that was added to a file, which takes less time than `sync`.
  static func syncData(_ descriptor: Int32) -> Int32? {
    while fdatasync(descriptor) != 0 {
      if errno != EINTR { return errno == EINVAL ? nil : errno }
    }
    return nil
  }

  /// Reads the available bytes that fit. Returns their number, 0 at the end, or nil if this fails.
  static func read(_ descriptor: Int32, into chunk: inout [UInt8]) -> Int? {
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { return count }
      if errno == EAGAIN {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        poll(&request, 1, -1)
      } else if errno != EINTR {
        return nil
      }
    }
  }

  /// Whether the descriptor can be read, now or within the given time.
  static func isReady(_ descriptor: Int32, within milliseconds: Int32 = 100) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, milliseconds) > 0
  }

  /// Whether the descriptor is a regular file.
  static func isFile(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Opens standard descriptors that were closed at the start. Otherwise the next opened file would take
  /// their place.
  ///
  /// They are opened in the wrong mode, so that using them fails.
  static func openStandardDescriptors() {
    for (descriptor, mode) in [
      (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY),
    ]
    where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", mode)
    }
  }

  private static func waitToWrite(_ descriptor: Int32) {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    poll(&request, 1, -1)
  }
}

/// Returns the meaning of a system error number in plain words.
func reason(_ code: Int32) -> String {
  switch code {
  case ENOENT: "there is no such file"
  case EISDIR: "it is a directory"
  case ENOTDIR: "part of its path is not a directory"
  case EACCES, EPERM: "permission is denied"
  case ENOSPC, EDQUOT: "there is no space left"
  case EROFS: "the file system is read-only"
  case ENAMETOOLONG: "the name is too long"
  case EFBIG: "it would be larger than is allowed"
  case EBADF: "it is closed"
  default: String(cString: strerror(code))
  }
}
