import Blueprint
import Simulator

/// The SPOFs of one site, and their fixes. The searches for SPOFs, pairs and fixes share the results of
/// experiments.
public struct SpofStudy {
  private let search: SpofSearch
  private var experiments: Experiments

  public init(
    _ search: SpofSearch, on site: Simulation,
    shouldContinue: @escaping Simulation.ContinueCheck = { _ in true }
  ) {
    self.search = search
    experiments = Experiments(site, shouldContinue: shouldContinue)
  }

  public mutating func report() throws(Problem) -> SpofReport { try search.report(in: &experiments) }

  /// Returns the pairs of targets that are not SPOFs alone, but make requests fail if both fail.
  public mutating func pairs(besides report: SpofReport) throws(Problem) -> [SpofPair] {
    try search.pairs(in: &experiments, besides: report)
  }

  /// Returns the fixes for the SPOFs of the report.
  public mutating func fixes(for report: SpofReport) -> SpofFixes {
    var fixes = FixSearch(search, report, experiments)
    return SpofFixes(&fixes, for: report.spofs)
  }
}
