import Facts

/// An answer as it was understood.
public struct Given: Equatable, Sendable {
  /// Claims are given by their letters, as texts.
  public let value: FactValue
  /// As feedback says it back.
  public let text: String
  public let confidence: Confidence?

  /// How sure somebody was of a prediction.
  public enum Confidence: String, CaseIterable, Sendable {
    case sure, guess
  }
}

/// Why an answer could not be read. It is no wrong answer.
public struct Unreadable: Error, Equatable, Sendable {
  public let message: String
  public let hint: String

  init(_ message: String, hint: String) {
    self.message = message
    self.hint = hint
  }
}
