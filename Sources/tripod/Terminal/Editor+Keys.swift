import CLibedit
import Glibc
import Shell

/// Tripod's own functions for keys. Each returns what libedit must do with the screen.
extension Editor {
  /// Tab: completes the word as far as it is certain, or lists the possible completions.
  func complete() -> Int32 {
    let line = textBeforeCursor
    guard let possible = possibilities(after: line) else { return CC_ERROR }
    guard let common = possible.common else { return list(possible) }
    let typed = String(line.suffix(possible.typed))
    let isComplete = possible.candidates.count == 1 && !common.hasSuffix("/")
    let insertion = isComplete && !textAfterCursor.hasPrefix(" ") ? common + " " : common
    guard isComplete || insertion.count > typed.count else { return list(possible) }
    replace(typed, with: insertion)
    return CC_REFRESH
  }

  /// `?`: lists the possible completions.
  /// Inserts itself in quotation marks, comments and paths, and if there are no completions.
  func list() -> Int32 {
    let line = textBeforeCursor
    if !line.isText, !line.endsInPath, !prefill.isUntouched, let possible = possibilities(after: line) {
      return list(possible)
    }
    replace("", with: "?")
    return CC_REFRESH
  }

  /// Ctrl-C: leaves the line on the screen and begins another one.
  func dropLine() -> Int32 {
    isInterrupted = false
    abandonLine(.interrupted)
    el_winsertstr(editor, wideCharacters("^C"))
    return CC_REFRESH
  }

  /// Ctrl-D: deletes the next character if there is one, and leaves the shell if the line is empty.
  func leaveShell() -> Int32 {
    if !textAfterCursor.isEmpty {
      el_cursor(editor, 1)
      el_deletestr(editor, 1)
      return CC_REFRESH
    }
    guard textBeforeCursor.isEmpty else {
      return possibilities(after: textBeforeCursor).map(list) ?? CC_ERROR
    }
    el_winsertstr(editor, wideCharacters("quit"))
    abandonLine(.end)
    return CC_REFRESH
  }

  /// Inserts the offered text as it is, once.
  func insertPrefilledText() -> Int32 {
    guard prefill.isUntouched, textBeforeCursor.isEmpty, textAfterCursor.isEmpty else { return CC_ERROR }
    replace("", with: prefill.text)
    return CC_REFRESH
  }

  /// The right arrow and Ctrl-F: accept the suggestion, or move the cursor by one character.
  func moveForward() -> Int32 {
    if let accepted = acceptSuggestion() { return accepted }
    if textAfterCursor.isEmpty { return CC_ERROR }
    el_cursor(editor, 1)
    return CC_CURSOR
  }

  /// End and Ctrl-E: accept the suggestion, or move the cursor to the end of the line.
  func moveToEnd() -> Int32 {
    if let accepted = acceptSuggestion() { return accepted }
    el_cursor(editor, Int32(textAfterCursor.unicodeScalars.count))
    return CC_CURSOR
  }

  private func acceptSuggestion() -> Int32? {
    guard textAfterCursor.isEmpty, let text = decoration.suggestion(after: textBeforeCursor) else {
      return nil
    }
    replace("", with: text)
    return CC_REFRESH
  }

  /// Ctrl-L in a presentation: clears the window.
  func clearWindow() -> Int32 {
    abandonLine(.line("clean"))
    return CC_REFRESH
  }

  /// Inserts pasted text. Its characters are never read as keys, and each line is obeyed like a typed one.
  func insertPaste() -> Int32 {
    if pastedLines.isEmpty { pastedLines = Paste.lines(of: readPasted()) }
    guard !pastedLines.isEmpty else { return CC_REFRESH }
    replace("", with: pastedLines.removeFirst())
    if !pastedLines.isEmpty { el_wpush(editor, wideCharacters("\n")) }
    return CC_REFRESH
  }

  private func readPasted() -> String {
    var text = String.UnicodeScalarView()
    var key: wchar_t = 0
    let end = Paste.end.unicodeScalars
    while el_wgetc(editor, &key) == 1, let scalar = Unicode.Scalar(UInt32(key)), scalar != "\u{3}" {
      text.append(scalar)
      if scalar == "~", text.suffix(end.count).elementsEqual(end) { return String(text.dropLast(end.count)) }
    }
    return ""
  }

  private func replace(_ typed: String, with text: String) {
    if !typed.isEmpty { el_deletestr(editor, Int32(typed.unicodeScalars.count)) }
    if !text.isEmpty { el_winsertstr(editor, wideCharacters(text)) }
  }

  private func possibilities(after line: String) -> Completion? {
    guard let completion = completion?(line) else { return nil }
    let possible = FileCompletion.added(to: completion, of: line)
    return possible.isEmpty ? nil : possible
  }

  /// Shows the possible completions below the line, then the line again.
  private func list(_ possible: Completion) -> Int32 {
    let size = Terminal.size(of: STDOUT_FILENO) ?? Terminal.Size(columns: 80, rows: 24)
    let lines = CompletionList(possible, size).lines
    el_cursor(editor, 0)
    show(Printable("\n") + lines.map { painter.line($0) }.joined())
    el_redraw(editor)
    return CC_NORM
  }
}

/// The sequences that a terminal sends before and after pasted text.
enum Paste {
  /// The sequence as `bind` writes it.
  static let begin = "\\e[200~"
  static let end = "\u{1b}[201~"

  static func lines(of text: String) -> [String] {
    let text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").replacing("\t", with: " ")
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}

extension String {
  /// Whether the last word is the path of a page.
  fileprivate var endsInPath: Bool {
    split(separator: " ", omittingEmptySubsequences: false).last?.hasPrefix("/") == true
  }

  /// Whether the end of the line is inside quotation marks or a comment.
  fileprivate var isText: Bool {
    var isQuoted = false
    var previous: Character = " "
    for character in self {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, character == "#", previous == " " || previous == ";" { return true }
      previous = character
    }
    return isQuoted
  }
}
