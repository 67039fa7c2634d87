import Blueprint
import Simulator

/// What to search for: the targets whose failure alone makes these requests fail.
///
/// Each target is broken on a copy of the site. Every automatic recovery gets its time, and then requests are sent.
///
/// On a site of more than a hundred components, two examples are tried for targets that are built alike, then a sample
/// of a hundred others, and then every target that would be named, until the most work is done. There, sending stops at
/// a first failure, since a thousand users that wait for a timeout one by one take a simulated day.
public struct SpofSearch: Sendable {
  public var kinds = RequestKind.allCases
  /// Requests per second, in millionths, or nil for one request after the other.
  public var rate: Int64?
  /// How targets fail, or nil for the usual fault of each.
  public var fault: Fault?
  /// The most simulation steps on copies of a large site before targets that are built alike are no longer broken one
  /// by one. It takes some seconds. Steps are counted, not timed, so that the result is the same everywhere.
  public var mostWork = 60_000_000

  /// Whether targets are broken also for kinds of request that fail already. Nearly every failure leaves them failing.
  public var looksBehindFailures = false

  /// Whether only the first of several targets that are built alike is broken, on a large site.
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

  /// Returns the SPOFs of the site. To ask more about the same site, use `SpofStudy`.
  public func report(on site: Simulation, goOn: @escaping Simulation.GoOn = { _ in true }) throws(Problem)
    -> SpofReport
  {
    var experiments = Experiments(site, goOn: goOn)
    return try report(in: &experiments)
  }

  /// Returns the SPOFs of the site, or of the site after the fix.
  func report(in experiments: inout Experiments, after fix: Fix? = nil) throws(Problem) -> SpofReport {
    let site = try experiments.site(after: fix)
    let candidates = site.topology.candidates(by: fault)
    let isLarge = site.topology.isLarge
    let failing = try experiments.outcome(
      of: kinds, rate: rate, losing: [], after: fix, stopsAtFailure: isLarge
    ).failed
    var trials = SpofTrials(leavingOut: failing, of: self, on: site, after: fix)
    var spofs: [Spof] = []
    if !trials.search.kinds.isEmpty {
      spofs =
        isLarge
        ? try trials.grouped(candidates, &experiments) : try trials.each(candidates, &experiments)
    }
    return SpofReport(
      spofs: spofs, failing: failing, candidates: candidates.count, tried: trials.tried,
      unknown: trials.unknown)
  }

  /// Returns how the targets fail in this search.
  func plans(_ targets: [Breakable]) -> [Breakage.Plan] { targets.map { Breakage.Plan($0, fault) } }
}
