import Blueprint

/// Random faults and repairs. They have a separate seed, and the same seed gives the same faults.
enum RandomFaults {
  static func run(
    _ span: Span, seed: UInt64, in site: inout SiteState, _ shouldContinue: (Double) -> Bool
  ) throws(Problem) {
    var generator = RandomGenerator(seed: seed)
    let end = site.clock.now + span.nanoseconds
    let pieces = max(1, min(1_000, span.nanoseconds / 30_000_000_000))
    let piece = span.nanoseconds / pieces
    let third = UInt64(max(1, piece / 3))
    for _ in 0..<pieces {
      let start = site.clock.now
      let before = Int64(generator.below(third))
      try EventLoop.advance(to: start + before, in: &site, shouldContinue)
      let target = pickTarget(site.topology, &generator)
      let applicable = try lastingFaults(of: target, in: site.topology)
      let fault = applicable[Int(generator.below(UInt64(applicable.count)))]
      let isNew = !site.faults.at(target.normalised).contains { $0.fault.isSameKind(as: fault) }
      if isNew { try FaultInjection.inject(fault, into: target, in: &site) }
      try EventLoop.advance(
        to: start + before + piece / 3 + Int64(generator.below(third)), in: &site, shouldContinue)
      if isNew, !site.faults.at(target.normalised).isEmpty { try FaultInjection.repair(target, in: &site) }
    }
    try EventLoop.advance(to: end, in: &site, shouldContinue)
  }

  /// Returns random faults that are drawn from a seed.
  static func faults(_ topology: Topology, seed: UInt64, count: Int, at time: Span) -> [InjectedFault] {
    var generator = RandomGenerator(seed: seed)
    return (0..<count).compactMap { _ in
      let target = pickTarget(topology, &generator)
      guard let applicable = try? lastingFaults(of: target, in: topology) else { return nil }
      return InjectedFault(
        target.normalised, applicable[Int(generator.below(UInt64(applicable.count)))], since: time)
    }
  }

  /// Returns the faults that last until they are repaired. The time of the repair is random too.
  private static func lastingFaults(of target: FaultTarget, in topology: Topology) throws(Problem) -> [Fault]
  {
    try topology.faults(of: target).filter { $0.row.endsAfter == nil }
  }

  /// Returns a random host, component or link.
  private static func pickTarget(_ topology: Topology, _ generator: inout RandomGenerator) -> FaultTarget {
    let host = topology.hosts[Int(generator.below(UInt64(topology.hosts.count)))]
    switch generator.below(5) {
    case 0: return .component(Address(host.name))
    case 1:
      let other = topology.hosts[Int(generator.below(UInt64(topology.hosts.count)))]
      return other.name == host.name ? .link(FaultTarget.internet, host.name) : .link(host.name, other.name)
    default: return .component(Address(host.name, host.parts[Int(generator.below(UInt64(host.parts.count)))]))
    }
  }
}
