import Blueprint
import Simulator

/// A copy of a site on which targets were broken, and which has had the time to settle.
public struct Trial: Sendable {
  public let simulation: Simulation
  /// The commands that lead from the site to this copy.
  public let commands: [String]
  /// Whether servers pass and fail their health checks by turns. Then the requests that are sent can decide which
  /// server is next.
  private let hasUnsteadyChecks: Bool

  /// A trial of the site as it is, without a wait.
  public init(_ simulation: Simulation) {
    self.simulation = simulation
    commands = []
    hasUnsteadyChecks = false
  }

  /// Breaks the targets, and lets the site settle.
  public init(
    breaking failures: [Breakage.Plan], on simulation: Simulation, goOn: Simulation.GoOn = { _ in true }
  ) throws(Problem) {
    var copy = simulation
    var commands: [String] = []
    for failure in failures {
      do {
        _ = try copy.dare(.break(failure.target, failure.fault))
      } catch {
        // A target that has the fault already need not be broken again.
        guard case .brokenAlready = error else { throw error }
        continue
      }
      commands.append(failure.command)
    }
    let wait = simulation.topology.settlingTime
    _ = try copy.dare(.wait(wait), goOn: goOn)
    commands.append("wait \(wait.nanoseconds / 1_000_000_000)s")
    // A primary that waits for a replica notices only at a write that there is none.
    if copy.topology.database.replication == .semiSync {
      _ = try copy.dare(.send(Sending(mix: .only(.write))), goOn: goOn)
      _ = try copy.dare(.wait(wait), goOn: goOn)
      commands += ["send 1 write", "wait \(wait.nanoseconds / 1_000_000_000)s"]
    }
    self.simulation = copy
    self.commands = commands
    hasUnsteadyChecks = copy.checksWaver
  }

  private init(_ simulation: Simulation, from trial: Trial) {
    self.simulation = simulation
    commands = trial.commands
    hasUnsteadyChecks = trial.hasUnsteadyChecks
  }

  /// The same trial without health checks, if the site is large. Under load, it must not be used.
  ///
  /// Health checks are most of the work on a large site. Once the site has settled, their results no longer change unless
  /// a server becomes too busy to answer them.
  var withoutChecks: Trial {
    guard simulation.topology.isLarge else { return self }
    var copy = simulation
    for place in simulation.topology.balancers {
      let inter = FixStep.set(simulation.topology.hosts[place].name, "inter", .span(.seconds(3_600)))
      _ = try? copy.dare(inter.action)
    }
    return Trial(copy, from: self)
  }

  // MARK: Sending

  /// Sends requests of a kind, and returns what came of them.
  ///
  /// Without a rate, it sends as many as reach every server, application and database node, and then looks for failures
  /// that those requests missed. At a rate, it sends for a minute. With `stopsAtFailure` and no rate, it sends nothing
  /// after the first failure.
  public func ask(
    _ kind: RequestKind, rate: Int64? = nil, stopsAtFailure: Bool = false,
    goOn: Simulation.GoOn = { _ in true }
  ) throws(Problem) -> TrialResult {
    var copy = simulation
    var sending = Sending.inTurns(kind, rate: rate, to: simulation.topology)
    sending.isRecorded = false
    sending.endsAtFailure = stopsAtFailure
    var result = TrialResult(kind: kind, commands: commands)
    let mayHideFailures = rate == nil && kind != .static
    if mayHideFailures { try result.waitForRetry(last: true, on: &copy, goOn) }
    try result.send(sending, on: &copy, goOn)
    if mayHideFailures, result.failed == 0, hasUnsteadyChecks || copy.mostUnanswering > 1 {
      try lookLonger(&result, sending, on: &copy, goOn)
    }
    result.finish(rate: rate, work: copy.workDone - simulation.workDone)
    return result
  }

  /// Sends at moments that the first requests missed: at rates that do not keep step with health checks, and just when
  /// nginx tries a failed application again.
  ///
  /// If several applications fail, or checks pass and fail by turns, the moment of a request decides its outcome.
  private func lookLonger(
    _ result: inout TrialResult, _ sending: Sending, on copy: inout Simulation, _ goOn: Simulation.GoOn
  ) throws(Problem) {
    for most in Trial.calmRates where result.failed == 0 {
      let calm = min(most, copy.calmRate)
      let count = Int(calm * Trial.calmSeconds / 1_000_000 / 10 * 10)
      var calmly = sending
      (calmly.rate, calmly.count) = (calm, count)
      if count > 0 { try result.send(calmly, on: &copy, goOn) }
    }
    for last in [false, true] where result.failed == 0 {
      try result.waitForRetry(last: last, on: &copy, goOn)
      try result.send(sending, on: &copy, goOn)
    }
  }

  /// Two rates, in millionths per second, that keep step neither with each other nor with checks; and for how long.
  private static let calmRates: [Int64] = [2_620_000, 1_370_000]
  private static let calmSeconds: Int64 = 60
}

extension Sending {
  /// The most requests that a trial sends at a rate. If a minute would take more, the evidence names the shorter time.
  static let mostAtRate = 40_000

  /// Returns enough requests of a kind to reach every server in each of its turns, or a minute of them at a rate.
  static func inTurns(_ kind: RequestKind, rate: Int64?, to topology: Topology) -> Sending {
    var sending = Sending(count: topology.requestsInTurns(of: kind), mix: .only(kind))
    if let rate {
      sending.rate = rate
      sending.count = max(
        sending.count,
        Int(min(Int64(mostAtRate), rate.multipliedReportingOverflow(by: 60).partialValue / 1_000_000)))
    }
    // If the user or the path decides which server answers, many users ask for many paths.
    let several = min(64, 8 * max(1, topology.backends.count))
    switch topology.algorithm.traits.hashes {
    case .address: sending.sources = (1...several).map { IPv4(198, 51, 100, UInt8($0)) }
    case .path: sending.paths = (1...several).map { "/page-\($0)" }
    case nil: break
    }
    sending.count = max(sending.count, max(sending.sources.count, sending.paths.count))
    return sending
  }
}
