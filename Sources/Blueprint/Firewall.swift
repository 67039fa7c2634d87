/// A host's firewall. It silently drops every packet that no rule allows.
///
/// The order of the rules does not matter: a denied source is dropped even if another rule allows it.
public struct Firewall: Equatable, Sendable {
  public private(set) var allowed: [Opening] = []
  public private(set) var denied: [Source] = []
  /// The same rules in a table for quick lookup. The array is empty if there are few rules, and has one table
  /// if there are many.
  private var tables: [RuleTable] = []
  /// The most rules that are compared one by one. For more rules, a table is faster.
  private static let shortListLimit = 16

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

  /// Adds the rules that the firewall does not have yet.
  public mutating func add(_ openings: [Opening], denying sources: [Source] = []) {
    for opening in openings where !allows(opening) {
      allowed.append(opening)
      if !tables.isEmpty { tables[0].add(opening) } else { startTable() }
    }
    for source in sources where !denies(source) {
      denied.append(source)
      if !tables.isEmpty { tables[0].add(denied: source) } else { startTable() }
    }
  }

  private mutating func startTable() {
    guard allowed.count + denied.count > Firewall.shortListLimit else { return }
    var table = RuleTable()
    for opening in allowed { table.add(opening) }
    for source in denied { table.add(denied: source) }
    tables = [table]
  }

  /// Returns whether the firewall has exactly this rule.
  private func allows(_ opening: Opening) -> Bool {
    tables.first?.allows(opening) ?? allowed.contains(opening)
  }

  private func denies(_ source: Source) -> Bool { tables.first?.denies(source) ?? denied.contains(source) }

  /// Returns whether the rules allow a packet from `address` to a port. `names` lists every source, except
  /// networks, that includes the sender.
  public func allows(_ names: [Source], at address: IPv4, to port: Port) -> Bool {
    if let table = tables.first { return table.allows(names, at: address, to: port) }
    func covers(_ source: Source) -> Bool {
      switch source {
      case .internet: true
      case .network(let network, let bits): address.isIn(network, bits: bits)
      case .host, .hostsWith, .operator: names.contains(source)
      }
    }
    return !denied.contains(where: covers) && allowed.contains { $0.port == port && covers($0.source) }
  }

  /// Returns whether the rules allow the source at the port, by its own name or as part of the internet.
  public func allows(_ source: Source, in port: Port) -> Bool {
    (allows(Opening(port, from: source)) || allows(Opening(port, from: .internet)))
      && !denies(source) && !denies(.internet)
  }

  /// Removes the rules that name one of these hosts.
  mutating func removeRules(hosts names: Set<String>) {
    func isRemoved(_ source: Source) -> Bool {
      if case .host(let name) = source { names.contains(name) } else { false }
    }
    guard allowed.contains(where: { isRemoved($0.source) }) || denied.contains(where: isRemoved) else {
      return
    }
    let (kept, keptDenied) = (allowed.filter { !isRemoved($0.source) }, denied.filter { !isRemoved($0) })
    self = Firewall()
    add(kept, denying: keptDenied)
  }

  /// The rules, as `add firewall` accepts them.
  public var rules: [String] { allowed.map { $0.text } + denied.map { "deny \($0.text)" } }
}

/// The senders that a rule applies to.
public enum Source: Hashable, Sendable {
  /// Every sender. A port that is open to the internet is also open to the other hosts.
  case internet
  /// The operators, and the collector of their metrics.
  case `operator`
  case host(String)
  /// All hosts with this kind of component, including hosts that are added later.
  case hostsWith(ComponentKind)
  /// All addresses whose first `bits` bits are those of this address.
  case network(IPv4, bits: Int)

  /// The groups that a rule can name, each with the kind of component of its members.
  public static let groups: [(name: String, kind: ComponentKind)] =
    ComponentKind.allCases.compactMap { kind in kind.profile.group.map { ($0, kind) } }

  public static let operatorName = "operator"

  public var text: String {
    switch self {
    case .internet: FaultTarget.internet
    case .operator: Source.operatorName
    case .host(let name): name
    case .hostsWith(let kind): kind.profile.group ?? kind.rawValue
    case .network(let address, let bits): bits == 32 ? address.text : "\(address.text)/\(bits)"
    }
  }
}
