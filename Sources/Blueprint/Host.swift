/// How many a component serves at once, what one costs, and how many may wait.
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
  /// As `timeoutConnect` where it is not set.
  public var timeoutQueue: Span?
  public var timeoutServer = Span.seconds(2)
  /// Whether a pair gives up the address also when haproxy alone is dead.
  public var tracksProcess = false

  public init() {}
}

/// How a balancer finds out that a server is dead.
public enum CheckKind: String, CaseIterable, Sendable {
  case off, tcp, http
}

/// How far an HTTP check goes: the first part that answers it.
public enum CheckPath: String, CaseIterable, Sendable {
  case nginx, app, database
}

public struct Nginx: Equatable, Sendable {
  /// Unset: a second where it is a proxy for other hosts' applications, nginx's own minute for the one beside it.
  public var timeoutConnect: Span?
  public var timeoutRead: Span?
  public var maxFails = 1
  public var failTimeout = Span.seconds(10)

  public init() {}
}

public struct Application: Equatable, Sendable {
  /// Whether a worker is busy until its answer is out, the wait for the database included.
  public var isBlocking = true

  public init() {}
}

public struct MySQL: Equatable, Sendable {
  public var role: Role
  /// Unset: the lag of the database as a whole.
  public var lag: Span?

  public init(role: Role) { self.role = role }

  public enum Role: String, CaseIterable, Sendable {
    case primary, replica
  }
}

/// A server as its balancers are told about it.
public struct Serving: Equatable, Sendable {
  /// The weight that it was added with, of which percentages are taken.
  public var initialWeight = 1
  public var weight = 1
  public var isBackup = false
  public var state = ServerState.ready
  /// The most requests in flight; nil for no limit.
  public var maxconn: Int?
  public var slowstart: Span?

  public init() {}
}

/// A host and its components.
public struct Host: Equatable, Sendable {
  public private(set) var name: String
  /// The workers, cost and queue of each component that serves requests. Only looked up, never iterated.
  private var works: [ComponentKind: Work] = [:]
  // The settings of each component; nil if the host does not have it.
  public var haproxy: HAProxy?
  public var nginx: Nginx?
  public var app: Application?
  public private(set) var hasFiles = false
  public var mysql: MySQL?
  public var serving = Serving()
  public var firewall: Firewall?
  public var tls: TLS?
  public var monitor: Monitor?

  public init(name: String) { self.name = name }

  public var isBalancer: Bool { haproxy != nil }

  public func carries(_ kind: ComponentKind) -> Bool {
    switch kind {
    case .haproxy: haproxy != nil
    case .nginx: nginx != nil
    case .app: app != nil
    case .files: hasFiles
    case .mysql: mysql != nil
    case .firewall: firewall != nil
    case .certificate: tls != nil
    case .monitor: monitor != nil
    }
  }

  /// The workers, cost and queue of a component; nil if the host does not have it or if it serves no requests.
  public subscript(work kind: ComponentKind) -> Work? {
    get { works[kind] }
    set { if newValue != nil, works[kind] != nil { works[kind] = newValue } }
  }

  /// Adds a component with its usual settings. A database node takes the role.
  mutating func install(_ kind: ComponentKind, as role: MySQL.Role = .primary) {
    works[kind] = kind.profile.work
    switch kind {
    case .haproxy: haproxy = HAProxy()
    case .nginx: nginx = Nginx()
    case .app: app = Application()
    case .files: hasFiles = true
    case .mysql: mysql = MySQL(role: role)
    case .firewall: firewall = Firewall()
    case .certificate: tls = TLS()
    case .monitor: monitor = Monitor()
    }
  }

  /// Removes a component and its settings. The certificate belongs to haproxy and goes with it.
  mutating func remove(_ kind: ComponentKind) {
    works[kind] = nil
    switch kind {
    case .haproxy: (haproxy, tls) = (nil, nil)
    case .nginx: nginx = nil
    case .app: app = nil
    case .files: hasFiles = false
    case .mysql: mysql = nil
    case .firewall: firewall = nil
    case .certificate: tls = nil
    case .monitor: monitor = nil
    }
  }

  /// A balancer that is configured like another one.
  init(name: String, like balancer: Host) {
    self.init(name: name)
    (haproxy, tls, works[.haproxy]) = (balancer.haproxy, balancer.tls, balancer.works[.haproxy])
  }
}

extension Serving {
  /// Some, or none.
  fileprivate mutating func levelWeights() {
    weight = min(1, weight)
    initialWeight = min(1, initialWeight)
  }
}

extension Host {
  /// Whether the two behave alike under the same fault: all is the same but the name and, where `weights` do not
  /// matter, how large the share is.
  public func isAlike(_ other: Host, weights: Bool) -> Bool {
    var (a, b) = (self, other)
    a.name = ""
    b.name = ""
    if !weights {
      a.serving.levelWeights()
      b.serving.levelWeights()
    }
    return a == b
  }
}
