/// A firewall's rules, arranged for quick lookup even if there are many.
struct RuleTable: Equatable, Sendable {
  private var allowed: Set<Firewall.Opening> = []
  private var denied: Set<Source> = []
  /// The rules for networks. In each address, the bits after the prefix are 0.
  private var allowedNetworks: Set<Firewall.Opening> = []
  private var deniedNetworks: Set<Source> = []
  /// The prefix lengths of those networks, without duplicates.
  private var lengths: [Int] = []

  func allows(_ opening: Firewall.Opening) -> Bool { allowed.contains(opening) }

  func denies(_ source: Source) -> Bool { denied.contains(source) }

  mutating func add(_ opening: Firewall.Opening) {
    allowed.insert(opening)
    if let network = network(opening.source) {
      allowedNetworks.insert(Firewall.Opening(opening.port, from: network))
    }
  }

  mutating func add(denied source: Source) {
    denied.insert(source)
    if let network = network(source) { deniedNetworks.insert(network) }
  }

  /// Returns a network with the bits after its prefix set to 0, and adds its prefix length to `lengths`.
  /// Returns nil for other sources.
  private mutating func network(_ source: Source) -> Source? {
    guard case .network(let address, let bits) = source else { return nil }
    if !lengths.contains(bits) { lengths.append(bits) }
    return .network(address.network(ofBits: bits), bits: bits)
  }

  func allows(_ names: [Source], at address: IPv4, to port: Port) -> Bool {
    let networks = lengths.map { Source.network(address.network(ofBits: $0), bits: $0) }
    guard !names.contains(where: { denied.contains($0) }),
      !networks.contains(where: { deniedNetworks.contains($0) })
    else { return false }
    return names.contains { allowed.contains(Firewall.Opening(port, from: $0)) }
      || networks.contains { allowedNetworks.contains(Firewall.Opening(port, from: $0)) }
  }
}
