import Glibc
import Shell
import Synchronization

/// A bar for work that takes a while, with what remains; it is gone when the work is done.
final class Progress: Sendable {
  private static let firstAfter: Int64 = 300_000_000
  private static let nextAfter: Int64 = 100_000_000

  private struct State {
    /// When it was first heard of, and how much was done then: work that was stopped goes on in the middle.
    var start: (time: Int64, done: Double)?
    var shown: Int64?
  }

  private let state = Mutex(State())
  private let painter: Painter
  private let isWanted: Bool

  /// Nothing is shown where nobody would see it, or it could not be taken away again.
  init(_ painter: Painter, isWanted: Bool) {
    self.painter = painter
    self.isWanted =
      isWanted && isatty(STDERR_FILENO) == 1 && environment("TERM").map { $0 != "dumb" } ?? false
  }

  /// That share of the work is done.
  func show(_ done: Double) {
    guard isWanted else { return }
    let now = Patience.now
    let start = state.withLock { state -> (time: Int64, done: Double)? in
      let start = state.start ?? (now, done)
      state.start = start
      let isDue =
        state.shown.map { now - $0 >= Progress.nextAfter } ?? (now - start.time >= Progress.firstAfter)
      guard isDue else { return nil }
      state.shown = now
      return start
    }
    guard let start else { return }
    let line = painter.text(line(done, of: done - start.done, after: now - start.time))
    tripod.show(Printable(control: "\r") + line + Printable(control: "\u{1b}[K"), on: STDERR_FILENO)
  }

  /// The work is over, or something else is to be shown.
  func clear() {
    let wasShown = state.withLock { state in
      defer { state = State() }
      return state.shown != nil
    }
    if wasShown { tripod.show(Printable(control: "\r\u{1b}[K"), on: STDERR_FILENO) }
  }

  /// So much is done in all, and so much of it in that time.
  private func line(_ done: Double, of lately: Double, after nanoseconds: Int64) -> Line {
    let done = min(max(done, 0), 1)
    let columns = Terminal.size(of: STDERR_FILENO)?.columns ?? 80
    let width = min(40, max(8, columns - 40))
    let filled = Int(done * Double(width))
    let bar =
      Line("  " + String(repeating: "█", count: filled), .accent)
      + Line(String(repeating: "░", count: width - filled), .faint)
    let left = lately > 0.001 ? "  \(Progress.span(Double(nanoseconds) * (1 - done) / lately)) left" : ""
    return bar + Line("  \(Int(done * 100)) %\(left)")
  }

  private static func span(_ nanoseconds: Double) -> String {
    let seconds = Int(min(nanoseconds / 1_000_000_000, 359_999) + 0.5)
    if seconds < 100 { return "\(max(1, seconds)) s" }
    return seconds < 6_000 ? "\((seconds + 30) / 60) min" : "\((seconds + 1_800) / 3_600) h"
  }
}
