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
    case late
    case failed(String)
    /// A signal asks the program to end.
    case ended(by: Int32)
  }

  /// The most bytes of a line.
  static let longestLine = 1 << 20

  private let descriptor: Int32
  private let limits: RunLimits
  /// The number of bytes that may still be read.
  private var left: Int
  private var chunk = [UInt8](repeating: 0, count: 65_536)
  private var unread = 0..<0
  private var line: [UInt8] = []
  /// The number of bytes dropped from a line that is too long.
  private var dropped = 0
  private var isAtStart = true
  private var isAtEnd = false

  init(descriptor: Int32, limits: RunLimits, largest: Int = .max) {
    self.descriptor = descriptor
    self.limits = limits
    left = largest
  }

  mutating func next() -> Input {
    while !isAtEnd {
      if let newline = chunk[unread].firstIndex(of: UInt8(ascii: "\n")) {
        keep(chunk[unread.lowerBound..<newline])
        unread = newline + 1..<unread.upperBound
        return take()
      }
      keep(chunk[unread])
      unread = 0..<0
      switch limits.wait(for: descriptor) {
      case .ready: if let failure = fill() { return .failed(failure) }
      case .late: return .late
      case .signal(let signal):
        if signal == SIGTSTP { limits.suspend() }
        if Signals.isDeadly(signal) { return .ended(by: signal) }
        guard signal == SIGINT else { continue }
        line.removeAll()
        dropped = 0
        return .interrupted
      }
    }
    return line.isEmpty ? .end : take()
  }

  /// Adds bytes to the line, up to the limit.
  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    let room = max(0, LineReader.longestLine - line.count)
    line += bytes.prefix(room)
    dropped += max(0, bytes.count - room)
  }

  /// Reads the next chunk. Returns the reason if that fails.
  private mutating func fill() -> String? {
    guard let count = Descriptors.read(descriptor, into: &chunk) else { return reason(errno) }
    left -= count
    if left < 0 { return WholeFile.tooLarge }
    unread = 0..<count
    isAtEnd = count == 0
    return nil
  }

  /// Returns the line without its ending. The first line also loses the byte order mark that some editors
  /// write.
  private mutating func take() -> Input {
    defer {
      line.removeAll(keepingCapacity: true)
      dropped = 0
      isAtStart = false
    }
    if dropped > 0 { return .tooLong(beginning: String(decoding: line.prefix(200), as: UTF8.self)) }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    return .line(
      String(decoding: line.dropFirst(isAtStart && line.starts(with: mark) ? 3 : 0), as: UTF8.self))
  }
}
