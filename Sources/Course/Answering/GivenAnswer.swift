import Facts
import Inspector

/// An answer that has been read.
public struct GivenAnswer: Equatable, Sendable {
  /// The value. Claims are given as texts: their letters.
  public let value: FactValue
  /// The answer as the feedback repeats it.
  public let text: String
  public let confidence: Confidence?

  /// How sure the learner is of a prediction.
  public enum Confidence: String, CaseIterable, Sendable {
    case sure, guess
  }
}

/// The reason why an answer could not be read. It does not count as a wrong answer.
public struct UnreadableAnswer: Error, Equatable, Sendable {
  public let message: String
  public let hint: String

  init(_ message: String, hint: String) {
    self.message = message
    self.hint = hint
  }
}
