import Glibc
import Shell
import Synchronization

/// A bar with the remaining time, shown during long work and removed afterwards.
final class ProgressBar: Sendable {
  /// The nanoseconds before the bar is shown first, and between two updates.
  private static let firstAfter: Int64 = 300_000_000
  private static let nextAfter: Int64 = 100_000_000

  private struct BarState {
    /// The time of the first report, and the share done then. Interrupted work continues in the middle.
    var start: (time: Int64, done: Double)?
    /// The time of the last update on the screen.
    var shown: Int64?
  }

  private let state = Mutex(BarState())
  private let painter: Painter
  private let isWanted: Bool

  /// Shows nothing unless standard error is a terminal that can remove the bar.
  init(_ painter: Painter, isWanted: Bool) {
    self.painter = painter
    self.isWanted =
      isWanted && isatty(STDERR_FILENO) == 1 && environment("TERM").map { $0 != "dumb" } ?? false
  }

  /// Shows the share of the work that is done, unless an update is not due yet.
  func show(_ done: Double) {
    guard isWanted else { return }
    let now = MonotonicClock.now
    let start = state.withLock { state -> (time: Int64, done: Double)? in
      let start = state.start ?? (now, done)
      state.start = start
      let isDue =
        state.shown.map { now - $0 >= ProgressBar.nextAfter } ?? (now - start.time >= ProgressBar.firstAfter)
      guard isDue else { return nil }
      state.shown = now
      return start
    }
    guard let start else { return }
    let line = painter.text(line(done, of: done - start.done, after: now - start.time))
    tripod.show(Printable(control: "\r") + line + Printable(control: "\u{1b}[K"), on: STDERR_FILENO)
  }

  /// Removes the bar, because the work is over or other text will be shown.
  func clear() {
    let wasShown = state.withLock { state in
      defer { state = BarState() }
      return state.shown != nil
    }
    if wasShown { tripod.show(Printable(control: "\r\u{1b}[K"), on: STDERR_FILENO) }
  }

  /// Returns the bar for a share of the work. The share `lately` was done in the given time.
  private func line(_ done: Double, of lately: Double, after nanoseconds: Int64) -> Line {
    let done = min(max(done, 0), 1)
    let columns = Terminal.size(of: STDERR_FILENO)?.columns ?? 80
    let width = min(40, max(8, columns - 40))
    let filled = Int(done * Double(width))
    let bar =
      Line("  " + String(repeating: "█", count: filled), .accent)
      + Line(String(repeating: "░", count: width - filled), .faint)
    let left = lately > 0.001 ? "  \(ProgressBar.span(Double(nanoseconds) * (1 - done) / lately)) left" : ""
    return bar + Line("  \(Int(done * 100)) %\(left)")
  }

  private static func span(_ nanoseconds: Double) -> String {
    let seconds = Int(min(nanoseconds / 1_000_000_000, 359_999) + 0.5)
    if seconds < 100 { return "\(max(1, seconds)) s" }
    return seconds < 6_000 ? "\((seconds + 30) / 60) min" : "\((seconds + 1_800) / 3_600) h"
  }
}
