import Blueprint

/// Joins words into a list, as in a sentence.
enum Prose {
  static func either(_ choices: [String]) -> String {
    guard choices.count > 1, let last = choices.last else { return choices.first ?? "" }
    return choices.dropLast().joined(separator: ", ") + " or " + last
  }

  static func listed(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension String {
  /// Returns the text without characters that could control a terminal or mislead a reader, and cut to a
  /// length.
  public func cleaned(most: Int = 40) -> String {
    var cleaned = String.UnicodeScalarView()
    for scalar in unicodeScalars.prefix(most) { cleaned.append(scalar.isUnsafeToPrint ? "\u{FFFD}" : scalar) }
    return String(cleaned) + (unicodeScalars.dropFirst(most).isEmpty ? "" : "…")
  }
}
