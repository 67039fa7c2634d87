import Blueprint

/// What can be done to a simulation.
public enum Action: Equatable, Sendable {
  case change(Change)
  case send(Sending)
  case hold([String], Sending)
  case release([String])
  case wait(Span)
  /// Lets time pass until the serving balancer marks the server UP or DOWN.
  case waitUntil(String, isUp: Bool)
  case `break`(FaultTarget, Fault?)
  case repair(FaultTarget)
  case promote(Address, now: Bool)
  /// Makes a database node a fresh copy of the primary.
  case rebuild(Address)
  /// Performs the action later, in the middle of whatever happens then.
  indirect case at(Span, Action, text: String)
  /// Injects and repairs random faults for a time.
  case chaos(Span, seed: UInt64)
}
