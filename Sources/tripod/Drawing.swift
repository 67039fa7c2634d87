/// Which characters a text may be made of.
enum Drawing {
  case unicode
  /// ASCII, but the letters of the user's own words stay where they can be shown.
  case ascii(keepsLetters: Bool)

  init(_ choice: Arguments.Drawing, isTerminal: Bool) {
    switch choice {
    case .unicode: self = .unicode
    case .ascii: self = .ascii(keepsLetters: Locale.isUTF8)
    case .auto: self = isTerminal && Locale.isUTF8 ? .unicode : .ascii(keepsLetters: Locale.isUTF8)
    }
  }

  /// The text made of what is welcome, character for character.
  func drawn(_ text: String) -> String {
    guard case .ascii(let keepsLetters) = self, !text.utf8.allSatisfy({ $0 < 128 }) else { return text }
    var plain = ""
    for scalar in text.unicodeScalars {
      plain.unicodeScalars.append(
        scalar.isASCII ? scalar : PlainForms.form(of: scalar) ?? (keepsLetters ? scalar : "?"))
    }
    return plain
  }
}
