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
    if let ends = Breakable.ends(of: name) {
      return ends.0 != ends.1
        && [ends.0, ends.1].allSatisfy { $0 == Breakable.internet || host(named: $0) != nil }
    }
    let names = name.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
    guard let host = host(named: names[0]) else { return false }
    if names.count == 1 { return true }
    return names.count == 2 && ComponentKind(rawValue: names[1]).map { host.carries($0) } == true
  }
}

extension String {
  /// Each beginning of the name that ends before a dot. For a component, this is its host.
  public var owners: [String] {
    utf8.indices.compactMap { utf8[$0] == UInt8(ascii: ".") ? String(self[..<$0]) : nil }
  }
}
