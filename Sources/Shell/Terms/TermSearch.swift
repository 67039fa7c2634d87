import Blueprint

extension Term {
  /// Returns the term with this name; nil if there is none. Its other names count too. Capitals, hyphens and
  /// plurals make no difference.
  static func named(_ text: String) -> Term? {
    var text = text
    while true {
      if let found = spellings(of: text).lazy.compactMap(term).first { return found }
      guard let rest = withoutPreamble(text) else { return nil }
      text = rest
    }
  }

  /// Returns the name of a term that was most likely meant; nil if none is similar.
  static func nearestName(to text: String) -> String? {
    nearest(to: text, among: all.flatMap { [$0.name] + $0.formerNames + $0.otherNames })
  }

  var allNames: [String] { [name] + formerNames + otherNames }

  private static func term(spelled spelling: String) -> Term? {
    guard !spelling.isEmpty else { return nil }
    return all.first { $0.allNames.contains { normalized($0) == spelling } }
  }

  /// Returns the letters, digits and plus signs of a text, in lower case.
  static func normalized(_ text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "+" }
  }

  /// Returns the word, and the words of which it could be the plural.
  private static func spellings(of text: String) -> [String] {
    let word = normalized(text)
    return [word]
      + [("ies", "y"), ("es", ""), ("s", "")].compactMap { ending, singular in
        word.count > ending.count + 2 && word.hasSuffix(ending) ? word.dropLast(ending.count) + singular : nil
      }
  }

  /// Returns the text without its first or last word, if that word adds no meaning, as in “what is a
  /// replica”, “HTTP 502” and “what does lag mean”.
  private static func withoutPreamble(_ text: String) -> String? {
    let words = text.split(separator: " ")
    guard words.count > 1, let first = words.first, let last = words.last else { return nil }
    let openings = [
      "what", "whats", "is", "are", "does", "do", "a", "an", "the", "http", "error", "status", "code",
      "define", "meaning", "of", "about",
    ]
    if openings.contains(normalized(String(first))) { return words.dropFirst().joined(separator: " ") }
    let endings = ["mean", "means", "stand", "for", "code", "error"]
    return endings.contains(normalized(String(last))) ? words.dropLast().joined(separator: " ") : nil
  }
}
