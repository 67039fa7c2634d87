/// Lines that fit a screen.
extension [Line] {
  func wrapped(to width: Int) -> [Line] { flatMap { $0.wrapped(to: width) } }
}

extension Line {
  /// Cut at blanks; what goes on below stands under the last column of the line, or a little to the right.
  public func wrapped(to width: Int) -> [Line] {
    // Bytes are counted in no time, and are never fewer than characters.
    guard spans.reduce(0, { $0 + $1.text.utf8.count }) > width, text.count > width, let last = spans.last
    else { return [self] }
    let head = spans.dropLast().reduce(0) { $0 + $1.text.count }
    guard head < width else { return cut(at: width).flatMap { $0.wrapped(to: width) } }
    let leading = text.prefix { $0 == " " }.count
    let indent = spans.count > 1 && head <= width * 2 / 3 ? head : min(leading + 2, width / 2)
    var lines: [Line] = []
    var line = Line(spans: Array(spans.dropLast()))
    var length = head
    for word in Line.pieces(of: last.text, longest: width - indent) {
      if length + word.count > width, length > indent {
        lines.append(line)
        line = Line(String(repeating: " ", count: indent))
        length = indent
      }
      line = line + Line(word + " ", last.look)
      length += word.count + 1
    }
    return (lines + [line]).map { $0.withoutTrailingBlanks }
  }

  /// The words, of which those that no line could hold are cut.
  private static func pieces(of text: String, longest: Int) -> [String] {
    text.split(separator: " ", omittingEmptySubsequences: false).flatMap { word in
      word.count <= longest
        ? [String(word)]
        : stride(from: 0, to: word.count, by: longest).map { String(word.dropFirst($0).prefix(longest)) }
    }
  }

  /// In two, where its last column begins beyond the screen.
  private func cut(at width: Int) -> [Line] {
    var (first, second) = (Line(), Line())
    var left = width
    for span in spans {
      first = first + Line(String(span.text.prefix(left)), span.look)
      second = second + Line(String(span.text.dropFirst(left)), span.look)
      left = max(0, left - span.text.count)
    }
    return [first, second]
  }

  private var withoutTrailingBlanks: Line {
    var line = self
    while var last = line.spans.last, last.text.hasSuffix(" ") {
      line.spans.removeLast()
      while last.text.hasSuffix(" ") { last.text.removeLast() }
      if !last.text.isEmpty { line.spans.append(last) }
    }
    return line
  }
}
