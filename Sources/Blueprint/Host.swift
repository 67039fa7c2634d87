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
  public var work = Work(workers: 1, cost: .microseconds(100))
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
  public var work = Work(workers: 64, cost: .milliseconds(1))
  /// Unset: a second where it is a proxy for other hosts' applications, nginx's own minute for the one beside it.
  public var timeoutConnect: Span?
  public var timeoutRead: Span?
  public var maxFails = 1
  public var failTimeout = Span.seconds(10)

  public init() {}
}

public struct Application: Equatable, Sendable {
  public var work = Work(workers: 4, cost: .milliseconds(5))
  /// Whether a worker is busy until its answer is out, the wait for the database included.
  public var isBlocking = true

  public init() {}
}

public struct MySQL: Equatable, Sendable {
  public var work = Work(workers: 8, cost: .milliseconds(2))
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

/// A machine and the parts that it carries.
public struct Host: Equatable, Sendable {
  public private(set) var name: String
  public var haproxy: HAProxy?
  public var nginx: Nginx?
  public var app: Application?
  public var hasFiles = false
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

  /// What serves requests.
  public var parts: [ComponentKind] { ComponentKind.allCases.filter { !$0.isProtection && carries($0) } }

  public var protections: [ComponentKind] { ComponentKind.allCases.filter { $0.isProtection && carries($0) } }

  /// All that can fail on it: what serves requests, what protects it and what watches over it.
  public var components: [ComponentKind] { parts + protections }

  /// The workers, cost and queue of a part; nil where the host does not carry it or it does no work.
  public subscript(work kind: ComponentKind) -> Work? {
    get {
      switch kind {
      case .haproxy: haproxy?.work
      case .nginx: nginx?.work
      case .app: app?.work
      case .files, .firewall, .certificate, .monitor: nil
      case .mysql: mysql?.work
      }
    }
    set {
      guard let newValue else { return }
      switch kind {
      case .haproxy: haproxy?.work = newValue
      case .nginx: nginx?.work = newValue
      case .app: app?.work = newValue
      case .files, .firewall, .certificate, .monitor: break
      case .mysql: mysql?.work = newValue
      }
    }
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
