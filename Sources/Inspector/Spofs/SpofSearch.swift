import Blueprint
import Simulator

/// A search for SPOFs: targets whose failure alone makes requests fail.
///
/// Each target is broken on a copy of the site. The copy gets time for every automatic recovery, and then
/// requests are sent.
///
/// A site with more than a hundred components is not tried target by target. Of targets that are built alike,
/// two examples are broken, then a sample of a hundred others. Finally, each target that seems to be a SPOF
/// is broken, until the most work is done. On such a site, sending stops at the first failure, because a
/// thousand users who wait for a timeout take a simulated day.
public struct SpofSearch: Sendable {
  public var kinds = RequestKind.allCases
  /// The rate in millionths of a request per second, or nil to send one request after the other.
  public var rate: Int64?
  /// The fault of each target, or nil for the usual fault.
  public var fault: Fault?
  /// The most simulation steps on copies of a large site before targets that are built alike are no longer
  /// broken one by one. They take a few seconds. Steps are counted instead of time, so that the result is the
  /// same on every computer.
  public var mostWork = 60_000_000

  /// Whether the search includes kinds of request that fail already. Almost every target counts as a SPOF for
  /// them.
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

  /// Returns how each target is broken in this search.
  func plans(_ targets: [FaultTarget]) -> [InjectedFault.Plan] {
    targets.map { InjectedFault.Plan($0, fault) }
  }
}
