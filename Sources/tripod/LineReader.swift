import Glibc

/// The lines of a descriptor, each as soon as it has arrived.
struct LineReader {
  enum Next: Equatable {
    case line(String)
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
        line += chunk[unread.lowerBound..<newline]
        unread = newline + 1..<unread.upperBound
        return take()
      }
      line += chunk[unread]
      unread = 0..<0
      if line.count > LineReader.longestLine { return tooLong }
      switch patience.wait(for: descriptor) {
      case .ready: if let failure = fill() { return .failed(failure) }
      case .late: return .late
      case .signal(let signal):
        if signal == SIGTSTP { patience.stop() }
        if Signals.isDeadly(signal) { return .ended(by: signal) }
        guard signal == SIGINT else { continue }
        line.removeAll()
        return .interrupted
      }
    }
    return line.isEmpty ? .end : take()
  }

  private var tooLong: Next { .failed("a line is longer than 1 MiB") }

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
    if line.count > LineReader.longestLine { return tooLong }
    defer {
      line.removeAll(keepingCapacity: true)
      isAtStart = false
    }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    return .line(
      String(decoding: line.dropFirst(isAtStart && line.starts(with: mark) ? 3 : 0), as: UTF8.self))
  }
}
