import Blueprint

/// An action on a simulation.
public enum Action: Equatable, Sendable {
  case change(Change)
  case send(SendOptions)
  case hold([String], SendOptions)
  case release([String])
  case wait(Span)
  /// Advances the time until the serving balancer marks the server UP or DOWN.
  case waitUntil(String, isUp: Bool)
  case `break`(FaultTarget, Fault?)
  case repair(FaultTarget)
  case promote(Address, now: Bool)
  /// Replaces a database node's data with a copy of the primary's data.
  case rebuild(Address)
  /// Performs the action later, even if another action is running then.
  indirect case at(Span, Action, text: String)
  /// Injects and repairs random faults for this length of time.
  case chaos(Span, seed: UInt64)
}
