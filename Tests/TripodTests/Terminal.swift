import Foundation
import Testing

/// A program at a terminal of its own, with somebody who reads and types.
final class Terminal {
  let child: Child
  private let descriptor: Int32
  /// Where it is at home.
  private let door: FrontDoor
  /// How the terminal was set before the program came.
  private let before: [tcflag_t]
  /// What was shown and not yet read.
  private var unread = ""
  private var bytes: [UInt8] = []

  /// Nothing takes that long; whoever waits longer waits for what never comes.
  private static let patience = 60.0

  /// Tripod, where no other program is named.
  init(
    _ words: String..., program: [String] = [FrontDoor.program.path], environment: [String: String] = [:],
    columns: Int = 80, rows: Int = 24, in door: FrontDoor? = nil
  ) throws {
    var (primary, secondary): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&primary, &secondary, nil, nil, &size) == 0 else { throw POSIXError(.ENOTTY) }
    _ = fcntl(primary, F_SETFD, FD_CLOEXEC)
    _ = fcntl(secondary, F_SETFD, FD_CLOEXEC)
    defer { close(secondary) }
    descriptor = primary
    before = Terminal.modes(of: primary)
    self.door = try door ?? FrontDoor()
    let home = self.door.folder
    let surroundings = ["LANG": "C.UTF-8", "HOME": home.path, "XDG_STATE_HOME": home.path]
    child = try Child(
      program + words, environment: surroundings.merging(environment) { $1 },
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

  /// What is shown up to and with that text, with plain ends of lines; all that came where it does not come.
  @discardableResult
  func read(to text: String, location: SourceLocation = #_sourceLocation) -> String {
    let deadline = Date(timeIntervalSinceNow: Terminal.patience)
    while true {
      if let range = unread.firstRange(of: text) {
        defer { unread = String(unread[range.upperBound...]) }
        return String(unread[..<range.upperBound])
      }
      guard deadline.timeIntervalSinceNow > 0, receive(within: deadline.timeIntervalSinceNow) else {
        Issue.record("“\(text)” was not shown, but “\(unread)”", sourceLocation: location)
        return unread
      }
    }
  }

  @discardableResult
  func readPrompt(location: SourceLocation = #_sourceLocation) -> String {
    read(to: "> ", location: location)
  }

  /// Whatever else is shown until the program hangs up.
  func readRest() -> String {
    while receive(within: Terminal.patience) {}
    return unread
  }

  /// Types a line and reads what it is answered with, up to the next prompt.
  func say(_ line: String, location: SourceLocation = #_sourceLocation) -> String {
    type(line + "\r")
    return readPrompt(location: location).withoutLooks
  }

  func resize(columns: Int, rows: Int = 24) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  func send(_ signal: Int32) { kill(child.id, signal) }

  /// How the program ended, once it has; it is ended where it does not.
  func end() -> Int32 {
    _ = readRest()
    if isOpen { send(SIGKILL) }
    return child.waitForExit()
  }

  /// Whether the terminal is set as it was before the program came.
  var isAsBefore: Bool { Terminal.modes(of: descriptor) == before }

  /// The name of a terminal; other tests ask for theirs at the same time.
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

  /// Whether somebody may still write to it.
  private var isOpen: Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    poll(&request, 1, 0)
    return request.revents & Int16(POLLHUP) == 0
  }

  /// Whether something more came.
  private func receive(within seconds: Double) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, Int32(seconds * 1_000)) > 0 else { return false }
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = Foundation.read(descriptor, &chunk, chunk.count)
    guard count > 0 else { return false }
    bytes += chunk.prefix(count)
    // Half a character, or half an end of a line, waits for its other half.
    let whole = bytes.last == 13 ? bytes.dropLast() : bytes[...]
    if let text = String(validating: whole, as: UTF8.self) {
      unread += text.replacing("\r\n", with: "\n")
      bytes.removeFirst(whole.count)
    }
    return true
  }
}

extension String {
  /// Without what colours it and moves the cursor.
  var withoutLooks: String { replacing(/\u{1b}\[[?0-9;]*[A-Za-z]/, with: "").replacing("\r", with: "") }
}
