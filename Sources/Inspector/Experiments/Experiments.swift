import Blueprint
import Simulator

/// Experiments on copies of one site, each made only once.
///
/// The question is always the same: what comes of requests after these targets have failed and this fix was applied?
/// The searches for SPOFs, fixes and side effects and the study of availability ask it. What one of them has learnt need
/// not be tried again for another.
struct Experiments {
  /// The site as it is, with everything at work.
  let site: Simulation
  /// Whether the site has settled, so that requests can be sent to it at once.
  private let isSettled: Bool
  /// Asked during long work whether to go on.
  var goOn: Simulation.GoOn
  /// The most experiments that may still be made. When there are none left, a new one is interrupted.
  var allowance = Int.max
  /// How many copies of the site were prepared.
  private(set) var copies = 0

  private var results: [Experiment: TrialResult] = [:]
  private var preparations: [Conditions: Preparation] = [:]
  /// The site after each fix that was asked for, or why the fix cannot be applied.
  private var fixedSites: [Fix: Result<Simulation, Problem>] = [:]
  /// The last copy that was prepared. It is kept because several kinds of request are usually sent to it.
  private var last: PreparedCopy?

  /// What is done to a copy of the site before requests are sent.
  private struct Conditions: Hashable {
    let losing: [Breakage.Plan]
    let fix: Fix?
  }

  private struct Experiment: Hashable {
    let kind: RequestKind
    let rate: Int64?
    let conditions: Conditions
  }

  /// What preparing a copy took, and how many primaries it has.
  private struct Preparation {
    let work: Int
    let primaries: Int
  }

  private struct PreparedCopy {
    let conditions: Conditions
    let trial: Trial
    /// The same copy without health checks, once requests were sent to it one by one.
    var withoutChecks: Trial?
  }

  init(_ site: Simulation, isSettled: Bool = false, goOn: @escaping Simulation.GoOn) {
    self.site = site.wired
    self.isSettled = isSettled
    self.goOn = goOn
  }

  // MARK: Questions

  /// Returns the site after the fix.
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

  /// Returns what comes of requests of these kinds.
  ///
  /// With `stopsAtFailure`, a first failure is enough, so that the share of failures may be unknown.
  mutating func outcome(
    of kinds: [RequestKind], rate: Int64? = nil, losing: [Breakage.Plan], after fix: Fix? = nil,
    stopsAtFailure: Bool
  ) throws(Problem) -> ExperimentOutcome {
    let conditions = Conditions(losing: losing, fix: fix)
    let preparation = try preparation(for: conditions)
    var outcome = ExperimentOutcome(work: preparation.work, primaries: preparation.primaries)
    for kind in kinds {
      let experiment = Experiment(kind: kind, rate: rate, conditions: conditions)
      outcome.add(try result(of: experiment, stopsAtFailure: stopsAtFailure))
    }
    return outcome
  }

  /// Whether all requests of these kinds are answered. It is false if the experiment cannot be made.
  mutating func answers(
    _ kinds: [RequestKind], rate: Int64? = nil, losing: [Breakage.Plan], after fix: Fix? = nil
  ) -> Bool {
    for kind in kinds {
      let outcome = try? outcome(of: [kind], rate: rate, losing: losing, after: fix, stopsAtFailure: true)
      guard outcome?.failed.isEmpty == true else { return false }
    }
    return true
  }

  // MARK: Answers

  private mutating func result(of experiment: Experiment, stopsAtFailure: Bool) throws(Problem) -> TrialResult
  {
    if let known = results[experiment], stopsAtFailure || !known.isCutShort { return known }
    let trial = try trial(for: experiment)
    let result = try trial.ask(
      experiment.kind, rate: experiment.rate, stopsAtFailure: stopsAtFailure, goOn: goOn)
    results[experiment] = result
    return result
  }

  private mutating func trial(for experiment: Experiment) throws(Problem) -> Trial {
    let trial = try trial(under: experiment.conditions)
    guard experiment.rate == nil else { return trial }
    if let known = last?.withoutChecks { return known }
    let quiet = trial.withoutChecks
    last?.withoutChecks = quiet
    return quiet
  }

  private mutating func preparation(for conditions: Conditions) throws(Problem) -> Preparation {
    if let known = preparations[conditions] { return known }
    let trial = try trial(under: conditions)
    let preparation = Preparation(
      work: trial.simulation.workDone - (try site(after: conditions.fix).workDone),
      primaries: trial.simulation.primaryNames.count)
    preparations[conditions] = preparation
    return preparation
  }

  private mutating func trial(under conditions: Conditions) throws(Problem) -> Trial {
    if let last, last.conditions == conditions { return last.trial }
    guard allowance > 0 else { throw .interrupted }
    allowance -= 1
    copies += 1
    let site = try site(after: conditions.fix)
    let needsNoWait = isSettled && conditions.losing.isEmpty
    let trial = needsNoWait ? Trial(site) : try Trial(breaking: conditions.losing, on: site, goOn: goOn)
    last = PreparedCopy(conditions: conditions, trial: trial)
    return trial
  }
}

/// What came of an experiment with several kinds of request.
struct ExperimentOutcome {
  private(set) var results: [TrialResult] = []
  /// How many steps the simulation took, on all copies.
  private(set) var work: Int
  /// How many database nodes take writes as a primary.
  let primaries: Int

  fileprivate init(work: Int, primaries: Int) {
    self.work = work
    self.primaries = primaries
  }

  fileprivate mutating func add(_ result: TrialResult) {
    results.append(result)
    work += result.work
  }

  /// The kinds of which requests failed.
  var failed: [TrialResult] { results.filter { $0.failed > 0 } }
}

extension Simulation {
  /// The names of the database nodes that take writes as a primary.
  var primaryNames: [String] { databaseReports.filter { $0.role == "primary" }.map { $0.name } }
}
