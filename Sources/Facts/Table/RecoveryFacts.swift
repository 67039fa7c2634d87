import Blueprint
import Inspector
import Simulator

extension FactEntry {
  /// Facts about the time until a failure is detected, and until reads are no longer stale.
  static let recovery: [FactEntry] = [
    FactEntry(
      "detection", taking: [.failures], .duration,
      "how soon the balancer marks the server DOWN, from the least to the most; never if it does not",
      example: "detection(break(server-1 crash))"
    ) { evaluator, arguments throws(FactProblem) in
      try evaluator.detection(arguments)
    },
    FactEntry(
      "first_all_fresh", .duration, "how soon after a write every read returns it; never if none does",
      example: "run(set database lag 2s).first_all_fresh"
    ) {
      evaluator, arguments throws(FactProblem) in
      try evaluator.freshness(arguments.position)
    },
  ]
}

extension FactEvaluator {
  /// Returns the time to detection, as a range over all moments at which the failure can happen.
  ///
  /// The failure is tried just before and just after each change in the state of the server's health check.
  /// Between two changes the state stays the same, so these moments represent all others.
  fileprivate mutating func detection(_ arguments: FactArguments) throws(FactProblem) -> FactValue {
    let host = arguments.failures(0).first.map { server(affectedBy: $0.component) } ?? ""
    if try isMarkedDownAlready(host, arguments.position) { return .duration(Quantity(0)) }
    let plans = arguments.failures(0).compactMap { failure in
      FaultTarget(named: failure.component).map { InjectedFault.Plan($0, failure.fault) }
    }.filter { !isBroken($0) }
    var times: [(length: Span, wait: Span)] = []
    for wait in try moments(ofChecking: host, arguments.position) {
      guard let length = try detection(of: host, plans, after: wait, arguments.position) else {
        observe(
          "\(host) is not marked DOWN", after: commands(plans, after: wait) + ["wait 1h", "show servers"])
        return .duration(.never)
      }
      times.append((length, wait))
    }
    guard let low = times.min(by: { $0.length < $1.length }),
      let high = times.max(by: { $0.length < $1.length })
    else { return .duration(.never) }
    var runs: [[String]] = []
    for time in low.length == high.length ? [high] : [low, high] {
      let wait = try roundedWait(time, of: host, plans, arguments.position)
      runs.append(commands(plans, after: wait) + ["wait until \(host) down"])
    }
    return detectionRange(host, from: low.length, to: high.length, shownBy: runs)
  }

  /// Returns the commands that break the targets after a wait.
  private func commands(_ plans: [InjectedFault.Plan], after wait: Span) -> [String] {
    (wait > .zero ? ["wait \(wait.command)"] : []) + plans.map { $0.command }
  }

  /// Returns the wait, rounded down as far as the run still shows the same time to detection.
  private mutating func roundedWait(
    _ time: (length: Span, wait: Span), of host: String, _ plans: [InjectedFault.Plan], _ position: Range<Int>
  ) throws(FactProblem) -> Span {
    let exact = time.wait.nanoseconds
    for unit in [1_000_000, 100_000, 10_000, 1_000] as [Int64] where exact % unit != 0 {
      let wait = Span(nanoseconds: exact / unit * unit)
      guard let length = try detection(of: host, plans, after: wait, position) else { continue }
      if Quantity.text(length.seconds) == Quantity.text(time.length.seconds) { return wait }
    }
    return time.wait
  }

  /// Returns whether the server is DOWN already. Throws if the server will soon be marked DOWN for another
  /// reason.
  private mutating func isMarkedDownAlready(_ host: String, _ position: Range<Int>) throws(FactProblem)
    -> Bool
  {
    if simulation.isMarkedDown(host) {
      observe("\(host) is DOWN already", after: "show servers")
      return true
    }
    guard let cause = simulation.faults.first?.target else { return false }
    try countExperiment(position)
    let (site, shouldContinue) = (simulation, context.shouldContinue)
    let laterSite = try convertingProblems(position) { () throws(Problem) in
      var copy = site
      _ = try copy.perform(.wait(copy.topology.settlingTime), shouldContinue: shouldContinue)
      return copy
    }
    guard laterSite.isMarkedDown(host) else { return false }
    let known = simulation.faults.first { $0.target.concerns(host: host) }?.target ?? cause
    throw FactProblem(
      "\(host) is failing already, and will be marked DOWN anyway", hint: "repair \(known.text)",
      at: position)
  }

  /// Returns whether the target already has the fault.
  private func isBroken(_ plan: InjectedFault.Plan) -> Bool {
    var copy = simulation
    do { _ = try copy.perform(.break(plan.target, plan.fault)) } catch {
      if case .alreadyFailed = error { return true }
    }
    return false
  }

  private mutating func detectionRange(
    _ host: String, from low: Span, to high: Span, shownBy runs: [[String]]
  ) -> FactValue {
    let (least, most) = (low.seconds, high.seconds)
    let range = least == most ? "" : "\(Quantity.text(least)) to "
    append(
      Evidence(
        runs.map { view.command($0) },
        observation: "\(host) is DOWN " + (most > 0 ? "after \(range)\(Quantity.text(most)) s" : "already")))
    return .duration(Quantity((least + most) / 2, spread: (most - least) / 2))
  }

  /// Returns the time to detection if the failure happens after `wait`, or nil if it is never detected.
  private mutating func detection(
    of host: String, _ plans: [InjectedFault.Plan], after wait: Span, _ position: Range<Int>
  ) throws(FactProblem) -> Span? {
    try countExperiment(position)
    var copy = simulation
    let shouldContinue = context.shouldContinue
    try convertingProblems(position) { () throws(Problem) in
      _ = try copy.perform(.wait(wait), shouldContinue: shouldContinue)
      for plan in plans { _ = try copy.perform(.break(plan.target, plan.fault)) }
    }
    let broken = copy.time
    do {
      _ = try copy.perform(.waitUntil(host, isUp: false), shouldContinue: shouldContinue)
    } catch .statusNotReached, .noChecks {
      return nil
    } catch .notAServer {
      let servers = topology.backends.prefix(4).map { topology.hosts[$0].name }
      throw FactProblem("\(host) is not a server", hint: servers.joined(separator: ", "), at: position)
    } catch {
      throw FactProblem(error.shortReason, at: position)
    }
    return copy.time - broken
  }

  /// Returns the waits after which to try the failure: just before and just after each change of the health
  /// check.
  private func moments(ofChecking host: String, _ position: Range<Int>) throws(FactProblem) -> [Span] {
    let (site, shouldContinue) = (simulation, context.shouldContinue)
    let changes = try convertingProblems(position) { () throws(Problem) in
      try site.checkMoments(of: host, shouldContinue: shouldContinue)
    }
    let justBefore = changes.map { $0.nanoseconds - 1 }
    return Set([0] + justBefore + changes.map { $0.nanoseconds }).filter { $0 >= 0 }.sorted().map {
      Span(nanoseconds: $0)
    }
  }

  /// Returns the server whose health checks detect the failure of a component or link.
  private func server(affectedBy component: String) -> String {
    guard let (a, b) = FaultTarget.ends(of: component) else { return String(component.prefix { $0 != "." }) }
    return topology.backends.map { topology.hosts[$0].name }.first { $0 == a || $0 == b } ?? b
  }

  /// Finds by bisection how long after a write all reads return the new data.
  fileprivate mutating func freshness(_ position: Range<Int>) throws(FactProblem) -> FactValue {
    var written = simulation
    let shouldContinue = context.shouldContinue
    try convertingProblems(position) { () throws(Problem) in
      _ = try written.perform(.send(SendOptions(mix: .only(.write))), shouldContinue: shouldContinue)
    }
    // The search is in whole milliseconds, as people write a wait.
    var (low, high) = (Int64(0), Int64(3_600_000))
    guard try isFresh(written, after: .milliseconds(high), position) else { return .duration(.never) }
    if try isFresh(written, after: .zero, position) { high = 0 }
    while high - low > 1 {
      let middle = (low + high) / 2
      if try isFresh(written, after: .milliseconds(middle), position) { high = middle } else { low = middle }
    }
    let seconds = Quantity(Double(high) / 1_000, tolerance: 0.001)
    observe(
      "all reads are new after \(FactValue.duration(seconds).text)", after: "send 1 write",
      "wait \(Span.milliseconds(high).command)",
      "send 10 read")
    return .duration(seconds)
  }

  private mutating func isFresh(_ site: Simulation, after wait: Span, _ position: Range<Int>)
    throws(FactProblem) -> Bool
  {
    try countExperiment(position)
    var copy = site
    // The reads are sent at the highest rate, so that almost no time passes between them.
    var sending = SendOptions(count: site.topology.requestCountForAllServers(of: .read), mix: .only(.read))
    sending.rate = SendOptions.highestRate
    let shouldContinue = context.shouldContinue
    return try convertingProblems(position) { () throws(Problem) -> Bool in
      _ = try copy.perform(.wait(wait), shouldContinue: shouldContinue)
      return try copy.perform(.send(sending), shouldContinue: shouldContinue).traffic?.stale == 0
    }
  }
}

extension Span {
  fileprivate var seconds: Double { Double(nanoseconds) / 1e9 }
}

extension Simulation {
  /// Returns whether the active balancer has marked the server DOWN.
  fileprivate func isMarkedDown(_ host: String) -> Bool {
    serverReports.contains { $0.name == host && $0.state == .down }
  }
}
