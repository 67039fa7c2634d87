import Blueprint

extension Topology {
  /// A host that carries one part is that part, in every answer.
  public func canonical(_ name: String) -> String {
    let parts = host(named: name)?.parts.filter { !$0.isProtection } ?? []
    return parts.count == 1 ? "\(name).\(parts[0].rawValue)" : name
  }

  /// So, and without the hosts that stand beside a part of theirs.
  public func canonical(_ names: [String]) -> [String] {
    let whole = names.map { canonical($0) }
    let distinct = whole.unique
    let owners = Set(distinct.flatMap { $0.owners })
    return distinct.filter { !owners.contains($0) }
  }

  /// Whether there is such a host, part or link.
  public func has(component name: String) -> Bool {
    if name == Breakable.internet { return true }
    switch Breakable(named: name) {
    case nil: return false
    case .link(let a, let b):
      return a != b && [a, b].allSatisfy { $0 == Breakable.internet || host(named: $0) != nil }
    case .part(let address):
      guard let host = host(named: address.host) else { return false }
      return address.part.map { host.carries($0) } ?? true
    }
  }
}

extension String {
  /// Each beginning of the name that ends before a dot. For a component, this is its host.
  public var owners: [String] {
    utf8.indices.compactMap { utf8[$0] == UInt8(ascii: ".") ? String(self[..<$0]) : nil }
  }
}
