import Glibc
import Shell

/// Turns lines into text, coloured or plain, and in the characters that are welcome.
struct Painter {
  private let isColored: Bool
  private let drawing: Drawing

  init(_ color: Arguments.Color, _ drawing: Arguments.Drawing, isTerminal: Bool) {
    self.drawing = Drawing(drawing, isTerminal: isTerminal)
    switch color {
    case .always: isColored = true
    case .never: isColored = false
    case .auto: isColored = isTerminal && Painter.isColorWelcome
    }
  }

  func text(_ line: Line) -> String { text(line, escape: "") }

  /// With the escape character around all that steers the terminal and takes no room.
  func text(_ line: Line, escape: String) -> String {
    line.spans.map { span in
      let text = drawing.drawn(harmless(span.text))
      guard isColored, let code = code(of: span.look) else { return text }
      return "\(escape)\u{1b}[\(code)m\(escape)\(text)\(escape)\u{1b}[0m\(escape)"
    }
    .joined()
  }

  private func code(of look: Line.Look) -> String? {
    switch look {
    case .plain: nil
    case .accent: "36"
    case .failed: "31"
    case .faint: "90"
    }
  }

  /// A word that is quoted back must not be able to steer the terminal.
  private func harmless(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var clean = ""
    for scalar in text.unicodeScalars { clean.unicodeScalars.append(isControl(scalar) ? "\u{fffd}" : scalar) }
    return clean
  }

  private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
  }

  private static var isColorWelcome: Bool {
    environment("NO_COLOR") == nil && ![nil, "dumb"].contains(environment("TERM"))
  }
}
