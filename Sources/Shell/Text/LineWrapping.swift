/// Wraps lines to the width of a screen.
extension [Line] {
  func wrapped(to width: Int) -> [Line] { flatMap { $0.wrapped(to: width) } }
}

extension Line {
  /// Breaks the line at spaces. Continuation lines are indented to the line's last column, or by two spaces.
  public func wrapped(to width: Int) -> [Line] {
    // A fast path: counting bytes is fast, and there are never fewer bytes than characters.
    guard pieces.reduce(0, { $0 + $1.text.utf8.count }) > width, text.columns > width, let last = pieces.last
    else { return [self] }
    let head = pieces.dropLast().reduce(0) { $0 + $1.text.columns }
    guard head < width else { return reflowed(to: width) }
    let leading = text.prefix { $0 == " " }.count
    let indent = pieces.count > 1 && head <= width * 2 / 3 ? head : min(leading + 2, width / 2)
    // A command that is tried on a copy must not change the site if only its second line is pasted.
    let start = String(repeating: " ", count: indent) + (isWhatIfCommand ? "# " : "")
    var lines: [Line] = []
    var line = Line(pieces: Array(pieces.dropLast()))
    var length = head
    for word in Line.wordPieces(of: last.text, longest: width - start.columns) {
      let size = word.columns
      if length + size > width, length > start.columns {
        lines.append(line)
        line = Line(start, isWhatIfCommand ? last.look : .plain)
        length = start.columns
      }
      // A second space does not begin the next line.
      if word.isEmpty, !lines.isEmpty, length == start.columns { continue }
      line = line + Line(word + " ", last.look)
      length += size + 1
    }
    return (lines + [line]).map { $0.withoutTrailingBlanks }
  }

  private var isWhatIfCommand: Bool { text.drop { $0 == " " }.hasPrefix("whatif ") }

  /// Returns the words of the text. A word longer than a line is split.
  private static func wordPieces(of text: String, longest: Int) -> [String] {
    text.split(separator: " ", omittingEmptySubsequences: false).flatMap { word in
      var wordPieces: [String] = []
      var rest = word
      // The rest is not measured again for each piece, because it may be very long.
      while case let piece = rest.fittingPrefix(longest), piece.endIndex < rest.endIndex {
        wordPieces.append(String(piece))
        rest = rest[piece.endIndex...]
      }
      return wordPieces + [String(rest)]
    }
  }

  /// Breaks the line at any space, as text without columns. Continuation lines are indented by two more spaces.
  func reflowed(to width: Int) -> [Line] {
    let indent = min(text.prefix { $0 == " " }.count + 2, width / 2)
    var lines: [Line] = []
    var (line, length) = (Line(), 0)
    for span in pieces {
      for (i, word) in Line.wordPieces(of: span.text, longest: width - indent).enumerated() {
        let blank = i > 0 && (length > indent || lines.isEmpty) ? " " : ""
        if length + blank.count + word.columns > width, length > indent {
          lines.append(line)
          (line, length) = (Line(String(repeating: " ", count: indent)), indent)
          if word.isEmpty { continue }
          line = line + Line(word, span.look)
          length += word.columns
        } else {
          line = line + Line(blank + word, span.look)
          length += blank.count + word.columns
        }
      }
    }
    return (lines + [line]).map { $0.withoutTrailingBlanks }
  }

  private var withoutTrailingBlanks: Line {
    var line = self
    while var last = line.pieces.last, last.text.hasSuffix(" ") {
      line.pieces.removeLast()
      while last.text.hasSuffix(" ") { last.text.removeLast() }
      if !last.text.isEmpty { line.pieces.append(last) }
    }
    return line
  }
}

extension Substring {
  /// Returns the longest beginning that fits the width, but at least one character.
  fileprivate func fittingPrefix(_ width: Int) -> Substring {
    var left = width
    var end = startIndex
    while end < endIndex {
      left -= self[end...end].columns
      if left < 0, end > startIndex { break }
      end = index(after: end)
    }
    return self[..<end]
  }
}
