import Course

/// Text that may reach a terminal or a log. Nothing in it steers a terminal or turns the direction of writing, except what
/// this program says itself.
///
/// All output is made of it, so a new message cannot forget to be harmless.
struct Printable {
  private(set) var text: String

  /// Any text. Ends of lines and tabs stay; whatever else has no shape of its own becomes a replacement character.
  init(_ text: String) { self.text = Printable.replaced(text) { $0 != "\n" && $0 != "\t" } }

  /// What is to stay on one line.
  init(oneLine text: String) { self.text = Printable.replaced(text) { _ in true } }

  /// A sequence of this program's own, which steers the terminal.
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
