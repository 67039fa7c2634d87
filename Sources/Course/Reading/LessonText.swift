import Blueprint

/// The lines of a lesson's file.
struct LessonText {
  let lines: [String]

  static let maxBytes = 1 << 20
  static let maxLineBytes = 4_000

  init(_ text: String) {
    var text = text[...]
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
      .map(String.init)
  }

  /// Problems with characters that could control a terminal or mislead a reader, and with lines that are too
  /// long.
  var problems: [LessonProblem] {
    var found: [LessonProblem] = []
    for (i, line) in lines.enumerated() {
      if line.utf8.count > LessonText.maxLineBytes {
        found.append(
          LessonProblem(
            at: FilePosition(i + 1), "the line is too long", hint: "\(LessonText.maxLineBytes) bytes at most")
        )
      }
      for (column, scalar) in line.unicodeScalars.enumerated() where LessonText.isUnfit(scalar) {
        found.append(
          LessonProblem(
            at: FilePosition(i + 1, column + 1), "a character that cannot be printed", hint: "take it out"))
      }
      if found.count >= 20 { break }
    }
    return found
  }

  /// U+FFFD is in place of bytes that are not UTF-8.
  private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isUnsafeToPrint && scalar != "\t" || scalar == "\u{FFFD}"
  }
}
