/// What a task asks, and how an answer is judged: by facts, which the model decides.
public struct Question: Equatable, Sendable {
  /// What an answer looks like.
  public enum Kind: String, CaseIterable, Sendable {
    case set, list, number, duration, status, component, kind, flag
    /// One of several claims, exactly one of which is true.
    case choice
    /// All of several claims that are true; it may be none.
    case claims

    public var isOfClaims: Bool { self == .choice || self == .claims }
  }

  public var kind: Kind
  public var place: Place
  /// Whether it is about commands that have not run yet.
  public var isPrediction: Bool
  /// Those commands.
  public var run: Phrase?
  /// The fact whose value is the right answer.
  public var expect: Phrase?
  public var choices: [Choice] = []
  /// What is said of certain answers, and of all others.
  public var remarks: [Remark] = []
  public var otherwise: Phrase?
  /// Why the right answer is right.
  public var because: Phrase?
  /// The fact about one element, called `it`, that shows whether it belongs to the set.
  public var proof: Phrase?
  /// How far a number or a duration may be off.
  public var within: Tolerance?
  /// The question as it is asked again at the start of a later lesson.
  public var recall: Phrase?
  /// What is said there in place of `because`, and in place of `when` and `else`.
  var recallBecause: Phrase?
  var recallOtherwise: Phrase?

  /// A claim that can be chosen.
  public struct Choice: Equatable, Sendable {
    public let letter: String
    public let text: String
    public let fact: Phrase
    public let otherwise: Phrase?
  }

  /// What is said when one of those values was answered.
  public struct Remark: Equatable, Sendable {
    public let values: [Phrase]
    public let text: Phrase
  }

  public enum Tolerance: Equatable, Sendable {
    case percent(Double)
    case absolute(Double)
  }

  /// As it is asked on the site of a later lesson, where not all that is said here need be true.
  public var recalled: Question {
    var question = self
    question.because = recallBecause ?? because
    if let recallOtherwise {
      question.remarks = []
      question.otherwise = recallOtherwise
    }
    return question
  }
}
