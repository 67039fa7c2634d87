import Inspector

/// The result of judging an answer.
public enum AnswerVerdict: Equatable, Sendable {
  case right(Feedback)
  case wrong(Feedback)
  /// The answer could not be read, so it does not count.
  case unreadable(UnreadableAnswer)
  /// The model could not decide. This does not mean that the answer is wrong.
  case unchecked(String)
}

/// The feedback to an answer.
public struct Feedback: Equatable, Sendable {
  /// A summary of what is right and missing. Empty if the points are enough.
  public var headline: String
  public var points: [Point]
  /// The right answer according to the model.
  public var derived: String

  public init(headline: String, points: [Point], derived: String) {
    self.headline = headline
    self.points = points
    self.derived = derived
  }

  /// One point of the feedback: what was answered, what was run, what the run showed, and why.
  public struct Point: Equatable, Sendable {
    public var answer: String
    public var isOmission: Bool
    public var commandsRun: [String]
    public var observation: String
    public var reason: String?

    public init(
      answer: String, isOmission: Bool = false, commandsRun: [String], observation: String,
      reason: String? = nil
    ) {
      self.answer = answer
      self.isOmission = isOmission
      self.commandsRun = commandsRun
      self.observation = observation
      self.reason = reason
    }
  }
}
