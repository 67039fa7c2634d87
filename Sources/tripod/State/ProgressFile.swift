import Glibc
import Shell

/// The file that stores progress in lessons. Complete lines are added to it and synced to the disk.
enum ProgressFile {
  static var journal: ProgressJournal {
    // A random part, because shells in containers can have the same process id and start in the same second.
    let random = String(UInt32.random(in: 0 ... .max), radix: 36)
    return ProgressJournal(
      read: read, append: append, lastChange: lastChange,
      run: "\(getpid())-\(String(time(nil), radix: 36))-\(random)")
  }

  private static func lastChange() -> StorageTime? {
    guard let folder = try? StateFolder() else { return nil }
    return StorageTime(ofFile: folder.progress)
  }

  /// Returns the text added after the mark, or the whole text if the file was replaced or is shorter.
  private static func read(after mark: ProgressJournal.JournalMark?) -> ProgressJournal.ReadResult {
    guard let folder = try? StateFolder() else { return .all("", nil) }
    let file = open(folder.progress, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return errno == ENOENT ? .all("", nil) : .failed(reason(errno)) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .failed("it is not an ordinary file")
    }
    guard status.st_size <= WholeFile.largestSize else { return .failed(WholeFile.tooLargeMessage) }
    let identity = UInt64(status.st_ino) ^ UInt64(status.st_dev) << 40
    let known = mark.flatMap { $0.file == identity && isSame(file, upTo: $0) ? $0.bytes : nil }
    lseek(file, off_t(known ?? 0), SEEK_SET)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      guard let count = Descriptors.read(file, into: &chunk) else { return .failed(reason(errno)) }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    let whole = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let before = (known == nil ? [] : mark?.ending ?? []) + bytes[..<whole]
    let reached = ProgressJournal.JournalMark(
      file: identity, bytes: (known ?? 0) + whole, ending: Array(before.suffix(longestEnding)))
    let text = String(decoding: bytes, as: UTF8.self)
    return known == nil ? .all(text, reached) : .more(text, reached)
  }

  /// The number of bytes before a mark that are compared.
  private static let longestEnding = 256

  /// Whether the file still has the bytes before the mark.
  private static func isSame(_ file: Int32, upTo mark: ProgressJournal.JournalMark) -> Bool {
    var bytes = [UInt8](repeating: 0, count: mark.ending.count)
    let start = off_t(mark.bytes - mark.ending.count)
    let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, start) }
    return count == mark.ending.count && bytes == mark.ending
  }

  /// Adds the lines after those of other shells and syncs them to the disk. Returns the reason if this fails.
  ///
  /// It stores all lines or none, because the caller will pass unstored lines again.
  private static func append(_ lines: String) -> String? {
    do throws(StateFolder.StorageError) {
      let file = try LockedFile(try StateFolder().progress)
      defer { file.close() }
      try file.append(lines + "\n", .synced)
      return nil
    } catch {
      return error.sentence
    }
  }
}
