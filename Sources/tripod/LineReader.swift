import Glibc

/// The lines of a descriptor, each as soon as it has arrived.
struct LineReader {
  enum Next: Equatable {
    case line(String)
    /// A line that is longer than the limit, with its beginning.
    case tooLong(beginning: String)
    case end
    /// Ctrl-C was pressed; what had been typed is forgotten.
    case interrupted
    /// The limit of real time is over.
    case late
    case failed(String)
    /// The program is asked to end.
    case ended(by: Int32)
  }

  static let longestLine = 1 << 20

  private let descriptor: Int32
  private let patience: Patience
  /// How many bytes may still come.
  private var left: Int
  private var chunk = [UInt8](repeating: 0, count: 65_536)
  private var unread = 0..<0
  private var line: [UInt8] = []
  /// The number of bytes that were dropped from a line that is too long.
  private var dropped = 0
  private var isAtStart = true
  private var isAtEnd = false

  init(descriptor: Int32, patience: Patience, largest: Int = .max) {
    self.descriptor = descriptor
    self.patience = patience
    left = largest
  }

  mutating func next() -> Next {
    while !isAtEnd {
      if let newline = chunk[unread].firstIndex(of: UInt8(ascii: "\n")) {
        keep(chunk[unread.lowerBound..<newline])
        unread = newline + 1..<unread.upperBound
        return take()
      }
      keep(chunk[unread])
      unread = 0..<0
      switch patience.wait(for: descriptor) {
      case .ready: if let failure = fill() { return .failed(failure) }
      case .late: return .late
      case .signal(let signal):
        if signal == SIGTSTP { patience.stop() }
        if Signals.isDeadly(signal) { return .ended(by: signal) }
        guard signal == SIGINT else { continue }
        line.removeAll()
        dropped = 0
        return .interrupted
      }
    }
    return line.isEmpty ? .end : take()
  }

  /// Adds bytes to the line. If the line becomes too long, only its beginning is stored.
  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    let room = max(0, LineReader.longestLine - line.count)
    line += bytes.prefix(room)
    dropped += max(0, bytes.count - room)
  }

  private mutating func fill() -> String? {
    guard let count = Descriptors.read(descriptor, into: &chunk) else { return reason(errno) }
    left -= count
    if left < 0 { return Files.tooLarge }
    unread = 0..<count
    isAtEnd = count == 0
    return nil
  }

  /// The line without its end, and the first one without the mark that some editors put before it.
  private mutating func take() -> Next {
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
