/// The reason why a fact cannot be read or evaluated. A problem never means that the fact is false.
public struct FactProblem: Error, Equatable, Sendable {
  public let message: String
  /// What to type instead, or an empty string.
  public let hint: String
  /// The range of characters in the fact that caused the problem.
  public let position: Range<Int>

  public init(_ message: String, hint: String = "", at position: Range<Int>) {
    self.message = message
    self.hint = hint
    self.position = position
  }
}
