/// How many requests a component serves at once, how long each takes, and how many may wait.
public struct Work: Equatable, Sendable {
  public var workers: Int
  public var cost: Span
  public var queue: Int = 1_000

  public init(workers: Int, cost: Span) {
    self.workers = workers
    self.cost = cost
  }
}

/// A load balancer's configuration.
public struct HAProxy: Equatable, Sendable {
  public var algorithm = Algorithm.roundrobin
  public var isConsistent = false
  public var allBackups = false
  public var redispatch = false
  public var retries = 3
  public var check = CheckKind.off
  public var checkPath = CheckPath.app
  public var inter = Span.seconds(2)
  public var fall = 3
  public var rise = 2
  public var timeoutConnect = Span.seconds(1)
  /// The longest time that a request may wait for a slot; if nil, `timeoutConnect` applies.
  public var timeoutQueue: Span?
  public var timeoutServer = Span.seconds(2)
  /// Whether a balancer gives up the shared address when only its haproxy process has failed.
  public var tracksProcess = false

  public init() {}
}

/// How a balancer checks whether a server is healthy.
public enum CheckKind: String, CaseIterable, Sendable {
  case off, tcp, http
}

/// How far an HTTP check goes: to nginx, to the application, or on to the database.
public enum CheckPath: String, CaseIterable, Sendable {
  case nginx, app, database
}

/// The settings of a web server.
public struct Nginx: Equatable, Sendable {
  /// The longest time to wait for a connection. If nil, the limit is nginx's default of 60 s if the only
  /// application is on the same host, and 1 s otherwise.
  public var timeoutConnect: Span?
  public var timeoutRead: Span?
  public var maxFails = 1
  public var failTimeout = Span.seconds(10)

  public init() {}
}

/// The settings of an application.
public struct Application: Equatable, Sendable {
  /// Whether a worker stays busy while it waits for the database.
  public var isBlocking = true

  public init() {}
}

/// The settings of a database node.
public struct MySQL: Equatable, Sendable {
  public var role: Role
  /// The replication lag of this node; if nil, the lag of the database as a whole applies.
  public var lag: Span?

  public init(role: Role) { self.role = role }

  public enum Role: String, CaseIterable, Sendable {
    case primary, replica
  }
}
