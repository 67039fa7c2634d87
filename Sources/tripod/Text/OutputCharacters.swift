/// The characters that the output can show.
enum OutputCharacters {
  case unicode
  /// Signs and drawings become ASCII. Letters of other alphabets can stay if the locale has them.
  case ascii(keepsLetters: Bool)

  init(_ choice: ProgramArguments.DrawingChoice, isTerminal: Bool) {
    switch choice {
    case .unicode: self = .unicode
    case .ascii: self = .ascii(keepsLetters: Locale.isUTF8)
    case .auto: self = isTerminal && Locale.isUTF8 ? .unicode : .ascii(keepsLetters: Locale.isUTF8)
    }
  }

  /// Returns the text with each character replaced by one that the output can show.
  func rendered(_ text: String) -> String {
    guard case .ascii(let keepsLetters) = self, !text.utf8.allSatisfy({ $0 < 128 }) else { return text }
    var plain = ""
    for scalar in text.unicodeScalars {
      plain.unicodeScalars.append(
        scalar.isASCII ? scalar : ASCIISubstitutes.substitute(for: scalar) ?? (keepsLetters ? scalar : "?"))
    }
    return plain
  }
}
