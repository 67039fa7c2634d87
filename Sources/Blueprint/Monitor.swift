/// A monitoring agent on a host: how often it looks, how its numbers travel, and what wakes somebody.
public struct Monitor: Equatable, Sendable {
  public var way = Way.push
  public var interval = Span.seconds(10)
  public var alerts = Monitor.usualAlerts

  public init() {}

  /// So many conditions, at most.
  public static let mostAlerts = 12

  /// What is wrong on any site; how much work is too much, each site must say for itself.
  public static let usualAlerts = [
    Alert(.availability, isAbove: false, thousandths: 100_000),
    Alert(.certificate, isAbove: false, thousandths: 14_000),
    Alert(.lag, isAbove: true, thousandths: 10_000),
    Alert(.disk, isAbove: true, thousandths: 90_000),
  ]

  /// Who speaks first.
  public enum Way: String, CaseIterable, Sendable {
    /// The agent sends its numbers; when it is dead, nothing comes.
    case push
    /// The operators' collector asks for them; a refusal says something.
    case pull
  }

  /// A number that an agent knows of its host or of a part.
  public enum Metric: String, CaseIterable, Sendable {
    case availability, qps, utilisation, queue, lag, certificate, disk

    public var summary: String {
      switch self {
      case .availability: "per cent of a part's requests that went well; 0 where it does not answer"
      case .qps: "requests a second at a part, health checks apart"
      case .utilisation: "per cent of a part's workers that were busy"
      case .queue: "requests that wait for a worker of a part"
      case .lag: "seconds that a replica is behind; more than any number where it hears no primary"
      case .certificate: "days until it expires"
      case .disk: "per cent of a database's disk: 100 when it is full, or else 0"
      }
    }
  }

  /// When to wake somebody: above, or below, a number.
  public struct Alert: Equatable, Sendable {
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
