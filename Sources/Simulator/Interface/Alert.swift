import Blueprint

/// A message to the operators that something is wrong.
public struct Alert: Equatable, Sendable {
  public let time: Span
  /// The component that it is about; the host, if nothing is received from its agent.
  public let component: String
  public let reason: Reason
  /// When the problem was over.
  public internal(set) var resolved: Span?

  init(time: Span, component: String, reason: Reason) {
    self.time = time
    self.component = component
    self.reason = reason
  }

  public enum Reason: Equatable, Sendable {
    /// Nothing is received from a host: it may have failed, or only be cut off.
    case silent
    /// The host refuses the connection to its agent.
    case refused
    /// A metric has passed its limit. The value is in thousandths; nil if it has no number, such as the lag of a replica
    /// that is not connected.
    case threshold(Monitor.AlertRule, value: Int64?)
  }

  /// `silent`, `refused` or `threshold`.
  public var kind: String {
    switch reason {
    case .silent: "silent"
    case .refused: "refused"
    case .threshold: "threshold"
    }
  }

  public var metric: Monitor.Metric? { threshold?.metric }

  /// The limit that was passed.
  var threshold: Monitor.AlertRule? {
    if case .threshold(let alert, _) = reason { alert } else { nil }
  }
}

/// A time in which requests fail or alerts fire.
public struct Incident: Equatable, Sendable {
  public internal(set) var firstFailure: Span?
  public internal(set) var firstAlert: Span?
  /// Whether it is over.
  public internal(set) var isOver = false
  /// The time of the last failure, or of the end of an alert.
  var lastProblem: Span
}
