/// ASCII characters that replace signs, drawings and typography one to one, so that columns stay aligned.
enum ASCIISubstitutes {
  /// Returns the substitute, or nil if there is none.
  static func substitute(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    sign(for: scalar) ?? mark(for: scalar) ?? drawing(for: scalar)
  }

  /// Signs for states and directions.
  private static func sign(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "●", "•", "◆", "★", "✱": "*"
    case "○", "◇", "◯", "☐": "o"
    case "✗", "✘", "✕", "☒": "x"
    case "✓", "✔", "☑": "v"
    case "◌": "-"
    case "◐", "◑", "◒", "◓": "~"
    case "▶", "▸", "►", "→", "↦", "⇒", "➜", "›", "»": ">"
    case "◀", "◂", "◄", "←", "⇐", "‹", "«": "<"
    case "▲", "△", "▴", "↑", "⇑": "^"
    case "▼", "▽", "▾", "↓", "⇓": "v"
    case "↔", "⇄", "⇆", "⇔", "—", "–", "‑", "−", "‐": "-"
    case "↕": "|"
    case "⚠": "!"
    default: nil
    }
  }

  /// Typographic and mathematical characters.
  private static func mark(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "“", "”", "„": "\""
    case "‘", "’", "‚": "'"
    case "…", "·", "∙", "⋯": "."
    case "×": "x"
    // A test report uses it instead of a number sign, which would begin a directive.
    case "♯": "+"
    case "≥", "⩾": ">"
    case "≤", "⩽": "<"
    case "≠": "!"
    case "∩": "&"
    case "∪": "|"
    case "∖": "\\"
    case "≈", "∼", "±": "~"
    case "÷": "/"
    case "∞": "8"
    case "µ", "μ": "u"
    case "°": "o"
    case "§": "S"
    case "½": "/"
    case "\u{a0}", "\u{202f}", "\u{2009}", "\u{2007}": " "
    case "\u{fffd}": "?"
    default: nil
    }
  }

  /// Lines, boxes, bars and shades.
  private static func drawing(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "─", "━", "┄", "┅", "┈", "┉", "╌", "╍", "╴", "╶", "╸", "╺": "-"
    case "═": "="
    case "│", "┃", "║", "╵", "╷", "╹", "╻", "▏", "▕": "|"
    case "┆", "┇", "┊", "┋", "╎", "╏": ":"
    case "╱": "/"
    case "╲": "\\"
    case "╳": "x"
    case "\u{2500}"..."\u{257f}": "+"
    case "▔": "^"
    case "▁": "_"
    case "▂": "."
    case "▃": ":"
    case "▄": "-"
    case "▅": "="
    case "▆": "+"
    case "▇": "*"
    case "█", "▓", "■", "▪", "▀", "▐": "#"
    case "▒", "░", "▉", "▊": ":"
    case "▋", "▌", "▍", "▎": "|"
    case "□", "▫": "o"
    case "⠀": " "
    case "\u{2801}"..."\u{28ff}": ":"
    default: nil
    }
  }
}
