import Blueprint
import Simulator

/// A strip that shows how requests ended during a run, with the events at their times.
struct TimeStrip {
  let start: Span
  /// The duration that each cell covers.
  let width: Span
  let cells: [Traffic.Strip.Bucket]
  let events: [Event]

  /// Creates a strip of at most `most` cells. Neighbouring buckets are combined until they fit.
  init(_ strip: Traffic.Strip, events: [Event], cells most: Int) {
    let factor = max(1, (strip.buckets.count + most - 1) / max(1, most))
    start = strip.start
    width = strip.width * factor
    cells = stride(from: 0, to: strip.buckets.count, by: factor).map { i in
      strip.buckets[i..<min(i + factor, strip.buckets.count)].reduce(into: Traffic.Strip.Bucket()) {
        $0 += $1
      }
    }
    self.events = events
  }

  func position(of time: Span) -> Int? {
    guard time >= start, width > .zero else { return nil }
    let position = Int((time - start).nanoseconds / width.nanoseconds)
    return position < cells.count ? position : nil
  }

  // MARK: Lines

  private static let heights: [Character] = Array("▁▂▃▄▅▆▇█")

  var lines: [Line] {
    let most = cells.reduce(1) { max($0, $1.answered + $1.failed) }
    let failed = cells.reduce(0) { $0 + $1.failed }
    var lines = [
      axis, Line("  ") + Line(row(cells.map { $0.answered }, of: most), .accent) + Line("  answered"),
    ]
    if failed > 0 {
      lines.append(Line("  ") + Line(row(cells.map { $0.failed }, of: most), .failed) + Line("  failed"))
    }
    if cells.contains(where: { $0.failedChecks > 0 }) {
      let signs = cells.map { $0.failedChecks > 0 ? "✗" : " " }.joined()
      lines.append(Line("  ") + Line(signs, .failed) + Line("  checks"))
    }
    return lines + (marks.map { [$0] } ?? [])
  }

  private func row(_ counts: [Int], of most: Int) -> String {
    String(
      counts.map { count -> Character in
        count == 0 ? "·" : TimeStrip.heights[min(7, (count * 8 - 1) / most)]
      })
  }

  /// The times at the start and the end of the strip.
  private var axis: Line {
    let first = start.clock
    let last = (start + width * cells.count).clock
    return Line("  \(first)\(Column.right(last, max(last.count + 2, cells.count - first.count)))", .faint)
  }

  /// The signs of the events at their times. A cell with several events shows the first.
  private var marks: Line? {
    var signs: [Character] = Array(repeating: " ", count: cells.count)
    for event in events.reversed() {
      if let position = position(of: event.time) { signs[position] = event.kind.sign }
    }
    let text = String(signs)
    return text.allSatisfy { $0 == " " } ? nil : Line("  \(text)  events")
  }
}

extension Event.Kind {
  /// The sign that marks the event on a strip.
  var sign: Character {
    switch self {
    case .broke, .fenced, .connectionsLost, .diverged, .remainedPrimary, .refusedOrder: "✗"
    case .markedDown: "◌"
    case .repaired, .markedUp, .rampEnded, .rebuilt, .diskFreed: "●"
    case .tookAddress, .promoted: "▶"
    case .gaveUpAddress, .demoted: "○"
    case .stoppedWaitingForReplicas, .alerted, .claimedAddress: "▲"
    }
  }
}
