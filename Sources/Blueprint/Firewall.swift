/// What may come in at a host: what no rule lets in is dropped, without a word to whoever sent it.
///
/// The order of the rules means nothing: who is denied stays out, whatever else is allowed.
public struct Firewall: Equatable, Sendable {
  public private(set) var allowed: [Opening] = []
  public private(set) var denied: [Source] = []

  /// A door, and for whom.
  public struct Opening: Equatable, Sendable {
    public let port: Port
    public let source: Source

    public init(_ port: Port, from source: Source) {
      self.port = port
      self.source = source
    }

    public var text: String { "allow \(port.text) from \(source.text)" }
  }

  public init() {}

  /// More rules on top of those that stand; one that is there already is not there twice.
  public mutating func add(_ openings: [Opening], denying sources: [Source] = []) {
    for opening in openings where !allowed.contains(opening) { allowed.append(opening) }
    for source in sources where !denied.contains(source) { denied.append(source) }
  }

  /// Whether a rule says so by that very name.
  public func lets(_ source: Source, in port: Port) -> Bool {
    allowed.contains { $0.port == port && ($0.source == source || $0.source == .internet) }
      && !denied.contains { $0 == source || $0 == .internet }
  }

  /// Forgets the rules that name a host which is no more.
  mutating func forget(host name: String) {
    allowed.removeAll { $0.source == .host(name) }
    denied.removeAll { $0 == .host(name) }
  }

  /// As `add firewall` says them.
  public var rules: [String] { allowed.map { $0.text } + denied.map { "deny \($0.text)" } }
}

/// Where a packet knocks.
public enum Port: Hashable, Sendable {
  case tcp(Int)
  /// The advertisements of a pair of balancers, which know no port: a protocol of their own.
  case vrrp

  public static let http = Port.tcp(80)
  public static let https = Port.tcp(443)
  public static let app = Port.tcp(8000)
  public static let mysql = Port.tcp(3306)
  /// Where a monitoring agent waits to be asked.
  public static let agent = Port.tcp(9100)

  public var text: String {
    switch self {
    case .tcp(let number): "\(number)"
    case .vrrp: "vrrp"
    }
  }
}

/// Whom a rule is about.
public enum Source: Hashable, Sendable {
  /// Everybody: what is open to the internet is open to the neighbours too.
  case internet
  /// Where the operators sit, and what gathers their metrics.
  case `operator`
  case host(String)
  /// All hosts that carry such a part, those that are built later included.
  case carrying(ComponentKind)
  /// The addresses that begin with the same bits.
  case network(IPv4, bits: Int)

  /// The groups that a rule can name, and the part that makes a host one of them.
  public static let groups: [(name: String, kind: ComponentKind)] = [
    ("balancers", .haproxy), ("web-servers", .nginx), ("applications", .app), ("databases", .mysql),
  ]

  public static let operatorName = "operator"

  public var text: String {
    switch self {
    case .internet: Breakable.internet
    case .operator: Source.operatorName
    case .host(let name): name
    case .carrying(let kind): Source.groups.first { $0.kind == kind }?.name ?? kind.rawValue
    case .network(let address, let bits): bits == 32 ? address.text : "\(address.text)/\(bits)"
    }
  }
}

extension IPv4 {
  /// Where the operators sit, outside the site.
  public static let operators = IPv4(192, 0, 2, 50)

  public func isIn(_ network: IPv4, bits: Int) -> Bool {
    bits <= 0 || (number ^ network.number) >> UInt32(32 - bits) == 0
  }
}
