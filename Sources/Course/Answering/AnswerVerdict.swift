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
  /// The parts of the answer as the feedback repeats them. Letters of claims have their statements.
  public var answers: [String]
  /// How much of the answer is right, if it is neither right nor wrong as a whole.
  public var score: Score?
  /// A summary of what is right and missing. Empty if the points are enough.
  public var headline: String
  public var points: [Point]
  /// The right answer according to the model.
  public var derived: String

  public init(answers: [String] = [], score: Score? = nil, headline: String, points: [Point], derived: String)
  {
    self.answers = answers
    self.score = score
    self.headline = headline
    self.points = points
    self.derived = derived
  }

  /// The number of elements that are judged rightly, of all that were named or should have been.
  public struct Score: Equatable, Sendable {
    public let right: Int
    public let total: Int

    /// Returns nil if no element is right.
    init?(right: Int, of total: Int) {
      guard right > 0 else { return nil }
      self.right = right
      self.total = total
    }
  }

  /// One point of the feedback: what was answered, what was run, what the run showed, and why.
  public struct Point: Equatable, Sendable {
    /// The part of the answer that the point is about, with its statement if it is the letter of a claim.
    public var answer: String
    /// Whether the answer lacks that part.
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
