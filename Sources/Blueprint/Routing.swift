/// The database as a whole: how nodes follow each other, and which node the application asks.
public struct Database: Equatable, Sendable {
  public var replication = Replication.async
  public var lag = Span.milliseconds(1)
  public var semiSyncTimeout = Span.seconds(10)
  public var writes = WriteRouting.primary
  public var reads = ReadRouting.local
  public var fallback = false
  public var failover = Failover.manual
  /// Whether an automatic failover switches the old primary off first, over a line of its own.
  public var fencing = false
  /// Whether applications and nodes encrypt what they say to each other.
  public var tls = false

  public init() {}
}

public enum Replication: String, CaseIterable, Sendable {
  case async
  case semiSync = "semi-sync"
}

public enum WriteRouting: String, CaseIterable, Sendable {
  case primary, local
}

public enum ReadRouting: String, CaseIterable, Sendable {
  case local, replica, primary, any
}

public enum Failover: String, CaseIterable, Sendable {
  case manual, auto
}

/// What holds for everybody on the site.
public struct Site: Equatable, Sendable {
  public var service = Service.constant
  /// How long a user waits before giving up.
  public var patience = Span.seconds(6)
  public var seed: UInt64 = 1
  public var reliability = Reliability()

  public init() {}
}

/// How the time of one service is drawn around its mean.
public enum Service: String, CaseIterable, Sendable {
  case constant, exponential
}

/// How several balancers share the work, and the name's address.
public enum Sharing: String, CaseIterable, Sendable {
  case activeActive = "active-active"
  case activePassive = "active-passive"
}
