/// Reads a line from left to right, and keeps the column.
struct LineCursor {
  private let characters: [Character]
  private let start: FilePosition
  private var next = 0

  init(_ phrase: Phrase) {
    characters = Array(phrase.text)
    start = phrase.position
    skipBlanks()
  }

  var position: FilePosition { start.moved(by: next) }

  private mutating func skipBlanks() {
    while next < characters.count, characters[next] == " " || characters[next] == "\t" { next += 1 }
  }

  /// Reads up to the next space, colon or quotation mark.
  mutating func word() -> Phrase {
    let begin = position
    var text = ""
    while next < characters.count, characters[next] != " ", characters[next] != ":", characters[next] != "\""
    {
      text.append(characters[next])
      next += 1
    }
    skipBlanks()
    return Phrase(text, at: begin)
  }

  mutating func quoted(_ description: String) throws(LessonProblem) -> Phrase {
    guard next < characters.count, characters[next] == "\"" else {
      throw LessonProblem(at: position, "\(description) is missing", hint: "\"…\"")
    }
    let begin = position.moved(by: 1)
    next += 1
    var text = ""
    while next < characters.count, characters[next] != "\"" {
      text.append(characters[next])
      next += 1
    }
    guard next < characters.count else {
      throw LessonProblem(at: begin, "a quotation mark is open", hint: "close it with \"")
    }
    next += 1
    skipBlanks()
    return Phrase(text, at: begin)
  }

  mutating func expect(_ sign: Character) throws(LessonProblem) {
    guard next < characters.count, characters[next] == sign else {
      throw LessonProblem(at: position, "a “\(sign)” is missing here")
    }
    next += 1
    skipBlanks()
  }

  /// Reads the rest of the line: a fact, and a text in quotation marks after `else`.
  mutating func factAndElse() throws(LessonProblem) -> (fact: Phrase, otherwiseText: Phrase?) {
    let begin = position
    let rest = String(characters[next...])
    guard !rest.trimmed.isEmpty else { throw LessonProblem(at: begin, "the fact is missing") }
    guard let (fact, behind) = rest.lastParted(at: " else \"") else {
      return (Phrase(rest.trimmed, at: begin), nil)
    }
    let text = behind.trimmed
    guard text.hasSuffix("\"") else {
      throw LessonProblem(
        at: begin.moved(by: fact.count + 6), "a quotation mark is open", hint: "close it with \"")
    }
    return (
      Phrase(fact.trimmed, at: begin), Phrase(String(text.dropLast()), at: begin.moved(by: fact.count + 7))
    )
  }
}

extension String {
  /// Returns the text before and after the last occurrence of a mark.
  func lastParted(at mark: String) -> (before: String, behind: String)? {
    guard var (before, behind) = parted(at: mark) else { return nil }
    while let (more, rest) = behind.parted(at: mark) {
      before += mark + more
      behind = rest
    }
    return (before, behind)
  }
}
