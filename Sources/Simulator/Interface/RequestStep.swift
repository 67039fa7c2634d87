import Blueprint

/// One step in the course of a request.
public struct RequestStep: Equatable, Sendable {
  public let time: Span
  /// The component that took the step; nil for the user.
  public let component: Address?
  public let what: What

  public enum What: Equatable, Sendable {
    /// The user's computer tried to connect, for the n-th time, and got no answer.
    case triedToConnect(Int)
    case gaveUp
    /// The TLS handshake between the user's computer and a balancer succeeded.
    case shookHands(with: Address)
    /// The browser rejected the balancer's expired certificate.
    case turnedAway(from: Address)
    case ended(Record.End)
    /// The balancer chose a server: its name, the algorithm, the number of available servers, and its
    /// requests in flight.
    case picked(server: String, algorithm: Algorithm, usable: Int, load: Int)
    case waitsForSlot(before: Int)
    case gotSlot
    case pauses
    case connected(Address)
    case wasRefused(by: Address)
    case gotNoAnswer(from: Address)
    case timedOut
    /// The component found no server, application or database node that could handle the request.
    case foundNoServer
    case arrived(waiting: Int)
    case started
    case answered(Int)
  }
}
