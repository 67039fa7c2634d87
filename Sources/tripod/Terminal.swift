import CLibedit
import Glibc

/// The terminal that the program is used at.
enum Terminal {
  struct Size: Equatable {
    var columns: Int
    var rows: Int
  }

  /// Of the terminal on that descriptor; nil where there is none, or none that knows its size.
  static func size(of descriptor: Int32) -> Size? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }

  /// Whether a cursor can be moved about on it.
  static var canMove: Bool {
    guard let name = environment("TERM"), name != "dumb" else { return false }
    return terminal_moves(name)
  }

  /// Sets it as it was before the program for as long as the program is stopped.
  static func giveBack(while body: () -> Void) {
    var modes = termios()
    guard tcgetattr(STDIN_FILENO, &modes) == 0 else { return body() }
    terminal_restore()
    body()
    terminal_keep_again()
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
  }
}
