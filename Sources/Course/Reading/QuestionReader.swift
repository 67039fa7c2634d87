import Facts

/// Reads the lines of an `ask` or `predict` block: `key: value`, or a claim as `a "text": FACT`.
struct QuestionReader {
  private var question: Question
  private let fence: Fence
  private var hasKind = false

  private static let keys = [
    "kind", "expect", "run", "within", "proof", "when", "else", "because", "recall", "recall-because",
    "recall-else", "choice",
  ]
  private static let letters = Array("abcdefgh")

  static func question(of fence: Fence, isPrediction: Bool) throws(LessonProblem) -> Question {
    var reader = QuestionReader(
      question: Question(kind: .set, position: fence.position, isPrediction: isPrediction), fence: fence)
    for line in fence.content { try reader.read(line) }
    return try reader.finished()
  }

  private init(question: Question, fence: Fence) {
    self.question = question
    self.fence = fence
  }

  private mutating func read(_ line: Phrase) throws(LessonProblem) {
    if try readClaim(line) { return }
    guard let field = Field(line.text, at: line.position) ?? QuestionReader.remark(line) else {
      throw LessonProblem(
        at: line.position, "“\(line.text.trimmed)” is not a line of a question",
        hint: "kind: set, or expect: FACT")
    }
    guard !field.value.text.isEmpty else {
      throw LessonProblem(at: field.value.position, "\(field.name) says nothing")
    }
    try take(field)
  }

  /// Reads `when 2, 0: text`, whose key has several words.
  private static func remark(_ line: Phrase) -> Field? {
    let text = line.text.trimmed
    guard text.hasPrefix("when ") else { return nil }
    // The colon is not in the file.
    return Field("when: " + text.dropFirst(5), at: line.position.moved(by: line.text.indent - 1))
  }

  private mutating func take(_ field: Field) throws(LessonProblem) {
    let value = field.value
    switch field.name {
    case "kind": try takeKind(value)
    case "expect": question.expect = value
    case "run": question.run = value
    case "within": question.within = try QuestionReader.tolerance(value)
    case "proof": question.proof = value
    case "else": question.otherwiseText = value
    case "because": question.reason = value
    case "recall": question.recall = value
    case "recall-because": question.recallReason = value
    case "recall-else": question.recallOtherwiseText = value
    case "when": try takeRemark(value)
    default:
      throw LessonProblem(
        at: field.position, "there is no key “\(field.name)”",
        hint: suggestion(field.name, QuestionReader.keys))
    }
  }

  private mutating func takeKind(_ value: Phrase) throws(LessonProblem) {
    guard let kind = Question.AnswerKind(rawValue: value.text) else {
      throw LessonProblem(
        at: value.position, "there is no kind “\(value.text)”",
        hint: suggestion(value.text, Question.AnswerKind.allCases.map { $0.rawValue }))
    }
    question.kind = kind
    hasKind = true
  }

  private static func tolerance(_ value: Phrase) throws(LessonProblem) -> Question.Tolerance {
    var text = value.text
    let isPercent = text.hasSuffix("%")
    if isPercent { text.removeLast() }
    if let number = NumberWords.decimal(text) { return isPercent ? .percent(number) : .absolute(number) }
    if !isPercent, let seconds = NumberWords.seconds(text) { return .absolute(seconds) }
    throw LessonProblem(at: value.position, "“\(value.text)” is no tolerance", hint: "5%, 1 or 500ms")
  }

  private mutating func takeRemark(_ value: Phrase) throws(LessonProblem) {
    guard let (values, text) = value.text.parted(at: ": ") else {
      throw LessonProblem(
        at: value.position, "a remark says when, and what", hint: "when 2, 0: nginx never asked it")
    }
    let phrases = values.split(separator: ",").map { Phrase($0.trimmed, at: value.position) }
    question.remarks.append(
      Question.Remark(
        values: phrases, text: Phrase(text.trimmed, at: value.position.moved(by: values.count + 2))))
  }

  /// Reads `a "text": FACT else "text"`.
  private mutating func readClaim(_ line: Phrase) throws(LessonProblem) -> Bool {
    var cursor = LineCursor(line)
    let letter = cursor.word()
    let rest = line.text.dropFirst(cursor.position.column - line.position.column)
    guard letter.text.count == 1, rest.hasPrefix("\"") else { return false }
    let wanted =
      question.choices.count < QuestionReader.letters.count
      ? String(QuestionReader.letters[question.choices.count]) : ""
    guard letter.text == wanted else {
      throw LessonProblem(
        at: letter.position, "claims are lettered in order",
        hint: wanted.isEmpty ? "eight at most" : "\(wanted) comes next")
    }
    let text = try cursor.quoted("the claim in quotes")
    try cursor.expect(":")
    let (fact, otherwiseText) = try cursor.factAndElse()
    question.choices.append(
      Question.AnswerChoice(letter: letter.text, text: text.text, fact: fact, otherwiseText: otherwiseText))
    return true
  }

  private func finished() throws(LessonProblem) -> Question {
    guard hasKind else {
      throw LessonProblem(at: fence.position, "kind is missing", hint: "kind: set, number, choice, …")
    }
    if question.kind.isOfClaims {
      guard question.choices.count >= 2 else {
        throw LessonProblem(
          at: fence.position, "a choice has at least two claims", hint: "a \"It does.\": FACT")
      }
      if let expect = question.expect {
        throw LessonProblem(
          at: expect.position, "claims say themselves what is right", hint: "take expect out")
      }
    } else {
      guard question.expect != nil else {
        throw LessonProblem(at: fence.position, "expect is missing", hint: "expect: FACT")
      }
      if let choice = question.choices.first {
        throw LessonProblem(at: choice.fact.position, "claims go with kind: choice or kind: claims")
      }
    }
    if question.recall == nil, let unusedField = question.recallReason ?? question.recallOtherwiseText {
      throw LessonProblem(
        at: unusedField.position, "what is it said to? The question is not asked again", hint: "recall: text")
    }
    if question.isPrediction, question.run == nil {
      throw LessonProblem(
        at: fence.position, "run is missing: what is it about?", hint: "run: break server-1; send 4")
    }
    return question
  }
}
