import CLibedit
import Glibc
import Shell

/// What keys do that libedit knows nothing of. Each says what is to be done with the screen.
extension Editor {
  /// Tab: goes on as far as there is only one way, and else says which ways there are.
  func complete() -> Int32 {
    let line = begun
    guard let possible = possibilities(after: line) else { return CC_ERROR }
    guard let common = possible.common else { return list(possible) }
    let typed = String(line.suffix(possible.typed))
    let isWhole = possible.candidates.count == 1 && !common.hasSuffix("/")
    let insertion = isWhole && !behind.hasPrefix(" ") ? common + " " : common
    guard isWhole || insertion.count > typed.count else { return list(possible) }
    replace(typed, with: insertion)
    return CC_REFRESH
  }

  /// `?`: says what can come next. Within quotation marks and comments, in a path, and where nothing can be said, it is a
  /// character like any other.
  func list() -> Int32 {
    let line = begun
    if !line.isText, !line.endsInPath, !isOffered, let possible = possibilities(after: line) {
      return list(possible)
    }
    replace("", with: "?")
    return CC_REFRESH
  }

  /// Ctrl-C: leaves the line standing and begins another one.
  func drop() -> Int32 {
    isInterrupted = false
    giveUp(.interrupted)
    el_winsertstr(editor, wide("^C"))
    return CC_REFRESH
  }

  /// Ctrl-D: leaves where nothing is typed, and takes the next character away where there is one.
  func leave() -> Int32 {
    if !behind.isEmpty {
      el_cursor(editor, 1)
      el_deletestr(editor, 1)
      return CC_REFRESH
    }
    guard begun.isEmpty else { return possibilities(after: begun).map(list) ?? CC_ERROR }
    el_winsertstr(editor, wide("quit"))
    giveUp(.end)
    return CC_REFRESH
  }

  /// Inserts the offered text as it is, once.
  func insertOffer() -> Int32 {
    guard isOffered, begun.isEmpty, behind.isEmpty else { return CC_ERROR }
    replace("", with: offer)
    return CC_REFRESH
  }

  /// Ctrl-L of somebody who presents.
  func clean() -> Int32 {
    giveUp(.line("clean"))
    return CC_REFRESH
  }

  /// What is pasted is text, whatever its characters mean as keys; each of its lines is a line.
  func paste() -> Int32 {
    if pasted.isEmpty { pasted = Paste.lines(of: readPasted()) }
    guard !pasted.isEmpty else { return CC_REFRESH }
    replace("", with: pasted.removeFirst())
    if !pasted.isEmpty { el_wpush(editor, wide("\n")) }
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
    if !text.isEmpty { el_winsertstr(editor, wide(text)) }
  }

  private func possibilities(after line: String) -> Completion? {
    guard let completion = completion?(line) else { return nil }
    let possible = FileNames.added(to: completion, of: line)
    return possible.isEmpty ? nil : possible
  }

  /// Shows the ways to go on below the line, and the line again below them.
  private func list(_ possible: Completion) -> Int32 {
    let size = Terminal.size(of: STDOUT_FILENO) ?? Terminal.Size(columns: 80, rows: 24)
    let lines = Menu(possible, size).lines
    el_cursor(editor, 0)
    show(Printable("\n") + lines.map { painter.line($0) }.joined())
    el_redraw(editor)
    return CC_NORM
  }
}

/// What a terminal sends around a text that is pasted.
enum Paste {
  /// As `bind` writes it.
  static let begin = "\\e[200~"
  static let end = "\u{1b}[201~"

  static func lines(of text: String) -> [String] {
    let text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").replacing("\t", with: " ")
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}

extension String {
  /// Whether its last word is a path of a page.
  fileprivate var endsInPath: Bool {
    split(separator: " ", omittingEmptySubsequences: false).last?.hasPrefix("/") == true
  }

  /// Whether what follows is within quotation marks or a comment.
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
