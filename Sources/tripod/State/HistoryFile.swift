import Glibc

/// The file of typed lines, kept between runs. Several shells can use it at once.
struct HistoryFile {
  /// The most lines that are loaded.
  static let mostLines = 2_000
  /// The most lines of the file before older ones are removed.
  private static let trimThreshold = 2 * mostLines
  /// The most bytes that are read. Typed lines never need more.
  private static let largestSize = 8 << 20

  private let path: String

  init(_ path: String) { self.path = path }

  /// Whether a line is stored. A line that begins with a space is private, as in other shells.
  static func keeps(_ line: String) -> Bool { !line.hasPrefix(" ") && line.contains { $0 != " " } }

  /// Returns the lines, the oldest first.
  func load() throws(StateFolder.StorageError) -> [String] {
    let file = try LockedFile(path)
    defer { file.close() }
    let text = String(decoding: try file.read(last: HistoryFile.largestSize), as: UTF8.self)
    let lines = text.split(separator: "\n").map(String.init)
    let kept = Array(lines.suffix(HistoryFile.mostLines))
    if lines.count > HistoryFile.trimThreshold {
      _ = WholeFile.write(path, kept.map { $0 + "\n" }.joined())
    }
    return kept
  }

  /// Adds a line, unless it equals the last one.
  func add(_ line: String) throws(StateFolder.StorageError) {
    let file = try LockedFile(path)
    defer { file.close() }
    let end = Array("\n\(line)\n".utf8)
    // The first line of the file has no line ending before it.
    let last = [UInt8(ascii: "\n")] + (try file.read(last: end.count))
    if !last.suffix(end.count).elementsEqual(end) { try file.append(line + "\n", .written) }
  }
}
