import Glibc
import Shell

/// Standard output, written in large pieces.
struct Output {
  enum Failure: Error {
    /// Nobody reads any more.
    case readerGone
    case unwritable(String)
  }

  private let descriptor: Int32
  /// A file can wait until there is much to write; a person or a program at the other end cannot.
  private let isFile: Bool
  private var pending: [UInt8] = []

  let isTerminal: Bool

  init(descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
    isFile = Descriptors.isFile(descriptor)
  }

  /// As wide as lines may be.
  var columns: Int { isTerminal ? Terminal.size(of: descriptor)?.columns ?? 80 : 80 }

  mutating func add(_ text: Printable) { pending += text.text.utf8 }

  mutating func add(_ text: String) { add(Printable(text)) }

  /// Called where an answer is complete.
  mutating func deliver() throws(Failure) {
    if !isFile || pending.count >= 65_536 { try flush() }
  }

  mutating func flush() throws(Failure) {
    defer { pending.removeAll(keepingCapacity: true) }
    guard let code = Descriptors.write(pending, to: descriptor) else { return }
    throw code == EPIPE ? .readerGone : .unwritable(reason(code))
  }
}

/// Writes text at once. A failure is ignored, because it cannot be reported to anyone.
func show(_ text: Printable, on descriptor: Int32) {
  _ = Descriptors.write(Array(text.text.utf8), to: descriptor)
}

/// Says one line on standard error. Where even that cannot be written, there is nobody left to tell.
func complain(_ line: Line, _ painter: Painter) {
  show(painter.line(line), on: STDERR_FILENO)
}

func complain(_ failure: Failure) {
  complain(failure.message + (failure.hint.isEmpty ? "" : "; \(failure.hint)"))
}

func complain(_ sentence: String) {
  complain(Line("tripod: \(sentence)"), Painter(.never, .auto, isTerminal: isatty(STDERR_FILENO) == 1))
}
