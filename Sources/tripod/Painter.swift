import Glibc
import Shell

/// Turns lines into text, coloured or plain.
struct Painter {
  static let plain = Painter(.never, isTerminal: false)

  private let isColored: Bool

  init(_ color: Arguments.Color, isTerminal: Bool) {
    switch color {
    case .always: isColored = true
    case .never: isColored = false
    case .auto: isColored = isTerminal && Painter.isColorWelcome
    }
  }

  func text(_ line: Line) -> String {
    line.spans.map { span in
      let text = harmless(span.text)
      guard isColored, let code = code(of: span.look) else { return text }
      return "\u{1b}[\(code)m\(text)\u{1b}[0m"
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
    let refusal = getenv("NO_COLOR").map { String(cString: $0) } ?? ""
    let terminal = getenv("TERM").map { String(cString: $0) } ?? ""
    return refusal.isEmpty && terminal != "dumb"
  }
}
