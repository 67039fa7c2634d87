import Facts

/// The question of a task. Facts of the model decide which answers are right.
public struct Question: Equatable, Sendable {
  /// The form of an answer.
  public enum AnswerKind: String, CaseIterable, Sendable {
    case set, list, number, duration, status, component, kind, flag
    /// The learner chooses one of several claims. Exactly one of them is true.
    case choice
    /// The learner chooses all claims that are true. There may be none.
    case claims

    public var isOfClaims: Bool { self == .choice || self == .claims }
  }

  public var kind: AnswerKind
  public var position: FilePosition
  /// Whether the question is about commands that have not run yet.
  public var isPrediction: Bool
  /// The commands that a prediction is about.
  public var run: Phrase?
  /// The fact whose value is the right answer.
  public var expect: Phrase?
  public var choices: [AnswerChoice] = []
  /// Feedback for certain answers, and for all others.
  public var remarks: [Remark] = []
  public var otherwiseText: Phrase?
  /// The reason why the right answer is right.
  public var reason: Phrase?
  /// A fact about an element, called `it`, that shows whether the element belongs to the set.
  public var proof: Phrase?
  /// The largest difference from the right number or duration.
  public var within: Tolerance?
  /// The text of the question at the start of a later lesson.
  public var recall: Phrase?
  /// The feedback in a later lesson, instead of `reason`, and instead of `when` and `else`.
  var recallReason: Phrase?
  var recallOtherwiseText: Phrase?

  /// A claim that the learner can choose.
  public struct AnswerChoice: Equatable, Sendable {
    public let letter: String
    public let text: String
    public let fact: Phrase
    public let otherwiseText: Phrase?
  }

  /// The feedback to an answer that has one of the values.
  public struct Remark: Equatable, Sendable {
    public let values: [Phrase]
    public let text: Phrase
  }

  public enum Tolerance: Equatable, Sendable {
    case percent(Double)
    case absolute(Double)
  }

  /// The question for the site of a later lesson. It leaves out feedback that would be false there.
  public var recallVersion: Question {
    var question = self
    question.reason = recallReason ?? reason
    if let recallOtherwiseText {
      question.remarks = []
      question.otherwiseText = recallOtherwiseText
    }
    return question
  }
}
