import Blueprint
import Inspector
import Simulator

extension FactEntry {
  /// Facts about requests after a failure, once the site has settled.
  static let failures: [FactEntry] = [
    FactEntry(
      "survives", taking: [.failures, .optionalKind], .bool,
      "whether all such requests are answered after the failures, once the site has settled",
      example: "survives(break(server-1.app hang), write)", takesRate: true
    ) { evaluator, arguments throws(FactProblem) in
      for kind in arguments.kind(1).map({ [$0] }) ?? RequestKind.allCases {
        let mark = evaluator.collectedEvidence.count
        if try evaluator.experiment(arguments.failures(0), kind, arguments).failed > 0 {
          evaluator.keepLast(since: mark)
          return .bool(false)
        }
      }
      return .bool(true)
    },
    FactEntry(
      "stops", taking: [.failuresOrComponents], .set(.kind),
      "the kinds of request that fail after the failures, or after the failure of any one component",
      example: "stops(break(primary))",
      takesRate: true,
      takesFault: true
    ) { evaluator, arguments throws(FactProblem) in
      .kinds(try evaluator.stoppedKinds(arguments))
    },
    FactEntry(
      "redundant", taking: [.failuresOrComponents], .set(.kind),
      "the kinds of request that are answered after the failure of any one of them",
      example: "redundant({server-1, server-2})", takesRate: true, takesFault: true
    ) { evaluator, arguments throws(FactProblem) in
      let stoppedKinds = try evaluator.stoppedKinds(arguments)
      return .kinds(RequestKind.allCases.filter { !stoppedKinds.contains($0) })
    },
    FactEntry(
      "count", taking: [FactParameter(name: "SET", content: .value(.set(.anything)))], .number,
      "the number of elements; a host and its component count once", example: "count(servers)"
    ) { evaluator, arguments throws(FactProblem) in
      .number(Quantity(arguments.value(0).map { evaluator.counted($0) } ?? 0))
    },
  ]
}

extension FactEvaluator {
  /// Breaks the targets on a copy, waits until the site has settled, and then sends requests. The result
  /// becomes evidence.
  mutating func experiment(_ failures: [FactFailure], _ kind: RequestKind, _ arguments: FactArguments)
    throws(FactProblem)
    -> TrialResult
  {
    try countExperiment(arguments.position)
    let plans = failures.compactMap { failure in
      FaultTarget(named: failure.component).map { InjectedFault.Plan($0, failure.fault ?? arguments.fault) }
    }
    let rate = try millionths(arguments)
    let (site, shouldContinue) = (simulation, context.shouldContinue)
    let result = try convertingProblems(arguments.position) { () throws(Problem) -> TrialResult in
      let trial =
        plans.isEmpty ? Trial(site) : try Trial(breaking: plans, on: site, shouldContinue: shouldContinue)
      return try trial.send(kind, rate: rate, shouldContinue: shouldContinue)
    }
    add(result.evidence)
    return result
  }

  /// Returns the rate of the call or, without one, the rate that `max_rate` is trying, or nil. The unit is a
  /// millionth of a request per second.
  func millionths(_ arguments: FactArguments) throws(FactProblem) -> Int64? {
    guard let rate = arguments.rate ?? trialRate else { return nil }
    guard rate.amount > 0, rate.amount <= 1_000_000 else {
      throw FactProblem(
        "that rate is out of range", hint: "from 0.000001/s to 1000000/s", at: arguments.position)
    }
    return max(1, Int64(rate.amount * 1_000_000))
  }

  /// Returns the kinds of request that fail after all the failures. For a set of components, each is broken
  /// alone.
  fileprivate mutating func stoppedKinds(_ arguments: FactArguments) throws(FactProblem) -> [RequestKind] {
    let failures = arguments.failures(0)
    let alternatives =
      failures.isEmpty ? arguments.components(0).map { [FactFailure(component: $0, fault: nil)] } : [failures]
    var stoppedKinds: [RequestKind] = []
    for kind in RequestKind.allCases {
      for failures in alternatives where !stoppedKinds.contains(kind) {
        if try experiment(failures, kind, arguments).failed > 0 { stoppedKinds.append(kind) }
      }
    }
    return stoppedKinds
  }
}
