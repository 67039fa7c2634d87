import Blueprint

/// The lines of a lesson's file.
struct Source {
  let lines: [String]

  static let largest = 1 << 20
  static let longestLine = 4_000

  init(_ text: String) {
    var text = text[...]
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
      .map(String.init)
  }

  /// Bytes that could steer a terminal or deceive a reader, and lines or files beyond all measure.
  var problems: [LessonProblem] {
    var found: [LessonProblem] = []
    for (i, line) in lines.enumerated() {
      if line.utf8.count > Source.longestLine {
        found.append(
          LessonProblem(at: Place(i + 1), "the line is too long", hint: "\(Source.longestLine) bytes at most")
        )
      }
      for (column, scalar) in line.unicodeScalars.enumerated() where Source.isUnfit(scalar) {
        found.append(
          LessonProblem(
            at: Place(i + 1, column + 1), "a character that cannot be printed", hint: "take it out"))
      }
      if found.count >= 20 { break }
    }
    return found
  }

  /// U+FFFD stands for bytes that could not be read.
  private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isUnsafeToPrint && scalar != "\t" || scalar == "\u{FFFD}"
  }
}

extension String {
  var trimmed: String { Substring(self).trimmed }

  /// How many blanks it begins with.
  var indent: Int { prefix { $0 == " " || $0 == "\t" }.count }

  /// What stands before and behind the first occurrence.
  func parted(at mark: String) -> (before: String, behind: String)? {
    let wanted = Array(mark.utf8)
    guard let first = wanted.first else { return nil }
    var rest = utf8[...]
    while let start = rest.firstIndex(of: first) {
      if rest[start...].starts(with: wanted) {
        return (String(self[..<start]), String(self[utf8.index(start, offsetBy: wanted.count)...]))
      }
      rest = rest[utf8.index(after: start)...]
    }
    return nil
  }

  func has(_ words: String) -> Bool { words.isEmpty || parted(at: words) != nil }

  /// A 64-bit FNV-1a, in hexadecimal: the same on every machine.
  var fingerprint: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

extension Substring {
  var trimmed: String {
    var rest = self
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return String(rest)
  }
}
