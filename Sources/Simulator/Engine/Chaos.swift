import Blueprint

/// Random faults for a while, from a seed of their own: the same seed, the same night.
extension Simulation {
  mutating func chaos(_ span: Span, _ seed: UInt64, _ goOn: GoOn) throws(Problem) {
    wire()
    var draws = Draws(seed: seed)
    let end = now + span.nanoseconds
    let pieces = max(1, min(1_000, span.nanoseconds / 30_000_000_000))
    let piece = span.nanoseconds / pieces
    for _ in 0..<pieces {
      let start = now
      let before = Int64(draws.below(UInt64(max(1, piece / 3))))
      try advance(to: start + before, goOn)
      let target = drawTarget(&draws)
      let fits = try topology.faults(of: target)
      let fault = fits[Int(draws.below(UInt64(fits.count)))]
      let isNew = !breakages.at(target.ordered).contains { $0.fault.isSameKind(as: fault) }
      if isNew { try perform(breaking: target, fault) }
      try advance(to: start + before + piece / 3 + Int64(draws.below(UInt64(max(1, piece / 3)))), goOn)
      if isNew, !breakages.at(target.ordered).isEmpty { try perform(repairing: target) }
    }
    try advance(to: end, goOn)
  }

  /// Faults drawn from a seed, one after the other, on a site that stays as it is.
  public func faults(drawnFrom seed: UInt64, _ count: Int) -> [Breakage] {
    var draws = Draws(seed: seed)
    return (0..<count).compactMap { _ in
      let target = drawTarget(&draws)
      guard let fits = try? topology.faults(of: target) else { return nil }
      return Breakage(target.ordered, fits[Int(draws.below(UInt64(fits.count)))], since: time)
    }
  }

  /// A host, a part, or a wire between two hosts.
  private func drawTarget(_ draws: inout Draws) -> Breakable {
    let host = topology.hosts[Int(draws.below(UInt64(topology.hosts.count)))]
    switch draws.below(5) {
    case 0: return .part(Address(host.name))
    case 1:
      let other = topology.hosts[Int(draws.below(UInt64(topology.hosts.count)))]
      return other.name == host.name ? .link(Breakable.internet, host.name) : .link(host.name, other.name)
    default: return .part(Address(host.name, host.parts[Int(draws.below(UInt64(host.parts.count)))]))
    }
  }
}
