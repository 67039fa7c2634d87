import CLibedit
import Glibc

/// The terminal of standard input and output.
enum Terminal {
  /// The size of a window in characters.
  struct Size: Equatable {
    var columns: Int
    var rows: Int
  }

  /// The largest size of a drawing, even if the window reports a larger size.
  private static let largestSize = Size(columns: 500, rows: 500)
  /// The most characters in a window in which lines are edited: the editor stores each of them twice.
  private static let mostEdited = 2_000_000
  /// The fewest columns in which lines are edited. A narrower window has no room after the prompt.
  private static let narrowestEdited = 20

  /// Returns the drawing area of the terminal on this descriptor, or nil without a terminal or a known size.
  static func size(of descriptor: Int32) -> Size? {
    guard let size = statedSize(of: descriptor), size.columns > 0 else { return nil }
    return Size(
      columns: min(size.columns, largestSize.columns),
      rows: size.rows == 0 ? 24 : min(size.rows, largestSize.rows))
  }

  /// The number of rows of the terminal on standard output, or nil if it is unknown.
  static var rows: Int? { statedSize(of: STDOUT_FILENO).flatMap { $0.rows > 0 ? $0.rows : nil } }

  /// Whether lines can be edited in the window. A window of unknown size counts as suitable.
  static var fitsEditor: Bool {
    guard let size = statedSize(of: STDIN_FILENO), size.columns > 0 else { return true }
    return size.columns >= narrowestEdited && size.columns * size.rows <= mostEdited
  }

  /// Returns the size that the terminal reports, which can be zero.
  private static func statedSize(of descriptor: Int32) -> Size? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return nil }
    return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }

  /// Whether the terminal can move its cursor.
  static var canMove: Bool {
    guard let name = environment("TERM"), name != "dumb" else { return false }
    return terminal_moves(name)
  }

  /// Runs the body with the settings that the terminal had before the program started.
  static func withOriginalSettings(_ body: () -> Void) {
    var modes = termios()
    guard tcgetattr(STDIN_FILENO, &modes) == 0 else { return body() }
    terminal_restore()
    body()
    terminal_keep_again()
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
  }
}
