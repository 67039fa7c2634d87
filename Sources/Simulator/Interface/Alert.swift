import Blueprint

/// A message to the operators about a problem.
public struct Alert: Equatable, Sendable {
  public let time: Span
  /// The component that has the problem; the host, if nothing is received from its agent.
  public let component: String
  public let reason: Reason
  /// When the problem ended; nil if it has not ended.
  public internal(set) var resolved: Span?

  init(time: Span, component: String, reason: Reason) {
    self.time = time
    self.component = component
    self.reason = reason
  }

  public enum Reason: Equatable, Sendable {
    /// Nothing is received from a host: it may have failed, or it may only be cut off.
    case silent
    /// The host refuses the connection to its agent.
    case refused
    /// A metric is beyond its limit. The value is in thousandths. It is nil if there is no number, such as
    /// for the lag of a replica that is not connected.
    case threshold(Monitor.AlertRule, value: Int64?)
  }

  /// The kind of reason: `silent`, `refused` or `threshold`.
  public var kind: String {
    switch reason {
    case .silent: "silent"
    case .refused: "refused"
    case .threshold: "threshold"
    }
  }

  public var metric: Monitor.Metric? { threshold?.metric }

  /// The rule whose limit was exceeded; nil if the alert is not about a metric.
  var threshold: Monitor.AlertRule? {
    if case .threshold(let alert, _) = reason { alert } else { nil }
  }
}

/// A period in which requests fail or alerts fire.
public struct Incident: Equatable, Sendable {
  public internal(set) var firstFailure: Span?
  public internal(set) var firstAlert: Span?
  /// Whether the incident is over.
  public internal(set) var isOver = false
  /// The time of the last failure, or of the end of an alert.
  var lastProblem: Span
}
