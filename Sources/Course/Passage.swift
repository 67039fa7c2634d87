import Blueprint

/// A piece of a lesson's text: a heading, a paragraph, an item of a list, a row of a table, or a text of a
/// question or goal.
public struct Passage: Equatable, Sendable {
  /// The text as the lines of the file have it.
  let lines: [Phrase]
  let kind: PassageKind
  let part: LessonPart

  enum PassageKind {
    case heading
    /// Text between the blocks of a lesson.
    case prose
    /// A text of a question or a goal, which can contain facts in braces.
    case feedback
    /// Text that no learner is shown, such as remarks on common mistakes.
    case unseen
  }

  /// The text on one line, without the marks of Markdown.
  var plain: String { lines.map { $0.text }.joined(separator: " ").withoutMarks }
}

/// The part of a lesson to which a text belongs. It decides on which site the text must be true.
public enum LessonPart: Equatable, Sendable {
  case opening
  case task(Int)
  /// The text that is shown after the task.
  case after(Int)
  case demonstration
}

/// Words of the lesson's text, and the fact that must be true where they are shown.
///
/// The file has it as a comment, `<!-- true "WORDS": FACT -->`.
public struct BackedPhrase: Equatable, Sendable {
  let words: Phrase
  let fact: Phrase
  let part: LessonPart
  /// The passages in which the words must occur, as indices of the lesson's passages.
  let passages: Range<Int>
}

extension String {
  /// The text on one line, without the stars and backticks of Markdown.
  var withoutMarks: String {
    filter { $0 != "*" && $0 != "`" }.split { $0.isWhitespace }.joined(separator: " ")
  }
}

extension Question {
  /// The author's feedback, here and in a later lesson.
  var feedbackTexts: [Phrase] {
    remarks.map { $0.text } + choices.compactMap { $0.otherwiseText }
      + [otherwiseText, reason, recall, recallOtherwiseText, recallReason].compactMap { $0 }
  }
}

extension Goal {
  /// The label, and the message while the fact is not true.
  var texts: [Phrase] {
    [Phrase(label, at: FilePosition(fact.position.line))] + [otherwiseText].compactMap { $0 }
  }
}
