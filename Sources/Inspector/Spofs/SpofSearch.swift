import Blueprint
import Simulator

/// A search for SPOFs: targets whose failure alone makes requests fail.
///
/// Each target is broken on a copy of the site. After a wait for automatic recovery, requests are sent to the
/// copy.
///
/// On a site with more than a hundred components, not every target is tried. First, two examples of targets
/// that are built alike are broken, then a sample of a hundred other targets. Finally, each target that seems
/// to be a SPOF is broken, until the search reaches `mostWork`. On such a site, sending stops at the first
/// failure, because a thousand users who wait for a timeout take a simulated day.
public struct SpofSearch: Sendable {
  public var kinds = RequestKind.allCases
  /// The rate in millionths of a request per second, or nil to send one request after the other.
  public var rate: Int64?
  /// The fault of each target, or nil for the usual fault.
  public var fault: Fault?
  /// The most simulation steps that a search of a large site takes. After that, targets that are built alike
  /// are no longer broken one by one. The default takes a few seconds. Steps are counted instead of time, so
  /// that the result is the same on every computer.
  public var mostWork = 60_000_000

  /// Whether the search includes kinds of request that fail already. For such kinds, almost every target
  /// counts as a SPOF.
  public var includesFailingKinds = false

  /// Whether, on a large site, only the first of several targets that are built alike is broken.
  var isBrief = false

  public init() {}

  /// The command as a user types it.
  public var command: String {
    var words = ["spof"]
    if kinds.count == 1 { words += kinds.map { $0.rawValue } }
    if let rate { words.append("at \(Rate.command(rate))") }
    if let fault { words.append("by \(fault.command)") }
    return words.joined(separator: " ")
  }

  /// Returns the SPOFs of the site. Use `SpofStudy` for several questions about the same site.
  public func report(on site: Simulation, shouldContinue: @escaping Simulation.ContinueCheck = { _ in true })
    throws(Problem)
    -> SpofReport
  {
    var experiments = Experiments(site, shouldContinue: shouldContinue)
    return try report(in: &experiments)
  }

  /// Returns the SPOFs of the site, or of the site after the fix.
  func report(in experiments: inout Experiments, after fix: Fix? = nil) throws(Problem) -> SpofReport {
    let site = try experiments.site(after: fix)
    let candidates = site.topology.candidates(by: fault)
    let isLarge = site.topology.isLarge
    let failing = try experiments.outcome(
      of: kinds, rate: rate, failures: [], after: fix, stopsAtFailure: isLarge
    ).failed
    var trials = SpofTrials(leavingOut: failing, of: self, on: site, after: fix)
    var spofs: [Spof] = []
    if !trials.search.kinds.isEmpty {
      spofs =
        isLarge
        ? try trials.grouped(candidates, &experiments) : try trials.breakEach(candidates, &experiments)
    }
    return SpofReport(
      spofs: spofs, failing: failing, candidates: candidates.count, triedCount: trials.triedCount,
      unknownCount: trials.unknownCount)
  }

  /// Returns the plan for breaking each target in this search.
  func plans(_ targets: [FaultTarget]) -> [InjectedFault.Plan] {
    targets.map { InjectedFault.Plan($0, fault) }
  }
}
