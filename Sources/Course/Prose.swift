import Blueprint

/// Small words between others.
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
  /// Without what could steer a terminal or deceive a reader, and no longer than a line can bear.
  public func cleaned(most: Int = 40) -> String {
    var cleaned = String.UnicodeScalarView()
    for scalar in unicodeScalars.prefix(most) { cleaned.append(scalar.isUnsafeToPrint ? "\u{FFFD}" : scalar) }
    return String(cleaned) + (unicodeScalars.dropFirst(most).isEmpty ? "" : "…")
  }
}
