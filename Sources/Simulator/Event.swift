import Blueprint

/// Something that happened and that somebody may want to know, in the past tense.
public struct Event: Equatable, Sendable {
  public let time: Span
  /// The component or host that it happened to.
  public let subject: String
  public let what: What
  /// The component that brought it about, or saw it; empty where the user did.
  public let cause: String

  public enum What: Equatable, Sendable {
    case markedDown(failedChecks: Int)
    case markedUp(passedChecks: Int)
    case takenByBackup
    case rampEnded
    case connectionsLost(Int)
    case gaveUp(requests: Int)
  }
}
