/// A comment such as `true "WORDS": FACT`.
struct QuotingComment {
  private let comment: Phrase
  private let characters: [Character]
  private let name: Phrase
  /// The index of the character after the name and the blanks that follow it.
  private let start: Int

  /// Returns nil if the comment is of another form.
  init?(_ comment: Phrase) {
    self.comment = comment
    characters = Array(comment.text)
    guard let first = characters.firstIndex(where: { !$0.isWhitespace }) else { return nil }
    let word = characters[first...].prefix { $0.isLetter }
    name = Phrase(String(word).lowercased(), at: comment.position(at: first))
    let rest = characters[word.endIndex...]
    start = rest.firstIndex { !$0.isWhitespace } ?? rest.endIndex
    let isQuoting = start < rest.endIndex && rest[start] == "\"" && String(rest).has("\":")
    guard isQuoting || name.text == "true" && rest.first != ":" else { return nil }
  }

  /// Returns the words between the quotation marks and the fact after the colon.
  func wordsAndFact() throws(LessonProblem) -> (words: Phrase, fact: Phrase) {
    guard name.text == "true" else {
      throw LessonProblem(
        at: name.position, "there is no comment “\(name.text)”", hint: "true \"WORDS\": FACT")
    }
    let rest = characters[start...]
    guard rest.first == "\"",
      let end = rest.indices.dropFirst().first(where: { rest[$0...].starts(with: "\":") })
    else {
      throw LessonProblem(
        at: comment.position(at: start), "the comment does not quote words of the text",
        hint: "true \"WORDS\": FACT")
    }
    let words = phrase(start + 1..<end)
    guard !words.text.withoutMarks.isEmpty else {
      throw LessonProblem(at: words.position, "the words are missing", hint: "true \"WORDS\": FACT")
    }
    let fact = phrase(end + 2..<characters.endIndex)
    guard !fact.text.isEmpty else { throw LessonProblem(at: fact.position, "the fact is missing") }
    return (words, fact)
  }

  /// Returns the characters without blanks around them. Line breaks become spaces.
  private func phrase(_ range: Range<Int>) -> Phrase {
    let text = characters[range]
    let first = text.firstIndex { !$0.isWhitespace } ?? range.upperBound
    let end = text.lastIndex { !$0.isWhitespace }.map { $0 + 1 } ?? first
    return Phrase(String(characters[first..<end]), at: comment.position(at: first))
  }
}
