import Blueprint
import Simulator

/// Experiments on copies of one site. No experiment is made twice.
///
/// Each experiment applies a fix, breaks some targets and sends requests. The searches for SPOFs, fixes and
/// side effects share the results, as does the availability study.
struct Experiments {
  /// The site in its present state.
  let site: Simulation
  /// Whether the site has settled, so that requests can be sent to it without a wait.
  private let isSettled: Bool
  /// Returns whether long work should continue. It is called repeatedly during the work.
  var shouldContinue: Simulation.ContinueCheck
  /// The number of copies of the site that have been prepared.
  private(set) var copyCount = 0

  private var known: [Conditions: KnownResults] = [:]
  /// For each fix that was tried, the site after it or the reason why it cannot be applied.
  private var fixedSites: [Fix: Result<Simulation, Problem>] = [:]
  /// The copy that was prepared last. It is kept because several kinds of request are usually sent to the
  /// same copy.
  private var lastCheckpoint: PreparedCopy?

  /// What is changed on a copy of the site before requests are sent.
  private struct Conditions: Hashable {
    let failures: [InjectedFault.Plan]
    let fix: Fix?
  }

  /// The results of all experiments under the same conditions.
  private struct KnownResults {
    /// The number of simulation steps that were needed to prepare the copy.
    let work: Int
    /// The number of primaries, or nil if it has not been counted yet.
    var primaries: Int?
    private var results: [(rate: Int64?, result: TrialResult)] = []

    init(work: Int) { self.work = work }

    func result(of kind: RequestKind, rate: Int64?, stopsAtFailure: Bool) -> TrialResult? {
      results.first { known in
        known.result.kind == kind && known.rate == rate && (stopsAtFailure || !known.result.isCutShort)
      }?.result
    }

    mutating func add(_ result: TrialResult, rate: Int64?) { results.append((rate, result)) }
  }

  /// A copy of the site after the fix and the failures, ready for requests.
  private struct PreparedCopy {
    let conditions: Conditions
    let trial: Trial
    let work: Int
    /// The same copy without health checks, or nil until requests have been sent to it without a rate.
    var withoutChecks: Trial?
  }

  init(_ site: Simulation, isSettled: Bool = false, shouldContinue: @escaping Simulation.ContinueCheck) {
    self.site = site.configured
    self.isSettled = isSettled
    self.shouldContinue = shouldContinue
  }

  // MARK: Results of experiments

  /// Returns the site after the fix, or the unchanged site if there is no fix.
  mutating func site(after fix: Fix?) throws(Problem) -> Simulation {
    guard let fix else { return site }
    if let known = fixedSites[fix] { return try known.get() }
    do {
      let fixed = try fix.applied(to: site)
      fixedSites[fix] = .success(fixed)
      return fixed
    } catch {
      fixedSites[fix] = .failure(error)
      throw error
    }
  }

  /// Returns the results of requests of these kinds, sent after the fix and the failures.
  ///
  /// With `stopsAtFailure`, sending may end at the first failure. The share of failures is then unknown.
  mutating func outcome(
    of kinds: [RequestKind], rate: Int64? = nil, failures: [InjectedFault.Plan], after fix: Fix? = nil,
    stopsAtFailure: Bool
  ) throws(Problem) -> ExperimentOutcome {
    let conditions = Conditions(failures: failures, fix: fix)
    var known = try knownResults(under: conditions)
    var outcome = ExperimentOutcome(work: known.work)
    var isNew = false
    for kind in kinds {
      if let result = known.result(of: kind, rate: rate, stopsAtFailure: stopsAtFailure) {
        outcome.add(result)
        continue
      }
      let trial = try trial(under: conditions, rate: rate)
      let result = try trial.send(
        kind, rate: rate, stopsAtFailure: stopsAtFailure, shouldContinue: shouldContinue)
      known.add(result, rate: rate)
      outcome.add(result)
      isNew = true
    }
    if isNew { self.known[conditions] = known }
    return outcome
  }

  /// Returns the number of database nodes that accept writes as a primary.
  mutating func primaries(failures: [InjectedFault.Plan], after fix: Fix? = nil) throws(Problem) -> Int {
    let conditions = Conditions(failures: failures, fix: fix)
    if let count = known[conditions]?.primaries { return count }
    let copy = try prepare(conditions)
    let count = copy.trial.simulation.primaryNames.count
    known[conditions, default: KnownResults(work: copy.work)].primaries = count
    return count
  }

  private mutating func knownResults(under conditions: Conditions) throws(Problem) -> KnownResults {
    if let known = known[conditions] { return known }
    return KnownResults(work: try prepare(conditions).work)
  }

  /// Returns whether the result for this kind of request is known, without a rate and without a fix.
  func isKnown(_ kind: RequestKind, failures: [InjectedFault.Plan]) -> Bool {
    let known = known[Conditions(failures: failures, fix: nil)]
    return known?.result(of: kind, rate: nil, stopsAtFailure: true) != nil
  }

  /// Returns whether all requests of these kinds succeed. The result is false if the experiment cannot be
  /// made.
  mutating func allSucceed(
    _ kinds: [RequestKind], rate: Int64? = nil, failures: [InjectedFault.Plan], after fix: Fix? = nil
  ) -> Bool {
    for kind in kinds {
      let outcome = try? outcome(of: [kind], rate: rate, failures: failures, after: fix, stopsAtFailure: true)
      guard outcome?.failed.isEmpty == true else { return false }
    }
    return true
  }

  // MARK: Copies of the site

  /// Returns the copy for requests at this rate. On a large site, the copy for requests without a rate has no
  /// health checks.
  private mutating func trial(under conditions: Conditions, rate: Int64?) throws(Problem) -> Trial {
    let copy = try prepare(conditions)
    guard rate == nil else { return copy.trial }
    if let trial = copy.withoutChecks { return trial }
    let trial = copy.trial.withoutChecks
    lastCheckpoint?.withoutChecks = trial
    return trial
  }

  private mutating func prepare(_ conditions: Conditions) throws(Problem) -> PreparedCopy {
    if let lastCheckpoint, lastCheckpoint.conditions == conditions { return lastCheckpoint }
    copyCount += 1
    let site = try site(after: conditions.fix)
    let needsNoWait = isSettled && conditions.failures.isEmpty
    let trial =
      needsNoWait
      ? Trial(site) : try Trial(breaking: conditions.failures, on: site, shouldContinue: shouldContinue)
    let copy = PreparedCopy(
      conditions: conditions, trial: trial, work: trial.simulation.workDone - site.workDone)
    lastCheckpoint = copy
    return copy
  }
}

/// The results of an experiment with several kinds of request.
struct ExperimentOutcome {
  private(set) var results: [TrialResult] = []
  /// The number of simulation steps, on all copies together.
  private(set) var work: Int

  fileprivate init(work: Int) { self.work = work }

  fileprivate mutating func add(_ result: TrialResult) {
    results.append(result)
    work += result.work
  }

  /// The results for the kinds of request with at least one failure.
  var failed: [TrialResult] { results.filter { $0.failed > 0 } }
}

extension Simulation {
  /// The names of the database nodes that accept writes as a primary.
  var primaryNames: [String] { databaseReports.filter { $0.role == .primary }.map { $0.name } }
}
