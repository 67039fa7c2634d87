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
    case broke(Fault)
    case repaired(Fault)
    /// A balancer calls the server DOWN, or UP again.
    case markedDown(failedChecks: Int)
    case markedUp(passedChecks: Int)
    /// A server's weight is whole again after its slow start.
    case rampEnded
    case connectionsLost(Int)
    /// A balancer has taken the pair's address over, for itself alone where nobody hears it, or given it up.
    case tookAddress
    case claimedAddress
    case gaveUpAddress
    case promoted(lost: Int)
    case demoted
    /// An observer has switched an old primary off.
    case fenced
    case diverged
    case rebuilt
    case stoppedWaitingForReplicas
    case diskFreed(writes: Int)
    /// Monitoring has told the operators.
    case alerted(Alert.Reason)
    /// Something said with `at` could not be done.
    case refusedOrder(Problem)
  }
}
