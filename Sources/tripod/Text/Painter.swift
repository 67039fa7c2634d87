import Glibc
import Shell

/// Turns lines into text, with or without colours, in the characters that the output can show.
struct Painter {
  let isColored: Bool
  private let characters: OutputCharacters

  init(_ color: ProgramArguments.ColorChoice, _ drawing: ProgramArguments.DrawingChoice, isTerminal: Bool) {
    characters = OutputCharacters(drawing, isTerminal: isTerminal)
    switch color {
    case .always: isColored = true
    case .never: isColored = false
    case .auto: isColored = isTerminal && Painter.isColorSupported
    }
  }

  func text(_ line: Line) -> Printable { line.pieces.map { text($0, markingControls: false) }.joined() }

  /// Returns a prompt with a mark around each control sequence, so that the editor does not count it as text.
  func prompt(_ line: Line) -> Printable { line.pieces.map { text($0, markingControls: true) }.joined() }

  /// Returns the line with a newline.
  func line(_ line: Line) -> Printable { text(line) + Printable("\n") }

  /// The byte that marks control sequences in a prompt.
  static let mark: UInt8 = 1

  private func text(_ span: Line.Piece, markingControls: Bool) -> Printable {
    let text = Printable(oneLine: characters.rendered(Printable(oneLine: span.text).text))
    guard isColored, let start = start(of: span.look) else { return text }
    let end: StaticString = "\u{1b}[0m"
    guard markingControls else { return Printable(control: start) + text + Printable(control: end) }
    let mark = Printable(control: "\u{1}")
    return mark + Printable(control: start) + mark + text + mark + Printable(control: end) + mark
  }

  private func start(of look: Line.Look) -> StaticString? {
    switch look {
    case .plain: nil
    case .accent: "\u{1b}[36m"
    case .good: "\u{1b}[32m"
    case .failed: "\u{1b}[31m"
    case .attention: "\u{1b}[33m"
    case .faint: "\u{1b}[2m"
    }
  }

  private static var isColorSupported: Bool {
    environment("NO_COLOR") == nil && ![nil, "dumb"].contains(environment("TERM"))
  }
}
