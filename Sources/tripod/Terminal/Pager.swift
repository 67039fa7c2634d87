import CLibedit
import Glibc
import Shell

/// Shows long text one windowful at a time. A key shows the next one, or stops.
struct Pager {
  let editor: Editor

  /// What ended the text.
  enum Ending: Equatable {
    /// The text is on the screen, all of it or as much as the user wanted.
    case shown
    case timedOut
    /// A signal asks the program to end.
    case terminated(by: Int32)
  }

  /// The fewest rows of a window in which text is divided.
  private static let fewestRows = 6

  private var painter: Painter { editor.painter }

  func show(_ lines: [Line], on output: inout Output) throws(Output.WriteError) -> Ending {
    var shown = 0
    while let end = endOfPage(of: lines, from: shown) {
      for line in lines[shown..<end] { output.add(painter.line(line)) }
      shown = end
      // Keys that are waiting belong to the next lines. They must not be taken for answers.
      try output.flush()
      if Descriptors.isReady(STDIN_FILENO, within: 0) { break }
      let answer = ask(shown, of: lines.count, on: &output)
      try output.flush()
      switch answer {
      case .nextPage: continue
      case .rest: break
      case .stop:
        let count = lines.count - shown
        output.add(painter.line(Line("  \(count) more \(count == 1 ? "line" : "lines") not shown", .faint)))
        return .shown
      case .ended(let ending): return ending
      }
      break
    }
    for line in lines[shown...] { output.add(painter.line(line)) }
    return .shown
  }

  /// Returns the end of the page that begins at `start`, or nil if the rest fits in the window.
  ///
  /// One row is left for the question. A page ends after an empty line if there is one near its end.
  private func endOfPage(of lines: [Line], from start: Int) -> Int? {
    guard Terminal.fitsEditor, let rows = Terminal.rows, rows >= Pager.fewestRows,
      let width = Terminal.size(of: STDOUT_FILENO)?.columns
    else { return nil }
    var left = rows - 1
    guard
      let full = lines[start...].firstIndex(where: { line in
        left -= max(1, (line.text.columns + width - 1) / width)
        return left < 0
      })
    else { return nil }
    let lowest = max(start + 1, full - rows / 4)
    let pause = (lowest..<max(lowest, full)).last { lines[$0].text.isEmpty }
    return pause.map { $0 + 1 } ?? max(full, start + 1)
  }
}

// MARK: - The question below a page

extension Pager {
  private enum Answer {
    case nextPage, rest, stop
    case ended(Ending)
  }

  private func ask(_ shown: Int, of count: Int, on output: inout Output) -> Answer {
    let question =
      Line("-- \(shown) of \(count) lines. ", .faint) + Line("Enter", .accent) + Line(" continues, ", .faint)
      + Line("q", .accent) + Line(" stops --", .faint)
    let hasRoom = question.text.count < output.columns
    let text = painter.text(hasRoom ? question : Line("--", .faint))
    let removal = Printable(control: "\r\u{1b}[K")
    defer { output.add(removal) }
    while true {
      tripod.show(removal + text, on: STDOUT_FILENO)
      switch editor.limits.wait(for: STDIN_FILENO) {
      case .timedOut: return .ended(.timedOut)
      case .signal(SIGINT): return .stop
      case .signal(let signal):
        if Signals.isDeadly(signal) { return .ended(.terminated(by: signal)) }
        guard signal == SIGTSTP else { continue }
        tripod.show(removal, on: STDOUT_FILENO)
        editor.limits.suspend()
      case .ready: if let answer = answer(to: readKey()) { return answer }
      }
    }
  }

  /// Returns the meaning of a key, or nil if it has none here. The first key of a new line shows the rest.
  private func answer(to key: String) -> Answer? {
    switch key {
    case "\r", "\n", " ", "\u{1b}[6~", "\u{1b}[B", "\u{1b}OB": return .nextPage
    case "q", "Q", "\u{4}", "\u{1b}": return .stop
    case "": return .rest
    default:
      let isText = key.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
      guard isText || key == Paste.begin.replacing("\\e", with: "\u{1b}") else { return nil }
      el_wpush(editor.editor, wideCharacters(key))
      return .rest
    }
  }

  /// Reads one key, with the rest of its escape sequence or of its character. It is empty at the end of input.
  private func readKey() -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    repeat {
      guard read(STDIN_FILENO, &byte, 1) == 1 else { break }
      bytes.append(byte)
    } while !Pager.isComplete(bytes) && Descriptors.isReady(STDIN_FILENO, within: 20)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isComplete(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return false }
    if first != 0x1b { return String(validating: bytes, as: UTF8.self) != nil }
    if bytes.count < 3 { return bytes.count == 2 && last != UInt8(ascii: "[") && last != UInt8(ascii: "O") }
    return (0x40...0x7e).contains(last)
  }
}
