/// What stands for a drawn or typographic character where only ASCII is welcome: one for one, so columns stay columns.
enum PlainForms {
  static func form(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
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

  /// What typesetters and mathematicians write.
  private static func mark(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "“", "”", "„": "\""
    case "‘", "’", "‚": "'"
    case "…", "·", "∙", "⋯": "."
    case "×": "x"
    // It stands where a number sign would begin a directive of a test report.
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
