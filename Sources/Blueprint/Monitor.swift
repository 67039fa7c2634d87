/// The settings of a monitoring agent on a host: how it reports its metrics, how often, and when it alerts
/// the operators.
public struct Monitor: Equatable, Sendable {
  public var direction = Direction.push
  public var interval = Span.seconds(10)
  public var alerts = Monitor.defaultAlerts

  public init() {}

  /// The most alerts that an agent can have.
  public static let alertLimit = 12

  /// The default alerts, for conditions that are problems on any site. None of them is about load, because
  /// acceptable load differs from site to site.
  public static let defaultAlerts = [
    AlertRule(.availability, isAbove: false, thousandths: 100_000),
    AlertRule(.certificate, isAbove: false, thousandths: 14_000),
    AlertRule(.lag, isAbove: true, thousandths: 10_000),
    AlertRule(.disk, isAbove: true, thousandths: 90_000),
  ]

  /// The side that starts the connection.
  public enum Direction: String, CaseIterable, Sendable {
    /// The agent sends its metrics; if it has failed, nothing arrives.
    case push
    /// The operators' collector asks the agent for its metrics, so the collector can detect a refusal.
    case pull
  }

  /// A metric of the host or of one of its components.
  public enum Metric: String, CaseIterable, Sendable {
    case availability, qps, utilisation, queue, lag, certificate, disk

    public var summary: String {
      switch self {
      case .availability: "per cent of a component's requests that succeeded; 0 if it does not answer"
      case .qps: "requests per second at a component, without health checks"
      case .utilisation: "per cent of a component's workers that were busy"
      case .queue: "requests that wait for a worker of a component"
      case .lag: "seconds that a replica is behind; above any limit if it has no primary"
      case .certificate: "days until it expires"
      case .disk: "per cent of a database's disk in use: 100 if it is full, otherwise 0"
      }
    }
  }

  /// The condition for an alert: a metric is above or below a limit.
  public struct AlertRule: Equatable, Sendable {
    public let metric: Metric
    public let isAbove: Bool
    public let thousandths: Int64

    public init(_ metric: Metric, isAbove: Bool, thousandths: Int64) {
      self.metric = metric
      self.isAbove = isAbove
      self.thousandths = thousandths
    }
  }
}
