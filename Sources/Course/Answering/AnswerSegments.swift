/// The words of an answer, grouped by commas and `and`.
struct AnswerSegments {
  private(set) var all: [[String]]

  var words: [String] { all.flatMap { $0 } }

  /// The words without fillers.
  var content: [String] { words.filter { !AnswerSegments.fillers.contains($0) } }

  /// The words without fillers, except “a”, which can be the letter of a claim.
  var letters: [String] { words.filter { $0 == "a" || !AnswerSegments.fillers.contains($0) } }

  private static let fillers: Set<String> = [
    "the", "a", "an", "only", "just", "about", "around", "roughly", "exactly", "requests", "request", "is",
    "are",
  ]

  init(_ text: String) {
    all = [[]]
    var word = ""
    for character in text.lowercased() {
      switch character {
      case " ", "\t", "“", "”", "\"", "'", "`", "{", "}", "[", "]", "(", ")": end(&word)
      case ",", ";", "+", "&", "\n":
        end(&word)
        all.append([])
      default: word.append(character)
      }
    }
    end(&word)
    all = all.filter { !$0.isEmpty }
  }

  private mutating func end(_ word: inout String) {
    while let last = word.last, last == "." || last == "!" || last == "?" { word.removeLast() }
    if word == "and" || word == "then" || word == "plus" {
      all.append([])
    } else if !word.isEmpty {
      all[all.count - 1].append(word)
    }
    word = ""
  }

  /// Removes `sure` or `guess` from the end.
  mutating func takeConfidence() -> GivenAnswer.Confidence? {
    guard words.count > 1, let last = all.last?.last, let confidence = GivenAnswer.Confidence(rawValue: last)
    else {
      return nil
    }
    all[all.count - 1].removeLast()
    if all[all.count - 1].isEmpty { all.removeLast() }
    return confidence
  }
}
