import Blueprint
import Simulator

/// Draws a run as SVG: how requests ended over time, and when events happened.
struct TimelineSVG {
  private var svg = SVG()
  private let strip: TimeStrip
  private var height = 0

  private static let width = 960
  private static let left = 60
  private static let top = 104
  private static let plotHeight = 160
  private static let mostEvents = 24

  init(_ strip: TimeStrip, heading: String) {
    self.strip = strip
    svg.text(Line(heading), x: TimelineSVG.left, y: 36)
    drawBars()
    drawAxis()
    drawEvents()
  }

  func document(title: String, description: String) -> [String] {
    svg.document(title: title, description: description, width: TimelineSVG.width, height: height)
  }

  private var most: Int { strip.cells.reduce(1) { max($0, $1.answered + $1.failed) } }

  private func x(_ position: Int) -> Int {
    let room = TimelineSVG.width - 2 * TimelineSVG.left
    return TimelineSVG.left + position * room / max(1, strip.cells.count)
  }

  private var baseline: Int { TimelineSVG.top + TimelineSVG.plotHeight }

  /// Draws the bars. Failed requests are above those that succeeded.
  private mutating func drawBars() {
    for (i, cell) in strip.cells.enumerated() {
      let width = max(1, x(i + 1) - x(i) - 1)
      let fine = TimelineSVG.plotHeight * cell.answered / most
      let lost = cell.failed == 0 ? 0 : max(2, TimelineSVG.plotHeight * cell.failed / most)
      if fine > 0 { svg.box(x: x(i), y: baseline - fine, width: width, height: fine, .bar, radius: 0) }
      if lost > 0 {
        svg.box(x: x(i), y: baseline - fine - lost, width: width, height: lost, .lost, radius: 0)
      }
      if cell.failedChecks > 0 { drawFailedCheck(x: (x(i) + x(i + 1)) / 2, y: baseline + 7) }
    }
  }

  private mutating func drawFailedCheck(x: Int, y: Int) {
    svg.link([(x - 3, y - 3), (x + 3, y + 3)], .check)
    svg.link([(x - 3, y + 3), (x + 3, y - 3)], .check)
  }

  private mutating func drawAxis() {
    let right = TimelineSVG.width - TimelineSVG.left
    svg.link([(TimelineSVG.left, baseline), (right, baseline)])
    for quarter in 0...4 {
      let position = TimelineSVG.left + (right - TimelineSVG.left) * quarter / 4
      let time =
        strip.start + Span(nanoseconds: (strip.width * strip.cells.count).nanoseconds * Int64(quarter) / 4)
      svg.link([(position, baseline), (position, baseline + 5)])
      svg.text(Line(time.clock, .faint), x: position, y: baseline + 22, isCentered: true)
    }
    svg.text(
      Line("\(most) in \(strip.width.roundWords)", .faint), x: TimelineSVG.left, y: 58)
    svg.box(x: right - 210, y: 26, width: 10, height: 10, .bar, radius: 0)
    svg.text(Line("answered"), x: right - 194, y: 36)
    svg.box(x: right - 90, y: 26, width: 10, height: 10, .lost, radius: 0)
    svg.text(Line("failed"), x: right - 74, y: 36)
    if strip.cells.contains(where: { $0.failedChecks > 0 }) {
      drawFailedCheck(x: right - 350, y: 31)
      svg.text(Line("check that failed"), x: right - 339, y: 36)
    }
  }

  /// Draws the events. Each has a number on the strip and a line of text below the strip.
  private mutating func drawEvents() {
    height = baseline + 48
    let shown = strip.events.prefix(TimelineSVG.mostEvents)
    for (i, event) in shown.enumerated() {
      if let position = strip.position(of: event.time) {
        let middle = (x(position) + x(position + 1)) / 2
        svg.link([(middle, TimelineSVG.top), (middle, baseline)], .mark)
        svg.text(Line("\(i + 1)"), x: middle, y: TimelineSVG.top - 8 - 16 * (i % 2), isCentered: true)
      }
      let head = "\(Column.right("\(i + 1)", 3))  \(Column.right(event.time.clock, 12))  "
      svg.text(
        Line(head, .faint) + Line("\(event.kind.sign) \(event.sentence)").cut(to: 84), x: TimelineSVG.left,
        y: height)
      height += SVG.line
    }
    if strip.events.count > shown.count {
      svg.text(
        Line("and \(strip.events.count - shown.count) more", .faint), x: TimelineSVG.left, y: height)
      height += SVG.line
    }
  }
}
