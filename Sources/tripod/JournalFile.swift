import Glibc
import Shell

/// The file that progress is kept in. It only grows, by whole lines, each on the disk before anybody relies on it.
enum JournalFile {
  static var journal: Journal {
    // Chance, because shells in containers may have the same number and begin in the same second.
    let chance = String(UInt32.random(in: 0 ... .max), radix: 36)
    return Journal(
      read: read, append: append, run: "\(getpid())-\(String(time(nil), radix: 36))-\(chance)")
  }

  /// Returns what was added after the mark, or the whole file if it has been replaced or is now shorter.
  private static func read(after mark: Journal.Mark?) -> Journal.Reading {
    guard let folder = try? StateFolder() else { return .all("", nil) }
    let file = open(folder.progress, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return errno == ENOENT ? .all("", nil) : .failed(reason(errno)) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .failed("it is not an ordinary file")
    }
    guard status.st_size <= Files.largest else { return .failed(Files.tooLarge) }
    let identity = UInt64(status.st_ino) ^ UInt64(status.st_dev) << 40
    let known = mark.flatMap { $0.file == identity && $0.bytes <= Int(status.st_size) ? $0.bytes : nil }
    lseek(file, off_t(known ?? 0), SEEK_SET)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      guard let count = Descriptors.read(file, into: &chunk) else { return .failed(reason(errno)) }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    let whole = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let reached = Journal.Mark(file: identity, bytes: (known ?? 0) + whole)
    let text = String(decoding: bytes, as: UTF8.self)
    return known == nil ? .all(text, reached) : .more(text, reached)
  }

  /// Appends lines after everything that other shells have written, and syncs them. It writes all of them or none,
  /// because lines that were not kept are passed in again later.
  private static func append(_ lines: String) -> String? {
    do throws(StateFolder.Obstacle) {
      let file = try LockedFile(try StateFolder().progress)
      defer { file.close() }
      try file.append(lines + "\n", .synced)
      return nil
    } catch {
      return error.sentence
    }
  }
}
