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
  /// Whether the sample is consistent with the computed share, or nil if one of the two is missing.
  public let agrees: Bool?
  /// For each component, the increase in availability if it never failed. The largest increase comes first.
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

  /// The share as estimated from the sample.
  public var sampledShare: Double { sample.share }
  /// The standard error of `sampledShare`.
  public var error: Double { sample.error }

  public var downtimeMinutesPerYear: Double { (1 - share) * 365 * 24 * 60 }
}

/// Computes the availability of a site from the reliability of each kind of component. It assumes that
/// components fail independently.
public struct AvailabilityStudy: Sendable {
  /// Whether only whole hosts can fail, not single components.
  public var includesOnlyHosts = false
  /// The most random moments in the sample. At each of them, something is broken.
  public var sampleSize = 20_000
  /// The most sets of failed components from which the availability is computed.
  public var mostSets = 12_000
  /// The most time, as a share, that the computation ignores. Sets of failures in that time are too rare to
  /// try.
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
      throw .tooMany("hosts and components that could fail", limit: FailureSets.mostComponents)
    }
    let downtimeShares = components.map {
      simulation.topology.site.reliability.means(of: $0.component)?.unavailability ?? 0
    }
    // The site first gets time to react to its present faults.
    let settled = try Trial(breaking: [], on: simulation, shouldContinue: shouldContinue).simulation
    var sets = FailureSets(settled, kind, components, shouldContinue: shouldContinue)
    let workingSets = try workingSets(downtimeShares, &sets)
    let sample = try sample(downtimeShares, &sets)
    return Availability(
      kind, computed: workingSets.map { sets.probability(of: $0, downtimeShares) }, sample,
      costs: workingSets.map { costs(downtimeShares, sets, $0) } ?? [])
  }

  /// Returns the sets of failures during which requests are still answered, without the rarest sets. Returns
  /// nil if there are too many sets to try.
  private func workingSets(_ downtimeShares: [Double], _ sets: inout FailureSets) throws(Problem)
    -> [ComponentSet]?
  {
    guard let likelySets = sets.likelySets(downtimeShares, limit: mostSets, tolerating: negligible) else {
      return nil
    }
    var workingSets: [ComponentSet] = []
    for (done, failedSet) in likelySets.enumerated() {
      sets.progress = Double(done) / Double(likelySets.count)
      if try sets.allSucceed(failedSet) { workingSets.append(failedSet) }
    }
    return workingSets
  }

  private func components(of topology: Topology) -> [Address] {
    topology.hosts.flatMap { host in
      [Address(host.name)]
        + (includesOnlyHosts ? [] : host.parts.filter { !$0.isProtection }.map { Address(host.name, $0) })
    }
  }

  /// Returns the increase in availability for each component, if that component never failed.
  private func costs(_ downtimeShares: [Double], _ sets: FailureSets, _ workingSets: [ComponentSet])
    -> [(component: Address, share: Double)]
  {
    let share = sets.probability(of: workingSets, downtimeShares)
    let costs = sets.components.indices.map { index in
      var better = downtimeShares
      better[index] = 0
      return (component: sets.components[index], share: sets.probability(of: workingSets, better) - share)
    }
    return costs.filter { $0.share > FailureSets.negligible }.sorted { $0.share > $1.share }
  }

  /// Draws random moments at which something is broken, and counts those at which requests fail.
  private func sample(_ downtimeShares: [Double], _ sets: inout FailureSets) throws(Problem)
    -> AvailabilitySample
  {
    sets.progress = nil
    let generator = MomentGenerator(downtimeShares, SampleGenerator(sets.site))
    let samples = sampledSets(generator, sets)
    var sample = AvailabilitySample(
      allHealthy: generator.allHealthy, succeedsIfHealthy: try sets.allSucceed(0), failed: 0, count: 0)
    for (failedSet, count) in samples {
      if try !sets.allSucceed(failedSet) { sample.failed += count }
      sample.count += count
    }
    return sample
  }

  /// Returns the sets of failed components at random moments, and how often each set was drawn. It stops
  /// early if further moments would require too many sets to be tried.
  private func sampledSets(_ generator: MomentGenerator, _ sets: FailureSets) -> [(
    set: ComponentSet, count: Int
  )] {
    guard generator.allHealthy < 1 else { return [] }
    var generator = generator
    var indices: [ComponentSet: Int] = [:]
    var samples: [(set: ComponentSet, count: Int)] = []
    // The set without failures is always tried.
    var new = sets.isKnown(0) ? 0 : 1
    for _ in 0..<sampleSize {
      let failedSet = sets.withoutComponentsOfFailedHosts(generator.next())
      if let index = indices[failedSet] {
        samples[index].count += 1
        continue
      }
      if !sets.isKnown(failedSet) {
        guard new < FailureSets.mostSampledSets else { break }
        new += 1
      }
      indices[failedSet] = samples.count
      samples.append((failedSet, 1))
    }
    return samples
  }
}
