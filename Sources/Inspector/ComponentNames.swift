import Blueprint

extension Topology {
  /// Returns the name by which targets are compared. A host with only one component gets the name of that
  /// component.
  public func canonical(_ name: String) -> String {
    let parts = host(named: name)?.parts.filter { !$0.isProtection } ?? []
    return parts.count == 1 ? "\(name).\(parts[0].rawValue)" : name
  }

  /// Returns the canonical names without duplicates. A host is left out if one of its components is in the
  /// list.
  public func canonical(_ names: [String]) -> [String] {
    let whole = names.map { canonical($0) }
    let distinct = whole.unique
    let owners = Set(distinct.flatMap { $0.owners })
    return distinct.filter { !owners.contains($0) }
  }

  /// Returns whether a target with this name exists. A link exists if both of its hosts do.
  public func has(component name: String) -> Bool {
    if name == FaultTarget.internet { return true }
    switch FaultTarget(named: name) {
    case nil: return false
    case .link(let a, let b):
      return a != b && [a, b].allSatisfy { $0 == FaultTarget.internet || host(named: $0) != nil }
    case .component(let address):
      guard let host = host(named: address.host) else { return false }
      return address.component.map { host.has($0) } ?? true
    }
  }
}

extension String {
  /// The parts of the name that precede each dot. For a component, this is the name of its host.
  public var owners: [String] {
    utf8.indices.compactMap { utf8[$0] == UInt8(ascii: ".") ? String(self[..<$0]) : nil }
  }
}
