import Blueprint
import Simulator

/// A copy of a site on which targets were broken, after time to settle.
public struct Trial: Sendable {
  public let simulation: Simulation
  /// The commands that lead from the site to this copy.
  public let commands: [String]
  /// Whether servers alternately pass and fail their health checks. Then the test requests themselves can
  /// affect which server gets the next request.
  private let hasUnsteadyChecks: Bool
  /// Whether a fault has ended by itself since it was injected, because it was a restart.
  private let hasRestarted: Bool

  /// Creates a trial of the site in its present state, without a wait.
  public init(_ simulation: Simulation) {
    self.simulation = simulation
    commands = []
    hasUnsteadyChecks = false
    hasRestarted = false
  }

  /// Creates a trial by breaking the targets and letting the site settle.
  public init(
    breaking failures: [InjectedFault.Plan], on simulation: Simulation,
    shouldContinue: Simulation.ContinueCheck = { _ in true }
  ) throws(Problem) {
    var copy = simulation
    var commands: [String] = []
    for failure in failures {
      do {
        _ = try copy.performInPlace(.break(failure.target, failure.fault))
      } catch {
        // A target that already has the fault is not broken again.
        guard case .alreadyFailed = error else { throw error }
        continue
      }
      commands.append(failure.command)
    }
    let wait = simulation.topology.settlingTime
    _ = try copy.performInPlace(.wait(wait), shouldContinue: shouldContinue)
    commands.append("wait \(wait.nanoseconds / 1_000_000_000)s")
    // With semi-synchronous replication, a missing replica is detected only during a write.
    if copy.topology.database.replication == .semiSync {
      _ = try copy.performInPlace(.send(SendOptions(mix: .only(.write))), shouldContinue: shouldContinue)
      _ = try copy.performInPlace(.wait(wait), shouldContinue: shouldContinue)
      commands += ["send 1 write", "wait \(wait.nanoseconds / 1_000_000_000)s"]
    }
    self.simulation = copy
    self.commands = commands
    hasUnsteadyChecks = copy.hasUnstableChecks
    hasRestarted = failures.contains { plan in
      guard let fault = plan.fault, fault.row.endsAfter != nil else { return false }
      return !copy.faults.contains { $0.target == plan.target.normalised && $0.fault.isSameKind(as: fault) }
    }
  }

  private init(_ simulation: Simulation, from trial: Trial) {
    self.simulation = simulation
    commands = trial.commands
    hasUnsteadyChecks = trial.hasUnsteadyChecks
    hasRestarted = trial.hasRestarted
  }

  /// The same trial, without health checks if the site is large. It must not be used for requests at a rate.
  ///
  /// Health checks cause most of the work on a large site. Once the site has settled, their results change
  /// only if a server is too busy to answer them.
  var withoutChecks: Trial {
    guard simulation.topology.isLarge else { return self }
    var copy = simulation
    for index in simulation.topology.balancers {
      let inter = FixStep.set(simulation.topology.hosts[index].name, "inter", .span(.seconds(3_600)))
      _ = try? copy.performInPlace(inter.action)
    }
    return Trial(copy, from: self)
  }

  // MARK: Sending

  /// Sends requests of a kind, and returns the results.
  ///
  /// Without a rate, it sends enough requests to reach every server, application and database node. If none
  /// fails, it may send more, to find failures that those requests missed. At a rate, it sends for a minute.
  /// With `stopsAtFailure`, it stops after the first failure.
  public func send(
    _ kind: RequestKind, rate: Int64? = nil, stopsAtFailure: Bool = false,
    shouldContinue: Simulation.ContinueCheck = { _ in true }
  ) throws(Problem) -> TrialResult {
    var copy = simulation
    var sending = SendOptions.toAllServers(kind, rate: rate, to: simulation.topology)
    sending.isRecorded = false
    sending.stopsAtFailure = stopsAtFailure
    var result = TrialResult(kind: kind, commands: commands, isAfterRestart: hasRestarted)
    let mayHideFailures = rate == nil && kind != .static
    if mayHideFailures { try result.waitForRetry(last: true, on: &copy, shouldContinue) }
    try result.send(sending, on: &copy, shouldContinue)
    if mayHideFailures, result.failed == 0, hasUnsteadyChecks || copy.maxUnresponsivePeers > 1 {
      try sendAtFurtherMoments(&result, sending, on: &copy, shouldContinue)
    }
    result.finish(rate: rate, work: copy.workDone - simulation.workDone)
    return result
  }

  /// Sends requests at moments that the first requests missed. It uses rates that are not synchronised with
  /// health checks, and the moments when nginx tries a failed application again.
  ///
  /// The moment of a request matters if several applications fail, or if health checks alternately pass and
  /// fail.
  private func sendAtFurtherMoments(
    _ result: inout TrialResult, _ sending: SendOptions, on copy: inout Simulation,
    _ shouldContinue: Simulation.ContinueCheck
  ) throws(Problem) {
    for limit in Trial.unsynchronisedRates where result.failed == 0 {
      let rate = min(limit, copy.lowRate)
      let count = Int(rate * Trial.unsynchronisedSeconds / 1_000_000 / 10 * 10)
      var slowSending = sending
      (slowSending.rate, slowSending.count) = (rate, count)
      if count > 0 { try result.send(slowSending, on: &copy, shouldContinue) }
    }
    for last in [false, true] where result.failed == 0 {
      try result.waitForRetry(last: last, on: &copy, shouldContinue)
      try result.send(sending, on: &copy, shouldContinue)
    }
  }

  /// Two rates in millionths of a request per second, and how long each is used, in seconds. They are
  /// synchronised neither with each other nor with health checks.
  private static let unsynchronisedRates: [Int64] = [2_620_000, 1_370_000]
  private static let unsynchronisedSeconds: Int64 = 60
}

extension SendOptions {
  /// The most requests that a trial sends at a rate. If a minute at that rate needs more, the evidence gives
  /// the shorter time.
  static let mostAtRate = 40_000

  /// Returns options that send enough requests of a kind to reach every server or, at a rate, to last a
  /// minute.
  static func toAllServers(_ kind: RequestKind, rate: Int64?, to topology: Topology) -> SendOptions {
    var sending = SendOptions(count: topology.requestCountForAllServers(of: kind), mix: .only(kind))
    if let rate {
      sending.rate = rate
      sending.count = max(
        sending.count,
        Int(min(Int64(mostAtRate), rate.multipliedReportingOverflow(by: 60).partialValue / 1_000_000)))
    }
    // If the client address or the path decides which server answers, the requests use many addresses or
    // paths.
    let several = min(64, 8 * max(1, topology.backends.count))
    switch topology.algorithm.traits.hashInput {
    case .address: sending.sources = (1...several).map { IPv4(198, 51, 100, UInt8($0)) }
    case .path: sending.paths = (1...several).map { "/page-\($0)" }
    case nil: break
    }
    sending.count = max(sending.count, max(sending.sources.count, sending.paths.count))
    return sending
  }
}
