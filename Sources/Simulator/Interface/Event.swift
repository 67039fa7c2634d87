import Blueprint

/// An event on the site, other than a request.
public struct Event: Equatable, Sendable {
  public let time: Span
  /// The component, host or link that the event concerns.
  public let subject: String
  public let kind: Kind
  /// The component that caused or detected the event; empty if a command caused it.
  public let cause: String

  public enum Kind: Equatable, Sendable {
    case broke(Fault)
    case repaired(Fault)
    /// A balancer has marked the server DOWN, or UP again.
    case markedDown(failedChecks: Int)
    case markedUp(passedChecks: Int)
    /// A server has its full weight again after its slow start.
    case rampEnded
    case connectionsLost(Int)
    /// A balancer has taken the shared address, has claimed it without being reached by users, or has given
    /// it up.
    case tookAddress
    case claimedAddress
    case gaveUpAddress
    case promoted(lost: Int)
    case demoted
    /// A promotion could not reach an old primary that is still running. It remains a primary too.
    case remainedPrimary
    /// An automatic failover has switched off an old primary.
    case fenced
    case diverged
    case rebuilt
    case stoppedWaitingForReplicas
    case diskFreed(writes: Int)
    /// Monitoring has sent the operators an alert.
    case alerted(Alert.Reason)
    /// A command that was scheduled with `at` could not be performed.
    case refusedOrder(Problem)
  }
}
