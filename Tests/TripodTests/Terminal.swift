import Foundation
import Testing

/// A program at its own terminal, and a simulated user who reads and types.
final class Terminal {
  let child: Child
  private let descriptor: Int32
  /// The built program, which provides the home folder.
  private let tripod: BuiltProgram
  /// The settings of the terminal before the program started.
  private let originalSettings: [tcflag_t]
  /// The output that has not been read yet.
  private var unreadText = ""
  private var bytes: [UInt8] = []

  /// The longest time to wait for output.
  private static let timeout = 20.0

  /// Starts Tripod or another program at a new terminal.
  init(
    _ words: String..., program: [String] = [BuiltProgram.program.path], environment: [String: String] = [:],
    columns: Int = 80, rows: Int = 39, in tripod: BuiltProgram? = nil
  ) throws {
    var (primary, secondary): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&primary, &secondary, nil, nil, &size) == 0 else { throw POSIXError(.ENOTTY) }
    _ = fcntl(primary, F_SETFD, FD_CLOEXEC)
    _ = fcntl(secondary, F_SETFD, FD_CLOEXEC)
    defer { close(secondary) }
    descriptor = primary
    originalSettings = Terminal.modes(of: primary)
    self.tripod = try tripod ?? BuiltProgram()
    let home = self.tripod.folder
    let defaultEnvironment = ["LANG": "C.UTF-8", "HOME": home.path, "XDG_STATE_HOME": home.path]
    child = try Child(
      program + words, environment: defaultEnvironment.merging(environment) { $1 },
      streams: .terminal(path: Terminal.name(of: secondary)))
  }

  deinit { close(descriptor) }

  func type(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Reads up to and including the text, with plain line endings. Returns all output if the text is missing.
  @discardableResult
  func read(to text: String, location: SourceLocation = #_sourceLocation) -> String {
    let deadline = Date(timeIntervalSinceNow: Terminal.timeout)
    while true {
      if let range = unreadText.firstRange(of: text) {
        defer { unreadText = String(unreadText[range.upperBound...]) }
        return String(unreadText[..<range.upperBound])
      }
      guard deadline.timeIntervalSinceNow > 0, receive(within: deadline.timeIntervalSinceNow) else {
        Issue.record("“\(text)” was not shown, but “\(unreadText)”", sourceLocation: location)
        return unreadText
      }
    }
  }

  @discardableResult
  func readPrompt(location: SourceLocation = #_sourceLocation) -> String {
    read(to: "> ", location: location)
  }

  /// Reads all output until the program closes the terminal.
  func readRest() -> String {
    while receive(within: Terminal.timeout) {}
    return unreadText
  }

  /// Types a line. Returns the output before the next prompt.
  func enter(_ line: String, location: SourceLocation = #_sourceLocation) -> String {
    type(line + "\r")
    return readPrompt(location: location).withoutControlSequences
  }

  func resize(columns: Int, rows: Int = 39) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  func send(_ signal: Int32) { kill(child.id, signal) }

  /// Waits for the program to end, and kills it after the longest wait. Returns its exit status.
  func end() -> Int32 {
    _ = readRest()
    if isOpen { send(SIGKILL) }
    return child.waitForExit()
  }

  /// Whether the terminal has its original settings.
  var hasOriginalSettings: Bool { Terminal.modes(of: descriptor) == originalSettings }

  /// Returns the name of a terminal. A lock is needed, because other tests use the same C function.
  private static func name(of descriptor: Int32) -> String {
    var name = [CChar](repeating: 0, count: 256)
    ttyname_r(descriptor, &name, name.count)
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func modes(of descriptor: Int32) -> [tcflag_t] {
    var modes = termios()
    tcgetattr(descriptor, &modes)
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
  }

  /// Whether the terminal can still be written to.
  private var isOpen: Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    poll(&request, 1, 0)
    return request.revents & Int16(POLLHUP) == 0
  }

  /// Waits for more output. Returns whether any has arrived.
  private func receive(within seconds: Double) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, Int32(seconds * 1_000)) > 0 else { return false }
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = Foundation.read(descriptor, &chunk, chunk.count)
    guard count > 0 else { return false }
    bytes += chunk.prefix(count)
    // An incomplete character or line ending is kept until the rest of it arrives.
    let whole = bytes.last == 13 ? bytes.dropLast() : bytes[...]
    if let text = String(validating: whole, as: UTF8.self) {
      unreadText += text.replacing("\r\n", with: "\n")
      bytes.removeFirst(whole.count)
    }
    return true
  }
}

extension String {
  /// The text without control sequences.
  var withoutControlSequences: String {
    replacing(/\u{1b}\[[?0-9;]*[A-Za-z]/, with: "").replacing("\r", with: "")
  }
}
