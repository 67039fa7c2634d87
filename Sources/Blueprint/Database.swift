/// The settings of the database as a whole: how its nodes replicate, and which node the application uses.
public struct Database: Equatable, Sendable {
  public var replication = Replication.async
  public var lag = Span.milliseconds(1)
  public var semiSyncTimeout = Span.seconds(10)
  public var writes = WriteRouting.primary
  public var reads = ReadRouting.local
  public var fallback = false
  public var failover = Failover.manual
  /// Whether an automatic failover first switches off the old primary, over a separate connection.
  public var fencing = false
  /// Whether applications and nodes encrypt their connections to each other.
  public var tls = false

  public init() {}
}

/// Whether a write waits for a replica.
public enum Replication: String, CaseIterable, Sendable {
  case async
  case semiSync = "semi-sync"
}

/// Which node the application writes to.
public enum WriteRouting: String, CaseIterable, Sendable {
  case primary, local
}

/// Which node the application reads from.
public enum ReadRouting: String, CaseIterable, Sendable {
  case local, replica, primary, any
}

/// Whether a replica is promoted automatically.
public enum Failover: String, CaseIterable, Sendable {
  case manual, auto
}
