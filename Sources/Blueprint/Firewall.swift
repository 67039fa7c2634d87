/// What may come in at a host: what no rule lets in is dropped, without a word to whoever sent it.
///
/// The order of the rules means nothing: who is denied stays out, whatever else is allowed.
public struct Firewall: Equatable, Sendable {
  public private(set) var allowed: [Opening] = []
  public private(set) var denied: [Source] = []
  // The same, to be looked up: there may be very many.
  private var openings: Set<Opening> = []
  private var excluded: Set<Source> = []
  /// Networks by the bits that count alone, and how many bits these are, each number once.
  private var networks: Set<Opening> = []
  private var excludedNetworks: Set<Source> = []
  private var lengths: [Int] = []

  /// A door, and for whom.
  public struct Opening: Hashable, Sendable {
    public let port: Port
    public let source: Source

    public init(_ port: Port, from source: Source) {
      self.port = port
      self.source = source
    }

    public var text: String { "allow \(port.text) from \(source.text)" }
  }

  public init() {}

  public static func == (a: Firewall, b: Firewall) -> Bool { a.allowed == b.allowed && a.denied == b.denied }

  /// More rules on top of those that stand; one that is there already is not there twice.
  public mutating func add(_ openings: [Opening], denying sources: [Source] = []) {
    for opening in openings where self.openings.insert(opening).inserted {
      allowed.append(opening)
      if let network = network(opening.source) { networks.insert(Opening(opening.port, from: network)) }
    }
    for source in sources where excluded.insert(source).inserted {
      denied.append(source)
      if let network = network(source) { excludedNetworks.insert(network) }
    }
  }

  /// A network by the bits that count, whose number is noted; nil for other sources.
  private mutating func network(_ source: Source) -> Source? {
    guard case .network(let address, let bits) = source else { return nil }
    if !lengths.contains(bits) { lengths.append(bits) }
    return .network(address.network(ofBits: bits), bits: bits)
  }

  /// Whether it lets somebody in at a port whom a rule can call by those names, and by the networks of that address.
  public func admits(_ names: [Source], at address: IPv4, to port: Port) -> Bool {
    // A few rules are walked faster than they are looked up.
    guard allowed.count + denied.count > 16 else {
      func covers(_ source: Source) -> Bool {
        guard case .network(let network, let bits) = source else { return names.contains(source) }
        return address.network(ofBits: bits) == network.network(ofBits: bits)
      }
      return !denied.contains(where: covers) && allowed.contains { $0.port == port && covers($0.source) }
    }
    let own = lengths.map { Source.network(address.network(ofBits: $0), bits: $0) }
    let isDenied = names.contains { excluded.contains($0) } || own.contains { excludedNetworks.contains($0) }
    return !isDenied
      && (names.contains { openings.contains(Opening(port, from: $0)) }
        || own.contains { networks.contains(Opening(port, from: $0)) })
  }

  /// Whether a rule says so by that very name.
  public func lets(_ source: Source, in port: Port) -> Bool {
    (openings.contains(Opening(port, from: source)) || openings.contains(Opening(port, from: .internet)))
      && !excluded.contains(source) && !excluded.contains(.internet)
  }

  /// Forgets the rules that name a host which is no more.
  mutating func forget(hosts names: Set<String>) {
    func isForgotten(_ source: Source) -> Bool {
      if case .host(let name) = source { names.contains(name) } else { false }
    }
    guard allowed.contains(where: { isForgotten($0.source) }) || denied.contains(where: isForgotten) else {
      return
    }
    let (kept, keptOut) = (allowed.filter { !isForgotten($0.source) }, denied.filter { !isForgotten($0) })
    self = Firewall()
    add(kept, denying: keptOut)
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

  /// With the first bits alone; the others are 0.
  public func network(ofBits bits: Int) -> IPv4 {
    guard bits > 0 else { return IPv4(0) }
    let rest = UInt32(32 - bits)
    return IPv4((number >> rest) << rest)
  }
}
