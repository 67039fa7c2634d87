import Course

/// Text that is safe for a terminal or a log, without control or direction characters except Tripod's own.
///
/// All output has this type, so every message is checked.
struct Printable {
  private(set) var text: String

  /// Keeps newlines and tabs. Other control characters become U+FFFD.
  init(_ text: String) { self.text = Printable.replaced(text) { $0 != "\n" && $0 != "\t" } }

  /// Replaces newlines and tabs too, for text that must stay on one line.
  init(oneLine text: String) { self.text = Printable.replaced(text) { _ in true } }

  /// Keeps a control sequence of Tripod's own as it is.
  init(control sequence: StaticString) { text = "\(sequence)" }

  /// The control sequence that moves the cursor to the left in its row.
  init(movingLeft columns: Int) { text = columns > 0 ? "\u{1b}[\(columns)D" : "" }

  static func + (a: Printable, b: Printable) -> Printable {
    var both = a
    both.text += b.text
    return both
  }

  private static func replaced(_ text: String, where isUnwanted: (Unicode.Scalar) -> Bool) -> String {
    guard text.unicodeScalars.contains(where: { $0.isUnsafeToPrint && isUnwanted($0) }) else { return text }
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      clean.append(scalar.isUnsafeToPrint && isUnwanted(scalar) ? "\u{fffd}" : scalar)
    }
    return String(clean)
  }
}

extension [Printable] {
  func joined() -> Printable { reduce(Printable("")) { $0 + $1 } }
}
