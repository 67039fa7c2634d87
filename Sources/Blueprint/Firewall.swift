/// A host's firewall: it drops every packet that no rule allows, without an answer.
///
/// The order of the rules does not matter: a denied source is dropped, whatever else is allowed.
public struct Firewall: Equatable, Sendable {
  public private(set) var allowed: [Opening] = []
  public private(set) var denied: [Source] = []
  /// The same rules in a table for quick lookup: empty for a few rules, one table for many.
  private var tables: [RuleTable] = []
  /// The most rules that are compared one by one, which is faster than a table for so small a number.
  private static let few = 16

  /// A rule that allows a port from a source.
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

  /// Adds rules, except those that the firewall already has.
  public mutating func add(_ openings: [Opening], denying sources: [Source] = []) {
    for opening in openings where !allows(opening) {
      allowed.append(opening)
      if !tables.isEmpty { tables[0].add(opening) } else { beginTable() }
    }
    for source in sources where !denies(source) {
      denied.append(source)
      if !tables.isEmpty { tables[0].add(denied: source) } else { beginTable() }
    }
  }

  private mutating func beginTable() {
    guard allowed.count + denied.count > Firewall.few else { return }
    var table = RuleTable()
    for opening in allowed { table.add(opening) }
    for source in denied { table.add(denied: source) }
    tables = [table]
  }

  /// Whether the firewall has exactly this rule.
  private func allows(_ opening: Opening) -> Bool {
    tables.first?.allows(opening) ?? allowed.contains(opening)
  }

  private func denies(_ source: Source) -> Bool { tables.first?.denies(source) ?? denied.contains(source) }

  /// Whether a packet from `address` may enter at a port. `names` are all the sources, except networks, by which a
  /// rule can name the sender.
  public func admits(_ names: [Source], at address: IPv4, to port: Port) -> Bool {
    if let table = tables.first { return table.admits(names, at: address, to: port) }
    func covers(_ source: Source) -> Bool {
      switch source {
      case .internet: true
      case .network(let network, let bits): address.isIn(network, bits: bits)
      case .host, .carrying, .operator: names.contains(source)
      }
    }
    return !denied.contains(where: covers) && allowed.contains { $0.port == port && covers($0.source) }
  }

  /// Whether a rule names exactly this source and port.
  public func lets(_ source: Source, in port: Port) -> Bool {
    (allows(Opening(port, from: source)) || allows(Opening(port, from: .internet)))
      && !denies(source) && !denies(.internet)
  }

  /// Removes the rules that name one of these hosts, which are gone.
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

  /// The rules as `add firewall` says them.
  public var rules: [String] { allowed.map { $0.text } + denied.map { "deny \($0.text)" } }
}

/// The senders that a rule is about.
public enum Source: Hashable, Sendable {
  /// Every sender: what is open to the internet is also open to the other hosts.
  case internet
  /// The operators, and the collector of their metrics.
  case `operator`
  case host(String)
  /// All hosts that have such a component, also those that are added later.
  case carrying(ComponentKind)
  /// All addresses that begin with these bits.
  case network(IPv4, bits: Int)

  /// The groups that a rule can name, and the component that makes a host a member.
  public static let groups: [(name: String, kind: ComponentKind)] =
    ComponentKind.allCases.compactMap { kind in kind.profile.group.map { ($0, kind) } }

  public static let operatorName = "operator"

  public var text: String {
    switch self {
    case .internet: FaultTarget.internet
    case .operator: Source.operatorName
    case .host(let name): name
    case .carrying(let kind): kind.profile.group ?? kind.rawValue
    case .network(let address, let bits): bits == 32 ? address.text : "\(address.text)/\(bits)"
    }
  }
}
