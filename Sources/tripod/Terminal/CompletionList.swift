import Shell

/// The possible completions of a line, laid out for a window.
struct CompletionList {
  private let completion: Completion
  private let size: Terminal.Size

  init(_ completion: Completion, _ size: Terminal.Size) {
    self.completion = completion
    self.size = size
  }

  /// The completions with their summaries in one column, or in two if there are too many for the window. Very
  /// many completions are shown without summaries.
  var lines: [Line] {
    let all = completion.candidates + completion.hints
    if all.count <= max(8, size.rows - 4) { return describedLines(all, width: size.columns) }
    let half = (all.count + 1) / 2
    guard half <= 2 * size.rows, size.columns >= 76 else { return nameColumns(all) }
    let width = size.columns / 2
    let left = describedLines(Array(all[..<half]), width: width)
    let right = describedLines(Array(all[half...]), width: width) + [Line()]
    return zip(left, right).map { left, right in
      left + Line(String(repeating: " ", count: max(0, width - left.text.count))) + right
    }
  }

  private func describedLines(_ all: [Completion.Candidate], width: Int) -> [Line] {
    let column = min(all.map(\.text.count).max() ?? 0, width / 2)
    return all.map { candidate in
      let name = Line("  " + fitted(candidate.text, to: width - 3).padded(to: column))
      let room = width - 5 - max(column, candidate.text.count)
      guard room > 8, !candidate.summary.isEmpty else { return name }
      return name + Line("  " + fitted(candidate.summary, to: room), .faint)
    }
  }

  /// Returns the names in columns, sorted downwards, as many as the window can show.
  private func nameColumns(_ all: [Completion.Candidate]) -> [Line] {
    let names = all.map { fitted($0.text, to: size.columns - 3) }
    let width = (names.map(\.count).max() ?? 0) + 2
    let columns = max(1, (size.columns - 3) / width)
    let most = columns * max(8, size.rows - 4)
    let shown = names.prefix(most)
    let rows = (shown.count + columns - 1) / columns
    var lines = (0..<rows).map { row in
      let cells = stride(from: row, to: shown.count, by: rows).map { shown[$0].padded(to: width) }
      return Line("  " + cells.joined())
    }
    if names.count > shown.count { lines.append(Line("  and \(names.count - shown.count) more", .faint)) }
    return lines
  }

  private func fitted(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(max(1, width - 1)) + "…"
  }
}

extension Completion {
  var isEmpty: Bool { candidates.isEmpty && hints.isEmpty }

  /// The beginning that all candidates share, or nil if there are no candidates.
  var common: String? {
    guard var common = candidates.first?.text else { return nil }
    for candidate in candidates {
      while !candidate.text.hasPrefix(common) { common.removeLast() }
    }
    return common
  }
}
