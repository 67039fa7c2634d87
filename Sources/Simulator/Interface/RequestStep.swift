import Blueprint

/// One step in the course of a request.
public struct RequestStep: Equatable, Sendable {
  public let time: Span
  /// The component that took the step; nil for the user.
  public let component: Address?
  public let kind: Kind

  public enum Kind: Equatable, Sendable {
    /// The user's computer tried to connect, for the n-th time, and got no answer.
    case triedToConnect(Int)
    case gaveUp
    /// The TLS handshake between the user's computer and a balancer succeeded.
    case handshakeCompleted(with: Address)
    /// The browser rejected the balancer's expired certificate.
    case connectionRejected(from: Address)
    case ended(Record.End)
    /// The balancer chose a server: its name, the algorithm, the number of available servers, and its
    /// requests in flight.
    case picked(server: String, algorithm: Algorithm, usable: Int, load: Int)
    case queuedForSlot(before: Int)
    case slotAssigned
    case pausedBeforeRetry
    case connected(Address)
    case connectionRefused(by: Address)
    case noResponse(from: Address)
    case timedOut
    /// The component found no server, application or database node that could handle the request.
    case noServerFound
    case arrived(waiting: Int)
    case started
    case answered(Int)
  }
}
