import Blueprint
import Simulator

/// A site that facts are asked about, and how one gets there from the site at hand.
struct FactView: Sendable {
  let simulation: Simulation
  /// Commands that lead to it.
  let steps: [String]
  /// The last reply on the way, where there was one.
  var reply = JSON.null

  /// Commands to see something there, as one line that can be typed.
  func command(_ commands: [String]) -> String {
    let all = steps + commands
    return steps.isEmpty && commands.count == 1 && commands[0].hasPrefix("show")
      ? commands[0] : "whatif \(all.joined(separator: "; "))"
  }
}

extension SpofReport {
  /// The hosts and parts that stop requests of that kind, each once, as the fact `spofs` counts them.
  public func parts(stopping kind: RequestKind, on topology: Topology) -> [String] {
    topology.canonical(spofs.filter { $0.kinds.contains(kind) && !$0.isLink }.map { $0.component })
  }
}

extension Topology {
  /// A host that carries one part is that part, in every answer.
  func canonical(_ name: String) -> String {
    let parts = host(named: name)?.parts.filter { !$0.isProtection } ?? []
    return parts.count == 1 ? "\(name).\(parts[0].rawValue)" : name
  }

  /// So, and without the hosts that stand beside a part of theirs.
  func canonical(_ names: [String]) -> [String] {
    let whole = names.map { canonical($0) }
    let distinct = whole.unique
    let owners = Set(distinct.flatMap { $0.owners })
    return distinct.filter { !owners.contains($0) }
  }

  /// Whether there is such a host, part or link.
  func has(component name: String) -> Bool {
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
  var owners: [String] {
    utf8.indices.compactMap { utf8[$0] == UInt8(ascii: ".") ? String(self[..<$0]) : nil }
  }
}
