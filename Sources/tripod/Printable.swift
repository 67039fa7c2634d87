import Course

/// Text that is safe to write to a terminal or a log. It contains no control sequence and no mark that changes the
/// writing direction, except sequences that Tripod itself adds.
///
/// All output has this type, so every new message is made safe too.
struct Printable {
  private(set) var text: String

  /// Makes any text safe. Line endings and tabs stay; other control characters and marks become replacement characters.
  init(_ text: String) { self.text = Printable.replaced(text) { $0 != "\n" && $0 != "\t" } }

  /// Makes text safe that must stay on one line: line endings and tabs are replaced as well.
  init(oneLine text: String) { self.text = Printable.replaced(text) { _ in true } }

  /// A control sequence that Tripod itself sends to the terminal.
  init(control sequence: StaticString) { text = "\(sequence)" }

  static func + (a: Printable, b: Printable) -> Printable {
    var both = a
    both.text += b.text
    return both
  }

  private static func replaced(_ text: String, where isUnwanted: (Unicode.Scalar) -> Bool) -> String {
    guard text.unicodeScalars.contains(where: { $0.isTreacherous && isUnwanted($0) }) else { return text }
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      clean.append(scalar.isTreacherous && isUnwanted(scalar) ? "\u{fffd}" : scalar)
    }
    return String(clean)
  }
}

extension [Printable] {
  func joined() -> Printable { reduce(Printable("")) { $0 + $1 } }
}
