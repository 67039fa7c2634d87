import Blueprint
import Simulator

/// The share of the time in which requests of one kind are answered, and whom the rest is owed to.
public struct Availability: Sendable {
  public let kind: RequestKind
  /// As computed, where no drawing says otherwise; else as drawn.
  public let share: Double
  /// Whether it was computed.
  public let isExact: Bool
  let drawing: Drawing
  /// Whether drawing could well have come out so if what was computed is right; nil where only one of them was done.
  public let agrees: Bool?
  /// How much more there would be if that one never failed, the most first.
  public let costs: [(component: Address, share: Double)]

  fileprivate init(
    _ kind: RequestKind, computed: Double?, _ drawing: Drawing, costs: [(component: Address, share: Double)]
  ) {
    self.kind = kind
    self.drawing = drawing
    self.costs = costs
    agrees = drawing.count > 0 ? computed.map { drawing.agrees(with: $0) } : nil
    isExact = computed != nil && agrees != false
    share = isExact ? computed ?? drawing.share : drawing.share
  }

  /// What drawing says, and its standard error.
  public var drawn: Double { drawing.share }
  public var error: Double { drawing.error }

  public var downtimeMinutesPerYear: Double { (1 - share) * 365 * 24 * 60 }
}

/// Computes availability from the means of each sort of component, taken to fail independently of each other.
public struct AvailabilityStudy: Sendable {
  /// Whether only whole hosts fail.
  public var hostsOnly = false
  /// How many moments are drawn, of those in which something is broken.
  public var moments = 20_000
  /// With how many sets of failures it may be computed.
  public var mostSets = 12_000
  /// What sets are too rare to be tried may come to, of the time.
  var negligible = BrokenSets.negligible

  public init() {}

  public func availability(
    of kind: RequestKind, on simulation: Simulation, goOn: Simulation.GoOn = { _ in true }
  )
    throws(Problem) -> Availability
  {
    let components = components(of: simulation.topology)
    guard components.count <= BrokenSets.mostComponents else {
      throw .tooMany("hosts and parts that could fail", limit: BrokenSets.mostComponents)
    }
    let broken = components.map {
      simulation.topology.site.reliability.means(of: $0.part)?.unavailability ?? 0
    }
    // What broke just now has been noticed by then.
    let settled = try Trial(breaking: [], on: simulation, goOn: goOn).simulation
    var sets = BrokenSets(settled, kind, components)
    let working = try working(broken, &sets, goOn)
    let drawing = try draw(broken, &sets, goOn)
    return Availability(
      kind, computed: working.map { sets.probability(of: $0, broken) }, drawing,
      costs: working.map { costs(broken, sets, $0) } ?? [])
  }

  /// All sets of failures with which such requests are answered but the rarest; nil where there are too many to try.
  private func working(_ broken: [Double], _ sets: inout BrokenSets, _ goOn: Simulation.GoOn) throws(Problem)
    -> [Places]?
  {
    guard let likely = sets.likely(broken, most: mostSets, but: negligible) else { return nil }
    sets.allow(likely.count)
    var working: [Places] = []
    for (done, down) in likely.enumerated() {
      if try sets.works(down, { _ in goOn(Double(done) / Double(likely.count)) }) { working.append(down) }
    }
    return working
  }

  private func components(of topology: Topology) -> [Address] {
    topology.hosts.flatMap { host in
      [Address(host.name)]
        + (hostsOnly ? [] : host.parts.filter { !$0.isProtection }.map { Address(host.name, $0) })
    }
  }

  /// How much more there would be without the failures of each.
  private func costs(_ broken: [Double], _ sets: BrokenSets, _ working: [Places])
    -> [(component: Address, share: Double)]
  {
    let share = sets.probability(of: working, broken)
    let costs = sets.components.indices.map { place in
      var better = broken
      better[place] = 0
      return (component: sets.components[place], share: sets.probability(of: working, better) - share)
    }
    return costs.filter { $0.share > BrokenSets.negligible }.sorted { $0.share > $1.share }
  }

  /// Moments drawn one by one, each with what is broken then. Where trying takes too long, there are fewer.
  private func draw(_ broken: [Double], _ sets: inout BrokenSets, _ goOn: Simulation.GoOn) throws(Problem)
    -> Drawing
  {
    sets.allow(BrokenSets.mostDrawn)
    var moments = Moments(broken, Sampling(sets.simulation))
    var drawing = Drawing(
      allWell: moments.allWell, worksWhole: try sets.works(0, goOn), failed: 0, count: 0)
    guard moments.allWell < 1 else { return drawing }
    while drawing.count < self.moments {
      do {
        if try !sets.works(moments.next(), goOn) { drawing.failed += 1 }
        drawing.count += 1
      } catch {
        guard sets.left == 0, goOn(0) else { throw error }
        return drawing
      }
    }
    return drawing
  }
}
