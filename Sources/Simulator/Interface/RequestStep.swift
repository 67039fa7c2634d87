import Blueprint

/// One step of a request.
public struct RequestStep: Equatable, Sendable {
  public let time: Span
  /// The component that did it; nil for the user.
  public let component: Address?
  public let what: What

  public enum What: Equatable, Sendable {
    /// The user's computer got no answer when it tried to connect, for the n-th time.
    case triedToConnect(Int)
    case gaveUp
    /// The user and a balancer agreed on a key.
    case shookHands(with: Address)
    /// The user did not trust the balancer's certificate.
    case turnedAway(from: Address)
    case ended(Record.End)
    /// The balancer chose a server: which, among how many that could serve, and how many requests that had in flight.
    case picked(server: String, algorithm: Algorithm, usable: Int, load: Int)
    case waitsForSlot(before: Int)
    case gotSlot
    case pauses
    case connected(Address)
    case wasRefused(by: Address)
    case gotNoAnswer(from: Address)
    case timedOut
    /// It found no server, no application or no database node that it could ask.
    case foundNoServer
    case arrived(waiting: Int)
    case started
    case answered(Int)
  }
}
