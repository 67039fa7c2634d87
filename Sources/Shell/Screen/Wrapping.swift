/// Lines that fit a screen of 80 columns.
extension [Line] {
  var wrapped: [Line] { flatMap { $0.wrapped(to: 80) } }
}

extension Line {
  /// Cut at blanks; what goes on below stands under the last column of the line, or a little to the right.
  func wrapped(to width: Int) -> [Line] {
    guard text.count > width, let last = spans.last else { return [self] }
    let head = spans.dropLast().reduce(0) { $0 + $1.text.count }
    let leading = text.prefix { $0 == " " }.count
    let indent = spans.count > 1 && head < width * 3 / 5 ? head : leading + 2
    var lines: [Line] = []
    var line = Line(spans: Array(spans.dropLast()))
    var length = head
    for word in last.text.split(separator: " ", omittingEmptySubsequences: false) {
      if length + word.count > width, length > indent {
        lines.append(line)
        line = Line(String(repeating: " ", count: indent))
        length = indent
      }
      line = line + Line(String(word) + " ", last.look)
      length += word.count + 1
    }
    return (lines + [line]).map { $0.withoutTrailingBlanks }
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
