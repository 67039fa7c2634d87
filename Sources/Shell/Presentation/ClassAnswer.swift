import Blueprint
import Course
import Facts

/// What a class predicted before a command ran.
enum ClassAnswer: Equatable, Sendable {
  /// The number of votes for each choice.
  case votes([Int])
  case words(String)

  /// Reads `a 12 b 7`, `12 7` (in the order of the choices) or `b` (one more vote). Stores any other text as
  /// words.
  init(_ text: String, choices: Int, after earlier: ClassAnswer?) {
    let before: [Int] =
      if case .votes(let votes) = earlier { votes } else { Array(repeating: 0, count: choices) }
    self =
      ClassAnswer.votes(in: text, after: before).map { .votes($0) }
      ?? .words(Sentences.clean(text, most: 200))
  }

  /// Whether the text consists only of numbers and single letters, as votes do. The letters need not name
  /// choices of the question.
  static func hasVoteSyntax(_ text: String) -> Bool {
    pieces(of: text).allSatisfy { Int($0) != nil || index(of: $0) != nil }
  }

  /// Returns the votes for each choice, or nil if the text is not a vote. A letter alone adds one vote; a
  /// number replaces the count for its choice.
  private static func votes(in text: String, after before: [Int]) -> [Int]? {
    let choices = before.count
    var votes = before
    var letter: Int?
    var counted: Set<Int> = []
    var unlabelledCount = 0
    var hasLetters = false
    for piece in pieces(of: text) {
      if let number = Int(piece) {
        if letter == nil, unlabelledCount == 0 { votes = Array(repeating: 0, count: choices) }
        let index = letter ?? (hasLetters ? choices : unlabelledCount)
        guard index < choices, number <= 9_999 else { return nil }
        votes[index] = (counted.insert(index).inserted ? 0 : votes[index]) + number
        unlabelledCount += letter == nil ? 1 : 0
        letter = nil
      } else {
        guard unlabelledCount == 0, let next = ClassAnswer.index(of: piece), next < choices else {
          return nil
        }
        if let letter { votes[letter] += 1 }
        letter = next
        hasLetters = true
      }
    }
    if let letter { votes[letter] += 1 }
    return hasLetters || unlabelledCount > 0 ? votes : nil
  }

  private static func index(of piece: String) -> Int? {
    guard piece.utf8.count == 1, let byte = piece.lowercased().utf8.first, (97...122).contains(byte) else {
      return nil
    }
    return Int(byte) - 97
  }

  /// Splits the text into runs of digits and runs of other characters, without the separators.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var wasNumber: Bool?
    for character in text {
      guard !" \t,:=".contains(character) else {
        wasNumber = nil
        continue
      }
      let isNumber = character.isASCII && character.isNumber
      if isNumber == wasNumber {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append("\(character)")
      }
      wasNumber = isNumber
    }
    return pieces
  }
}

/// Formats the question for a class, its answers and the model's answer.
struct ClassAnswerText {
  /// The screen. Text is at most 90 columns wide even on a wider screen, because longer lines are hard to
  /// read.
  let screen: Screen
  private var width: Int { min(screen.width, 90) }
  private var feedbackText: FeedbackText { FeedbackText(width: width) }

  /// Returns the question for the class, with the class's answers so far.
  func questionPrompt(_ step: DemonstrationStep, _ classAnswer: ClassAnswer?) -> [Line] {
    var lines = (Line("  about to run  ", .faint) + Line(step.run.text, .accent)).wrapped(to: screen.width)
    lines += InlineText(step.questionText?.text ?? "What will happen?").wrapped(
      to: width, first: "  ", rest: "  ")
    let choices = step.question?.choices ?? []
    for (i, choice) in choices.enumerated() {
      var head = "  \(choice.letter)  "
      if case .votes(let votes) = classAnswer {
        let bar = Column.bar(votes[i], of: votes.max() ?? 0, width: 12)
        head += "\(Column.right("\(votes[i])", 3)) \(Column.left(bar, 12))  "
      }
      lines += InlineText(choice.text).wrapped(
        to: width, first: head, rest: String(repeating: " ", count: head.count))
    }
    if case .words(let words) = classAnswer { lines += feedbackText.labelledLines("the class", words) }
    return lines
  }

  /// Returns the class's answer and the model's answer. `context` is the site before the command ran.
  func verdict(_ question: Question?, _ classAnswer: ClassAnswer?, in context: @autoclosure () -> FactContext)
    -> [Line]
  {
    guard let question else {
      guard case .words(let words) = classAnswer else { return [] }
      return feedbackText.labelledLines("the class", words)
    }
    let judge = AnswerJudge(question, in: context())
    do throws(FactProblem) {
      let derived = try judge.derived()
      let shown = try judge.shown(derived)
      let reason = shown.points.last?.reason.map { feedbackText.labelledLines("because", $0) } ?? []
      let right = question.choices.filter { derived.value.has($0.letter) }
      guard question.kind.isOfClaims else {
        return answerLines(classAnswer, judge)
          + feedbackText.labelledLines("the model", shown.derived, .accent) + reason
      }
      let words = right.map { "\($0.letter): \(InlineText.plain($0.text))" }.joined(separator: "; ")
      return answerLines(classAnswer, judge)
        + feedbackText.labelledLines("the model", words.isEmpty ? "none of them" : words, .accent)
        + reason
    } catch {
      return answerLines(classAnswer, judge)
        + feedbackText.labelledLines("the model", "could not decide it: \(error.message)")
    }
  }

  private func answerLines(_ classAnswer: ClassAnswer?, _ judge: AnswerJudge) -> [Line] {
    switch classAnswer {
    case nil: return []
    case .votes(let votes):
      let counts = zip(judge.question.choices, votes).map { "\($0.letter) \($1)" }
      return feedbackText.labelledLines("the class", counts.joined(separator: ", "))
    case .words(let words):
      switch judge.verdict(on: words) {
      case .right: return feedbackText.labelledLines("the class", "\(words): so it is")
      case .wrong: return feedbackText.labelledLines("the class", "\(words): not so")
      case .unreadable, .unchecked: return feedbackText.labelledLines("the class", words)
      }
    }
  }
}

extension FactValue {
  /// Whether the value is this letter, or a set that contains the letter.
  fileprivate func has(_ letter: String) -> Bool {
    if case .set(let set) = self { return set.elements.contains(.text(letter)) }
    return self == .text(letter)
  }
}
