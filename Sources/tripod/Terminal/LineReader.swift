import Glibc

/// Reads lines from a descriptor. Returns each line as soon as it has arrived.
struct LineReader {
  /// A line, or the reason why there is none.
  enum Input: Equatable {
    case line(String)
    /// The beginning of a line that is longer than the limit.
    case tooLong(beginning: String)
    case end
    /// Ctrl-C was pressed, and the typed characters were dropped.
    case interrupted
    /// The time limit has passed.
    case timedOut
    case failed(String)
    /// A signal asks the program to end.
    case terminated(by: Int32)
  }

  /// The most bytes of a line.
  static let longestLine = 1 << 20

  private let descriptor: Int32
  private let limits: RunLimits
  /// The number of bytes that may still be read.
  private var bytesLeft: Int
  private var chunk = [UInt8](repeating: 0, count: 65_536)
  private var unreadRange = 0..<0
  private var line: [UInt8] = []
  /// The number of bytes dropped from a line that is too long.
  private var droppedBytes = 0
  private var isAtStart = true
  private var isAtEnd = false

  init(descriptor: Int32, limits: RunLimits, largestSize: Int = .max) {
    self.descriptor = descriptor
    self.limits = limits
    bytesLeft = largestSize
  }

  mutating func next() -> Input {
    while !isAtEnd {
      if let newline = chunk[unreadRange].firstIndex(of: UInt8(ascii: "\n")) {
        append(chunk[unreadRange.lowerBound..<newline])
        unreadRange = newline + 1..<unreadRange.upperBound
        return takeLine()
      }
      append(chunk[unreadRange])
      unreadRange = 0..<0
      switch limits.wait(for: descriptor) {
      case .ready: if let failure = readChunk() { return .failed(failure) }
      case .timedOut: return .timedOut
      case .signal(let signal):
        if signal == SIGTSTP { limits.suspend() }
        if Signals.isDeadly(signal) { return .terminated(by: signal) }
        guard signal == SIGINT else { continue }
        line.removeAll()
        droppedBytes = 0
        return .interrupted
      }
    }
    return line.isEmpty ? .end : takeLine()
  }

  /// Adds bytes to the line, up to the limit.
  private mutating func append(_ bytes: ArraySlice<UInt8>) {
    let room = max(0, LineReader.longestLine - line.count)
    line += bytes.prefix(room)
    droppedBytes += max(0, bytes.count - room)
  }

  /// Reads the next chunk. Returns the reason if that fails.
  private mutating func readChunk() -> String? {
    guard let count = Descriptors.read(descriptor, into: &chunk) else { return reason(errno) }
    bytesLeft -= count
    if bytesLeft < 0 { return WholeFile.tooLargeMessage }
    unreadRange = 0..<count
    isAtEnd = count == 0
    return nil
  }

  /// Returns the line without its ending, and the first line without its byte order mark.
  private mutating func takeLine() -> Input {
    defer {
      line.removeAll(keepingCapacity: true)
      droppedBytes = 0
      isAtStart = false
    }
    if droppedBytes > 0 { return .tooLong(beginning: String(decoding: line.prefix(200), as: UTF8.self)) }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    return .line(
      String(decoding: line.dropFirst(isAtStart && line.starts(with: mark) ? 3 : 0), as: UTF8.self))
  }
}
