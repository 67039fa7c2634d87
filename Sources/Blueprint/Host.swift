/// A host and its components.
public struct Host: Equatable, Sendable {
  public private(set) var name: String
  /// The workers, cost and queue of each component that serves requests. The dictionary is never iterated.
  private var workByKind: [ComponentKind: Work] = [:]
  // The settings of each component; nil if the host does not have the component.
  public var haproxy: HAProxy?
  public var nginx: Nginx?
  public var app: Application?
  public private(set) var hasFiles = false
  public var mysql: MySQL?
  public var serverSettings = ServerSettings()
  public var firewall: Firewall?
  public var tls: TLS?
  public var monitor: Monitor?

  public init(name: String) { self.name = name }

  public var isBalancer: Bool { haproxy != nil }

  public func has(_ kind: ComponentKind) -> Bool {
    switch kind {
    case .haproxy: haproxy != nil
    case .nginx: nginx != nil
    case .app: app != nil
    case .files: hasFiles
    case .mysql: mysql != nil
    case .store: workByKind[.store] != nil
    case .firewall: firewall != nil
    case .certificate: tls != nil
    case .monitor: monitor != nil
    }
  }

  /// The workers, cost and queue of a component; nil if the host does not have it or it serves no requests.
  public subscript(work kind: ComponentKind) -> Work? {
    get { workByKind[kind] }
    set { if newValue != nil, workByKind[kind] != nil { workByKind[kind] = newValue } }
  }

  /// Adds a component with its default settings. `role` applies only to a database node.
  mutating func install(_ kind: ComponentKind, as role: MySQL.Role = .primary) {
    workByKind[kind] = kind.profile.work
    switch kind {
    case .haproxy: haproxy = HAProxy()
    case .nginx: nginx = Nginx()
    case .app: app = Application()
    case .files: hasFiles = true
    case .mysql: mysql = MySQL(role: role)
    // A key-value store has only the settings of its work.
    case .store: break
    case .firewall: firewall = Firewall()
    case .certificate: tls = TLS()
    case .monitor: monitor = Monitor()
    }
  }

  /// Removes a component and its settings. A certificate is removed with its haproxy.
  mutating func remove(_ kind: ComponentKind) {
    workByKind[kind] = nil
    switch kind {
    case .haproxy: (haproxy, tls) = (nil, nil)
    case .nginx: nginx = nil
    case .app: app = nil
    case .files: hasFiles = false
    case .mysql: mysql = nil
    case .store: break
    case .firewall: firewall = nil
    case .certificate: tls = nil
    case .monitor: monitor = nil
    }
  }

  /// Creates a balancer with the configuration of another one.
  init(name: String, like balancer: Host) {
    self.init(name: name)
    (haproxy, tls, workByKind[.haproxy]) = (balancer.haproxy, balancer.tls, balancer.workByKind[.haproxy])
  }
}

extension Host {
  /// Returns whether two hosts differ only in their names, so that they behave alike under the same fault.
  /// Without `comparesWeights`, two weights also count as equal if both are positive.
  public func isAlike(_ other: Host, comparesWeights: Bool) -> Bool {
    var (a, b) = (self, other)
    a.name = ""
    b.name = ""
    if !comparesWeights {
      a.serverSettings.equaliseWeights()
      b.serverSettings.equaliseWeights()
    }
    return a == b
  }
}
