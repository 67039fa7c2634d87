import Glibc

/// The lines that were typed, kept from one shell to the next. Several shells may use it at once.
struct HistoryFile {
  /// So many lines are remembered.
  static let most = 2_000
  /// The file is cut back when it has become longer than that.
  private static let longest = 2 * most
  /// Nobody types more; the rest of such a file is no history.
  private static let largest = 8 << 20

  private let path: String

  init(_ path: String) { self.path = path }

  /// A line that begins with a blank is nobody's business later.
  static func keeps(_ line: String) -> Bool { !line.hasPrefix(" ") && line.contains { $0 != " " } }

  /// The lines, the oldest first.
  func load() throws(StateFolder.Obstacle) -> [String] {
    let file = try LockedFile(path)
    defer { file.close() }
    let text = String(decoding: try file.read(last: HistoryFile.largest), as: UTF8.self)
    let lines = text.split(separator: "\n").map(String.init)
    let kept = Array(lines.suffix(HistoryFile.most))
    if lines.count > HistoryFile.longest {
      _ = Files.write(path, kept.map { $0 + "\n" }.joined())
    }
    return kept
  }

  /// Adds a line, unless it is the last one already.
  func add(_ line: String) throws(StateFolder.Obstacle) {
    let file = try LockedFile(path)
    defer { file.close() }
    let end = Array("\n\(line)\n".utf8)
    // The first line of the file has no line ending before it.
    let last = [UInt8(ascii: "\n")] + (try file.read(last: end.count))
    if !last.suffix(end.count).elementsEqual(end) { try file.append(line + "\n", .written) }
  }
}
