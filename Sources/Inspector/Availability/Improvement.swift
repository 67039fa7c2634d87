import Blueprint
import Simulator

/// The increase in availability that a fix brings, for the kind of request that gains most.
public struct Improvement: Sendable {
  public let kind: RequestKind
  public let fix: Fix
  /// The increase, as a share of the time.
  public let share: Double
  /// The kinds of request that lose availability, each with its loss as a share of the time.
  public let losses: [(kind: RequestKind, share: Double)]

  /// The smallest increase that is reported: a second in thirty years.
  static let leastGain = 1e-9
}

extension AvailabilityStudy {
  /// The most hosts of a site for which improvements are searched for.
  static let mostHostsImproved = 8

  /// Returns the improvements that repairs and changes of settings bring, the largest first.
  public func improvementsBySettings(
    for found: [Availability], on site: Simulation,
    shouldContinue: @escaping Simulation.ContinueCheck = { _ in true }
  ) throws(Problem) -> [Improvement] {
    try improvements(by: site.fixesWithoutHosts, for: found, on: site, shouldContinue)
  }

  /// Returns the improvements that a second host beside each host brings, the largest first.
  public func improvementsByDoubling(
    for found: [Availability], on site: Simulation,
    shouldContinue: @escaping Simulation.ContinueCheck = { _ in true }
  ) throws(Problem) -> [Improvement] {
    let fixes = site.topology.hosts.compactMap { site.topology.doubling($0.name) }
    var study = self
    // A third of a second per year is precise enough to compare improvements.
    study.negligible = 1e-8
    return try study.improvements(by: fixes.unique, for: found, on: site, shouldContinue)
  }

  /// Returns the improvements that these fixes bring. A fix is left out if it has bad side effects or lowers
  /// total availability.
  private func improvements(
    by fixes: [Fix], for found: [Availability], on site: Simulation,
    _ shouldContinue: @escaping Simulation.ContinueCheck
  ) throws(Problem) -> [Improvement] {
    guard site.topology.hosts.count <= AvailabilityStudy.mostHostsImproved, found.allSatisfy({ $0.isExact })
    else { return [] }
    var computedStudy = self
    (computedStudy.sampleSize, computedStudy.mostSets) = (0, 2_000)
    var experiments = Experiments(site, shouldContinue: shouldContinue)
    var sideEffects = SideEffects(on: experiments.site)
    var improvements: [Improvement] = []
    for fix in fixes {
      guard let completed = sideEffects.complete(fix, &experiments),
        !improvements.contains(where: { $0.fix == completed.fix }),
        let fixed = try? experiments.site(after: completed.fix)
      else { continue }
      var changes: [(kind: RequestKind, share: Double)] = []
      for now in found {
        let then = try computedStudy.availability(of: now.kind, on: fixed, shouldContinue: shouldContinue)
        if then.isExact { changes.append((now.kind, then.share - now.share)) }
      }
      guard changes.count == found.count, let best = changes.max(by: { $0.share < $1.share }),
        best.share > Improvement.leastGain, changes.reduce(0, { $0 + $1.share }) > 0
      else { continue }
      improvements.append(
        Improvement(
          kind: best.kind, fix: completed.fix, share: best.share,
          losses: changes.filter { $0.share < -Improvement.leastGain }))
    }
    return improvements.sorted { $0.share > $1.share }
  }
}
