import Blueprint
import Simulator

/// A waterfall chart of one request, with a row for each period at a component.
struct Waterfall {
  private(set) var rows: [WaterfallRow] = []
  private var open: [Address: Int] = [:]
  private let began: Span

  struct WaterfallRow: Equatable {
    let name: String
    let start: Span
    /// When the component began to work; nil if it did not.
    var workStart: Span?
    /// When the component finished its own work; nil if it did not.
    var workEnd: Span?
    var end: Span?
    var words: [String] = []
    var isTrouble = false

    /// The last moment of the row. Work may continue, and even begin, after the user has disconnected.
    var last: Span { max(start, end ?? start, workStart ?? start, workEnd ?? start) }
  }

  /// Creates the chart from the steps of the request, each with the reason for the choice of a target.
  init(_ steps: [(step: RequestStep, reason: String)], began: Span) {
    self.began = began
    for (step, reason) in steps { add(step, reason) }
  }

  private mutating func add(_ step: RequestStep, _ reason: String) {
    guard let component = step.component else { return addUser(step) }
    let position = open[component] ?? begin(component, step)
    let text = step.words + reason
    switch step.kind {
    case .arrived(let waiting): if waiting > 0 { rows[position].words.append(step.words) }
    case .started: rows[position].workStart = rows[position].workStart ?? step.time
    case .picked, .queuedForSlot, .slotAssigned, .handshakeCompleted, .connectionRejected:
      rows[position].words.append(text)
    case .connected:
      rows[position].workEnd = rows[position].workEnd ?? step.time
      // A balancer's connection to the chosen server needs no words.
      if component.component != .haproxy { rows[position].words.append(text) }
    case .connectionRefused(let target):
      rows[position].workEnd = rows[position].workEnd ?? step.time
      add(attemptAt: target, step, "refuses the connection\(reason)")
    case .noResponse(let target):
      rows[position].workEnd = rows[position].workEnd ?? step.time
      add(attemptAt: target, step, "does not answer\(reason)")
    case .timedOut: endAttempt(step)
    case .pausedBeforeRetry: rows[position].words.append(text)
    case .answered, .noServerFound:
      rows[position].workEnd = rows[position].workEnd ?? step.time
      rows[position].end = step.time
      rows[position].isTrouble = step.kind.isTrouble
      if step.kind.isTrouble || rows[position].words.isEmpty { rows[position].words.append(text) }
      open[component] = nil
    case .triedToConnect, .gaveUp, .ended: rows[position].words.append(text)
    }
  }

  private mutating func begin(_ component: Address, _ step: RequestStep) -> Int {
    rows.append(WaterfallRow(name: component.text, start: step.time))
    open[component] = rows.count - 1
    return rows.count - 1
  }

  private mutating func add(attemptAt target: Address, _ step: RequestStep, _ words: String) {
    rows.append(WaterfallRow(name: "  \(target.text)", start: step.time, words: [words], isTrouble: true))
    if case .connectionRefused = step.kind { rows[rows.count - 1].end = step.time }
  }

  private mutating func endAttempt(_ step: RequestStep) {
    guard let position = rows.lastIndex(where: { $0.isTrouble && $0.end == nil }) else { return }
    rows[position].end = step.time
  }

  private mutating func addUser(_ step: RequestStep) {
    let isOver = if case .ended = step.kind { true } else { false }
    if isOver { for i in rows.indices where rows[i].end == nil { rows[i].end = step.time } }
    rows.append(
      WaterfallRow(
        name: "user", start: step.time, end: step.time, words: [step.words],
        isTrouble: step.kind.isTrouble))
  }
}

extension Waterfall {
  /// Returns the chart as lines. Each row has a name, a time, a bar and words. On a narrow screen, the words
  /// are on a separate line.
  func lines(width: Int) -> [Line] {
    let names = min(20, rows.reduce(4) { max($0, $1.name.count) })
    let isNarrow = width < 72
    let bars = max(8, min(48, isNarrow ? width - names - 16 : (width - names - 12) * 2 / 5))
    let last = rows.reduce(began) { max($0, $1.last) }
    let scale = Scale(began: began, span: last - began, width: bars)
    let indent = String(repeating: " ", count: 2 + names + 11)
    let total = (last - began).roundWords
    let axis = Line(indent + "0" + Column.right(total, max(1, bars - 1)), .faint)
    return [axis]
      + rows.flatMap { row -> [Line] in
        let head =
          Line("  ") + Line(Column.left(row.name, names)).cut(to: names)
          + Line(" " + Column.right((row.start - began).words, 8) + "  ", .faint)
        let bar = Line(Column.left(scale.bar(of: row), bars), row.isTrouble ? .failed : .accent)
        let words = Line(row.words.joined(separator: "; "), row.isTrouble ? .failed : .plain)
        guard isNarrow else { return [head + bar + Line("  ") + words] }
        return [head + bar] + (words.text.isEmpty ? [] : [Line("    ") + words])
      }
  }

  /// Converts times to cells of a bar.
  private struct Scale {
    let began: Span
    let span: Span
    let width: Int

    func position(of time: Span) -> Int {
      guard span > .zero else { return 0 }
      return Int(Double((time - began).nanoseconds) / Double(span.nanoseconds) * Double(width - 1) + 0.5)
    }

    /// Returns a row's bar. Waiting is dotted, work is solid, and a period too short to show is a stroke.
    func bar(of row: WaterfallRow) -> String {
      let first = position(of: row.start)
      let last = max(first, position(of: row.last))
      var cells = Array(repeating: Character(" "), count: first)
      cells += Array(repeating: "·", count: last - first + 1)
      guard let work = row.workStart, let done = row.workEnd else {
        if first == last { cells[first] = "▏" }
        return String(cells)
      }
      let from = position(of: work)
      let to = position(of: done)
      if from == to { cells[from] = from == last && last > first ? "·" : "▏" }
      for i in from..<max(from, to) { cells[i] = "█" }
      if to == last, to > from { cells[to] = "█" }
      return String(cells)
    }
  }
}
