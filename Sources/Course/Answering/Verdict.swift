import Inspector

/// What came of an answer.
public enum Verdict: Equatable, Sendable {
  case right(Feedback)
  case wrong(Feedback)
  /// It could not be read, and counts for nothing.
  case unreadable(Unreadable)
  /// The model could not decide it, which says nothing about the answer.
  case unchecked(String)
}

/// What is said to an answer.
public struct Feedback: Equatable, Sendable {
  /// How far the answer goes; empty where the exhibits say it all.
  public var headline: String
  public var exhibits: [Exhibit]
  /// The right answer, as the model derives it.
  public var derived: String

  public init(headline: String, exhibits: [Exhibit], derived: String) {
    self.headline = headline
    self.exhibits = exhibits
    self.derived = derived
  }

  /// What was said, what was run, what was seen, and why it came so.
  public struct Exhibit: Equatable, Sendable {
    public var said: String
    public var isOmission: Bool
    public var ran: [String]
    public var saw: String
    public var because: String?

    public init(said: String, isOmission: Bool = false, ran: [String], saw: String, because: String? = nil) {
      self.said = said
      self.isOmission = isOmission
      self.ran = ran
      self.saw = saw
      self.because = because
    }
  }
}
