import Blueprint
import Simulator

/// A waterfall chart of one request, with a row for each period at a component.
struct Waterfall {
  private(set) var rows: [WaterfallRow] = []
  private var open: [Address: Int] = [:]
  private let began: Span
  private var isOver = false

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
    for i in rows.indices where rows[i].words.isEmpty {
      rows[i].words = [isOver ? "no answer" : "no answer yet"]
      rows[i].isTrouble = isOver
    }
  }

  private mutating func add(_ step: RequestStep, _ reason: String) {
    guard let component = step.component else { return addUser(step) }
    let position = open[component] ?? begin(component, step)
    let text = step.words
    switch step.kind {
    case .arrived(let waiting): if waiting > 0 { rows[position].words.append(step.words) }
    case .started: rows[position].workStart = rows[position].workStart ?? step.time
    case .picked, .queuedForSlot, .slotAssigned, .handshakeCompleted, .connectionRejected:
      rows[position].words.append(text)
    case .connected:
      rows[position].workEnd = rows[position].workEnd ?? step.time
      // A balancer's connection to the chosen server needs no words.
      if component.component != .haproxy { rows[position].words.append(reason.isEmpty ? text : reason) }
    case .connectionRefused(let target):
      rows[position].workEnd = rows[position].workEnd ?? step.time
      add(attemptAt: target, step, ["refuses the connection", reason])
    case .noResponse(let target):
      rows[position].workEnd = rows[position].workEnd ?? step.time
      add(attemptAt: target, step, ["no answer", reason])
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

  private mutating func add(attemptAt target: Address, _ step: RequestStep, _ words: [String]) {
    rows.append(
      WaterfallRow(
        name: "  \(target.text)", start: step.time, words: words.filter { !$0.isEmpty }, isTrouble: true))
    if case .connectionRefused = step.kind { rows[rows.count - 1].end = step.time }
  }

  private mutating func endAttempt(_ step: RequestStep) {
    guard let position = rows.lastIndex(where: { $0.isTrouble && $0.end == nil }) else { return }
    rows[position].end = step.time
  }

  private mutating func addUser(_ step: RequestStep) {
    let isEnd = if case .ended = step.kind { true } else { false }
    isOver = isOver || isEnd
    if isEnd { for i in rows.indices where rows[i].end == nil { rows[i].end = step.time } }
    rows.append(
      WaterfallRow(
        name: "user", start: step.time, end: step.time, words: [step.words],
        isTrouble: step.kind.isTrouble))
  }
}

extension Waterfall {
  private static let leastBars = 12
  private static let mostBars = 80
  private static let preferredWords = 36

  /// Returns the chart as lines, with a legend. Each row has a name, a time, a bar and phrases. If the bars
  /// would be too short, the phrases are on separate lines. No line ends within a phrase that fits the width.
  func lines(width: Int) -> [Line] {
    let names = min(20, rows.reduce(4) { max($0, $1.name.count) })
    let head = 2 + names + 11
    let longest = rows.flatMap { $0.words }.reduce(0) { max($0, $1.columns) }
    let joined = rows.reduce(0) { max($0, $1.words.joined(separator: "; ").columns + $1.words.count - 1) }
    let words = min(joined, max(longest + 1, Waterfall.preferredWords))
    let isNarrow = width - head - 2 - words < Waterfall.leastBars
    let bars = max(8, min(Waterfall.mostBars, isNarrow ? width - head - 2 : width - head - 2 - words))
    let last = rows.reduce(began) { max($0, $1.last) }
    let scale = Scale(began: began, span: last - began, width: bars)
    let axis = Line(String(repeating: " ", count: head) + Waterfall.axis(scale), .faint)
    return [axis] + rows.flatMap { lines(of: $0, names, scale, isNarrow ? width - 6 : words, isNarrow) }
      + [Line("  █ at work   · waiting   ▏ too short to draw", .faint)]
  }

  private func lines(of row: WaterfallRow, _ names: Int, _ scale: Scale, _ room: Int, _ isNarrow: Bool)
    -> [Line]
  {
    let head =
      Line("  ") + Line(Column.left(row.name, names)).cut(to: names)
      + Line(" " + Column.right((row.start - began).words, 8) + "  ", .faint)
    let bar = Line(Column.left(scale.bar(of: row), scale.width), row.isTrouble ? .failed : .plain)
    let look: Line.Look = row.isTrouble ? .failed : .plain
    let phrases = Waterfall.lines(of: row.words, width: room)
    guard !isNarrow else { return [head + bar] + phrases.map { Line("      ") + Line($0, look) } }
    let indent = Line(String(repeating: " ", count: names + 13 + scale.width + 2))
    return [head + bar + Line("  ") + Line(phrases.first ?? "", look)]
      + phrases.dropFirst().map { indent + Line($0, look) }
  }

  /// Joins the phrases to lines that fit the width, if each phrase does.
  private static func lines(of phrases: [String], width: Int) -> [String] {
    var lines: [String] = []
    for (i, phrase) in phrases.enumerated() {
      let text = phrase + (i < phrases.count - 1 ? ";" : "")
      if let last = lines.last, last.columns + 1 + text.columns <= width {
        lines[lines.count - 1] = "\(last) \(text)"
      } else {
        lines.append(text)
      }
    }
    return lines
  }

  /// Returns the times at the start and the end of the bars, and a round time near the middle.
  private static func axis(_ scale: Scale) -> String {
    let total = scale.span.roundWords
    let middle = scale.span.roundHalf
    let position = scale.position(of: scale.began + middle)
    let label = middle.roundWords
    let start = Column.left(Column.left("0", position - label.count / 2) + label, scale.width)
    let room = scale.width - total.count - 2
    guard middle > .zero, position > label.count, position + label.count <= room else {
      return "0" + Column.right(total, max(1, scale.width - 1))
    }
    return start.prefix(scale.width - total.count) + total
  }

  /// Converts times to cells of a bar.
  private struct Scale {
    let began: Span
    let span: Span
    /// The number of cells.
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

extension Span {
  /// The longest time of 1, 2 or 5 nanoseconds, times a power of ten, that is at most half of this time; zero
  /// if there is none.
  fileprivate var roundHalf: Span {
    var scale: Int64 = 1
    while scale <= nanoseconds / 20 { scale *= 10 }
    let digit = [5, 2, 1].first { $0 * scale <= nanoseconds / 2 }
    return Span(nanoseconds: digit.map { $0 * scale } ?? 0)
  }
}
