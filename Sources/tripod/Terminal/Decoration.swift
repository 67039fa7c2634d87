import CLibedit
import Glibc
import Shell

/// What Tripod draws over libedit's line: colours, and a suggestion after the cursor.
struct Decoration {
  /// The earlier lines that can be suggested, the oldest first.
  var earlierLines: [String] = []
  /// The suggestion that was shown last, and the line that it continues.
  private var suggestion: (line: String, rest: String)?
  /// Whether a suggestion is on the screen.
  var isSuggesting = false
  /// Whether the line on the screen has colours.
  var isLineColored = false

  mutating func beginLine() {
    suggestion = nil
    isSuggesting = false
    isLineColored = false
  }

  mutating func note(_ rest: String, after line: String) {
    suggestion = (line, rest)
    isSuggesting = true
  }

  /// Returns the suggestion for the line if it has been shown.
  func suggestion(after line: String) -> String? {
    suggestion.flatMap { $0.line == line ? $0.rest : nil }
  }

  /// Returns the rest of the latest earlier line that begins with the text and a command.
  ///
  /// Other lines may be mistakes. Answers are never suggested, because they belong to another question.
  func earlierLine(beginningWith text: String) -> String? {
    let line = earlierLines.last { line in
      guard line.utf8.count > text.utf8.count, line.hasPrefix(text), line.isPlain else { return false }
      let name = String(line.prefix { $0 != " " })
      return name != "answer" && Decoration.names.contains(name)
    }
    return line.map { String($0.dropFirst(text.count)) }
  }

  /// Returns the line with its looks: the names of commands can be typed, and comments can be skipped.
  static func colored(_ text: String) -> Line {
    var line = Line()
    var isAtStart = true
    var isQuoted = false
    var rest = text[...]
    while let first = rest.first {
      if first == "#", !isQuoted, line.text.last.map({ " ;".contains($0) }) ?? true {
        return line + Line(String(rest), .faint)
      }
      let isWord = first != " " && first != ";" && first != "\""
      let piece = isWord ? rest.prefix { !" ;\"".contains($0) } : rest.prefix(1)
      rest = rest.dropFirst(piece.count)
      line = line + Line(String(piece), isAtStart && names.contains(String(piece)) ? .accent : .plain)
      if first == "\"" { isQuoted.toggle() }
      if !isQuoted, first == ";" { isAtStart = true } else if first != " " { isAtStart = false }
    }
    return line
  }

  /// The names of all commands.
  private static let names = Set(Manual.chapters.flatMap { $0.entries.map(\.name) })
}

extension Editor {
  /// Colours the line and shows a suggestion after the cursor, if no key is waiting.
  ///
  /// libedit does not know about it. So the cursor returns to its place, and before the next key is handled,
  /// `removeSuggestion` restores the screen. A line that needs more than one row stays as it is.
  func decorate() {
    guard painter.isColored, page == nil, !prefill.isUntouched, !el_uses_vi_keys(editor),
      !Descriptors.isReady(STDIN_FILENO, within: 0), let size = Terminal.size(of: STDOUT_FILENO)
    else { return }
    let (before, after) = (textBeforeCursor, textAfterCursor)
    let room = size.columns - 1 - promptColumns - before.count - after.count
    guard (before + after).isPlain, room >= 0 else { return }
    color(before, after)
    if after.isEmpty, room > 3, let rest = suggestedRest(of: before) { suggest(rest, after: before, room) }
  }

  private func color(_ before: String, _ after: String) {
    let line = Decoration.colored(before + after)
    let hasColor = line.pieces.contains { $0.look != .plain }
    defer { decoration.isLineColored = hasColor }
    guard hasColor || decoration.isLineColored else { return }
    show(
      Printable(movingLeft: before.count) + painter.text(line) + Printable(movingLeft: after.count))
  }

  private func suggest(_ rest: String, after line: String, _ room: Int) {
    let shown = rest.count <= room ? rest : rest.prefix(room - 1) + "…"
    show(painter.text(Line(shown, .faint)) + Printable(movingLeft: shown.count))
    decoration.note(rest, after: line)
  }

  /// Returns what could follow the line: from an earlier line or else from the possible completions.
  private func suggestedRest(of line: String) -> String? {
    if line.isEmpty { return nil }
    if let rest = decoration.earlierLine(beginningWith: line) { return rest }
    guard let possible = completion?(line), possible.typed > 1 else { return nil }
    let word = line.suffix(possible.typed)
    let first = possible.candidates.first { $0.text.count > word.count && $0.text.hasPrefix(word) }
    return first.flatMap { $0.text.isPlain ? String($0.text.dropFirst(word.count)) : nil }
  }

  /// Removes the suggestion from the screen. Only the suggestion can be there, as the line is the last text.
  func removeSuggestion() {
    guard decoration.isSuggesting else { return }
    decoration.isSuggesting = false
    show(Printable(control: "\u{1b}[J"))
  }
}

extension String {
  /// Whether each character is in ASCII and needs one column.
  fileprivate var isPlain: Bool { utf8.allSatisfy { (32..<127).contains($0) } }
}
