import Blueprint

/// The text in a box: the name and protections at the top, the components at the bottom, the database node
/// last.
struct BoxText {
  let head: [Line]
  let parts: [Line]

  init(_ box: SiteMap.Box) {
    head =
      [BoxText.title(of: box)] + (box.count > 1 ? [Line("\(box.count) alike", .faint)] : [])
      + box.notes.map { BoxText.line($0.sign, $0.text) }
      + box.protections.map { BoxText.line($0.sign, $0.text, .faint) }
    parts = BoxText.lines(of: box.parts)
  }

  var height: Int { head.count + parts.count }
  var width: Int { (head + parts).reduce(0) { max($0, $1.text.count) } }

  /// Returns `height` lines, with empty lines in the middle.
  func lines(_ height: Int) -> [Line] {
    head + Array(repeating: Line(), count: max(0, height - self.height)) + parts
  }

  private static func title(of box: SiteMap.Box) -> Line {
    Line(box.title) + Line(box.weight == 1 ? "" : "  weight \(box.weight)")
  }

  /// Returns the components as lines. The files share the application's line if neither has a remark.
  private static func lines(of parts: [SiteMap.ComponentLabel]) -> [Line] {
    var lines: [Line] = []
    for part in parts {
      let line = line(part.sign, part.text)
      if part.kind == .files, part.words.isEmpty, let before = parts.first(where: { $0.kind == .app }),
        before.words.isEmpty
      {
        lines[lines.count - 1] = (lines.last ?? Line()) + Line("   ") + line
      } else {
        lines.append(line)
      }
    }
    return lines
  }

  /// Returns a line that begins with the sign. If the component has failed, `look` is ignored.
  private static func line(_ sign: Sign, _ text: String, _ look: Line.Look = .plain) -> Line {
    Line(sign.rawValue, look == .plain || sign == .broken ? sign.look : look)
      + Line(" \(text)", sign == .broken ? .failed : look)
  }
}
