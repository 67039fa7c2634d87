import Blueprint
import Simulator

/// The share of the time in which requests of one kind are answered, and the components that reduce it most.
public struct Availability: Sendable {
  public let kind: RequestKind
  /// The share of the time in which requests are answered. It is estimated from a sample if it cannot be
  /// computed, or if the computed share contradicts the sample.
  public let share: Double
  /// Whether the share was computed, not estimated.
  public let isExact: Bool
  let sample: AvailabilitySample
  /// Whether the sample is plausible if the computed share is right, or nil if one of the two does not exist.
  public let agrees: Bool?
  /// The increase of the share if one component never failed, for each component, the largest first.
  public let costs: [(component: Address, share: Double)]

  fileprivate init(
    _ kind: RequestKind, computed: Double?, _ sample: AvailabilitySample,
    costs: [(component: Address, share: Double)]
  ) {
    self.kind = kind
    self.sample = sample
    self.costs = costs
    agrees = sample.count > 0 ? computed.map { sample.agrees(with: $0) } : nil
    isExact = computed != nil && agrees != false
    share = isExact ? computed ?? sample.share : sample.share
  }

  /// The share that was estimated from the sample, and its standard error.
  public var drawn: Double { sample.share }
  public var error: Double { sample.error }

  public var downtimeMinutesPerYear: Double { (1 - share) * 365 * 24 * 60 }
}

/// Computes the availability of a site from the reliability of each kind of component. It assumes that
/// components fail independently.
public struct AvailabilityStudy: Sendable {
  /// Whether only whole hosts can fail, not single components.
  public var hostsOnly = false
  /// The number of random moments in the sample. At each of them, something is broken.
  public var moments = 20_000
  /// The most sets of failed components from which the availability is computed.
  public var mostSets = 12_000
  /// The share of the time that may be ignored because the sets of failures in it are too rare to try.
  var negligible = FailureSets.negligible

  public init() {}

  public func availability(
    of kind: RequestKind, on simulation: Simulation,
    shouldContinue: @escaping Simulation.ContinueCheck = { _ in true }
  )
    throws(Problem) -> Availability
  {
    let components = components(of: simulation.topology)
    guard components.count <= FailureSets.mostComponents else {
      throw .tooMany("hosts and parts that could fail", limit: FailureSets.mostComponents)
    }
    let broken = components.map {
      simulation.topology.site.reliability.means(of: $0.part)?.unavailability ?? 0
    }
    // The site first gets time to react to its present faults.
    let settled = try Trial(breaking: [], on: simulation, shouldContinue: shouldContinue).simulation
    var sets = FailureSets(settled, kind, components, shouldContinue: shouldContinue)
    let working = try working(broken, &sets)
    let sample = try sample(broken, &sets)
    return Availability(
      kind, computed: working.map { sets.probability(of: $0, broken) }, sample,
      costs: working.map { costs(broken, sets, $0) } ?? [])
  }

  /// Returns the sets of failures during which requests are still answered, without the rarest sets. Returns
  /// nil if there are too many sets to try.
  private func working(_ broken: [Double], _ sets: inout FailureSets) throws(Problem) -> [ComponentSet]? {
    guard let likely = sets.likely(broken, most: mostSets, but: negligible) else { return nil }
    var working: [ComponentSet] = []
    for (done, down) in likely.enumerated() {
      sets.progress = Double(done) / Double(likely.count)
      if try sets.answers(down) { working.append(down) }
    }
    return working
  }

  private func components(of topology: Topology) -> [Address] {
    topology.hosts.flatMap { host in
      [Address(host.name)]
        + (hostsOnly ? [] : host.parts.filter { !$0.isProtection }.map { Address(host.name, $0) })
    }
  }

  /// Returns the increase of the share for each component, if that component never failed.
  private func costs(_ broken: [Double], _ sets: FailureSets, _ working: [ComponentSet])
    -> [(component: Address, share: Double)]
  {
    let share = sets.probability(of: working, broken)
    let costs = sets.components.indices.map { place in
      var better = broken
      better[place] = 0
      return (component: sets.components[place], share: sets.probability(of: working, better) - share)
    }
    return costs.filter { $0.share > FailureSets.negligible }.sorted { $0.share > $1.share }
  }

  /// Draws random moments at which something is broken, and counts those at which requests fail.
  private func sample(_ broken: [Double], _ sets: inout FailureSets) throws(Problem) -> AvailabilitySample {
    sets.progress = nil
    let generator = MomentGenerator(broken, SampleGenerator(sets.site))
    let drawn = drawnSets(generator, sets)
    var sample = AvailabilitySample(
      allHealthy: generator.allHealthy, answersIfHealthy: try sets.answers(0), failed: 0, count: 0)
    for (down, count) in drawn {
      if try !sets.answers(down) { sample.failed += count }
      sample.count += count
    }
    return sample
  }

  /// Returns the sets of failed components at random moments, and the number of times each set was drawn. It
  /// draws fewer moments if more sets would have to be tried than allowed.
  private func drawnSets(_ generator: MomentGenerator, _ sets: FailureSets) -> [(
    set: ComponentSet, count: Int
  )] {
    guard generator.allHealthy < 1 else { return [] }
    var generator = generator
    var places: [ComponentSet: Int] = [:]
    var drawn: [(set: ComponentSet, count: Int)] = []
    // The set without failures is always tried.
    var new = sets.isKnown(0) ? 0 : 1
    for _ in 0..<moments {
      let down = sets.withoutComponentsOfFailedHosts(generator.next())
      if let place = places[down] {
        drawn[place].count += 1
        continue
      }
      if !sets.isKnown(down) {
        guard new < FailureSets.mostSampled else { break }
        new += 1
      }
      places[down] = drawn.count
      drawn.append((down, 1))
    }
    return drawn
  }
}
