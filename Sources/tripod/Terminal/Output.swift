import Glibc
import Shell

/// Standard output, written in large pieces.
struct Output {
  enum WriteError: Error {
    /// The pipe was closed at its other end.
    case readerGone
    case unwritable(String)
  }

  private let descriptor: Int32
  /// Whether standard output is a file. Only output to a file may be held back.
  private let isFile: Bool
  private var pending: [UInt8] = []

  let isTerminal: Bool

  init(descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
    isFile = Descriptors.isFile(descriptor)
  }

  /// The most columns of a line.
  var columns: Int { isTerminal ? Terminal.size(of: descriptor)?.columns ?? 80 : 80 }

  mutating func add(_ text: Printable) { pending += text.text.utf8 }

  mutating func add(_ text: String) { add(Printable(text)) }

  /// Clears the screen if the output is a terminal.
  mutating func clearScreen() { if isTerminal { pending += "\u{1B}[H\u{1B}[2J".utf8 } }

  /// Writes the pending output, unless it is short and goes to a file. Called when a reply is complete.
  mutating func deliver() throws(WriteError) {
    if !isFile || pending.count >= 65_536 { try flush() }
  }

  mutating func flush() throws(WriteError) {
    defer { pending.removeAll(keepingCapacity: true) }
    guard let code = Descriptors.write(pending, to: descriptor) else { return }
    throw code == EPIPE ? .readerGone : .unwritable(reason(code))
  }
}

extension Output {
  mutating func print(_ lines: [String]) -> ExitStatus { print(lines.map { Printable($0) }) }

  /// Writes the lines. Returns the exit status of a run that does nothing else.
  mutating func print(_ lines: [Printable]) -> ExitStatus {
    do throws(WriteError) {
      for line in lines { add(line + Printable("\n")) }
      try flush()
      return .success
    } catch {
      return ExitStatus(after: error, otherwise: .success)
    }
  }
}

extension ExitStatus {
  /// Reports output that could not be written. A reader that closed its end, such as `head`, is not an error.
  init(after error: Output.WriteError, otherwise status: ExitStatus) {
    switch error {
    case .readerGone: self = status
    case .unwritable(let reason):
      printError("cannot write the output: \(reason)")
      self = .failed
    }
  }
}

extension Painter {
  init(_ arguments: ProgramArguments, for output: Output) {
    self.init(arguments.color, arguments.drawing, isTerminal: output.isTerminal)
  }
}

/// Writes text at once. A failure is ignored, because there is no place to report it.
func show(_ text: Printable, on descriptor: Int32) {
  _ = Descriptors.write(Array(text.text.utf8), to: descriptor)
}

/// Writes a line to standard error.
func printError(_ line: Line, _ painter: Painter) {
  show(painter.line(line), on: STDERR_FILENO)
}

/// Writes a message and its hint to standard error, after the program's name.
func printError(_ failure: Failure) {
  printError(failure.message + (failure.hint.isEmpty ? "" : "; \(failure.hint)"))
}

/// Writes a sentence to standard error, after the program's name.
func printError(_ sentence: String) {
  printError(Line("tripod: \(sentence)"), Painter(.never, .auto, isTerminal: isatty(STDERR_FILENO) == 1))
}
