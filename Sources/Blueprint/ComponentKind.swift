/// The kinds of parts that a host can carry.
public enum ComponentKind: String, CaseIterable, Sendable, BitwiseCopyable {
  case haproxy, nginx, app, files, mysql
  // What protects a host and watches over it.
  case firewall, certificate, monitor

  /// What it is for, in a few words.
  public var job: String {
    switch self {
    case .haproxy: "the load balancer: chooses a server for each request"
    case .nginx: "the web server: answers with static files, passes the rest to the application"
    case .app: "the application server: runs the code base, asks the database"
    case .files: "the code base and the static files"
    case .mysql: "the database node"
    case .firewall: "the firewall: drops what no rule lets in"
    case .certificate: "the certificate: what TLS stands on"
    case .monitor: "the monitoring agent: tells the operators"
    }
  }

  /// What may be said as `with …` when a server is added.
  public static let ofServers: [ComponentKind] = [.nginx, .app, .files, .mysql]

  /// Whether it serves requests itself, with workers, a cost and a queue.
  public var works: Bool { self != .files && !isProtection }

  /// Whether it serves no request, but protects a host or watches over it.
  public var isProtection: Bool {
    switch self {
    case .haproxy, .nginx, .app, .files, .mysql: false
    case .firewall, .certificate, .monitor: true
    }
  }
}
