import Blueprint
import Inspector
import Simulator

extension FactEntry {
  /// Facts about requests after a failure, once the site has settled.
  static let failures: [FactEntry] = [
    FactEntry(
      "survives", asks: [.breaking, .optionalKind], .bool,
      "whether all requests of that kind are answered after it, once the site has settled",
      example: "survives(break(server-1.app hang), write)", takesRate: true
    ) { evaluator, asked throws(FactProblem) in
      for kind in asked.kind(1).map({ [$0] }) ?? RequestKind.allCases {
        let mark = evaluator.trail.count
        if try evaluator.experiment(asked.breaking(0), kind, asked).failed > 0 {
          evaluator.keepLast(since: mark)
          return .bool(false)
        }
      }
      return .bool(true)
    },
    FactEntry(
      "stops", asks: [.failing], .set(.kind),
      "the kinds of request that fail after it; of several components, after the loss of any one",
      example: "stops(break(primary))",
      takesRate: true,
      takesFault: true
    ) { evaluator, asked throws(FactProblem) in
      .kinds(try evaluator.stopped(asked))
    },
    FactEntry(
      "redundant", asks: [.failing], .set(.kind),
      "the kinds of request that outlive the loss of any one of them",
      example: "redundant({server-1, server-2})", takesRate: true, takesFault: true
    ) { evaluator, asked throws(FactProblem) in
      let stopped = try evaluator.stopped(asked)
      return .kinds(RequestKind.allCases.filter { !stopped.contains($0) })
    },
    FactEntry(
      "count", asks: [FactParameter(name: "SET", content: .value(.set(.anything)))], .number,
      "how many elements it has, a host beside its part counted once", example: "count(servers)"
    ) { evaluator, asked throws(FactProblem) in
      .number(Quantity(asked.value(0).map { evaluator.counted($0) } ?? 0))
    },
  ]
}

extension FactEvaluator {
  /// Breaks the targets on a copy, waits until the site has settled, and then sends requests.
  mutating func experiment(_ failures: [FactFailure], _ kind: RequestKind, _ asked: FactArguments)
    throws(FactProblem)
    -> TrialResult
  {
    try countExperiment(asked.place)
    let plans = failures.compactMap { failure in
      FaultTarget(named: failure.component).map { InjectedFault.Plan($0, failure.fault ?? asked.fault) }
    }
    let rate = try millionths(asked)
    let (site, shouldContinue) = (simulation, world.shouldContinue)
    let answered = try trying(asked.place) { () throws(Problem) -> TrialResult in
      let trial =
        plans.isEmpty ? Trial(site) : try Trial(breaking: plans, on: site, shouldContinue: shouldContinue)
      return try trial.ask(kind, rate: rate, shouldContinue: shouldContinue)
    }
    add(answered.evidence)
    return answered
  }

  /// Returns the rate of the call or, without one, the rate that `max_rate` is trying. The unit is a
  /// millionth of a request per second.
  func millionths(_ asked: FactArguments) throws(FactProblem) -> Int64? {
    guard let rate = asked.rate ?? load else { return nil }
    guard rate.amount > 0, rate.amount <= 1_000_000 else {
      throw FactProblem("that rate is out of range", hint: "from 0.000001/s to 1000000/s", at: asked.place)
    }
    return max(1, Int64(rate.amount * 1_000_000))
  }

  /// Returns the kinds of request that fail after all the failures. For a set of components, each is broken
  /// alone.
  fileprivate mutating func stopped(_ asked: FactArguments) throws(FactProblem) -> [RequestKind] {
    let failures = asked.breaking(0)
    let alternatives =
      failures.isEmpty ? asked.components(0).map { [FactFailure(component: $0, fault: nil)] } : [failures]
    var stopped: [RequestKind] = []
    for kind in RequestKind.allCases {
      for failures in alternatives where !stopped.contains(kind) {
        if try experiment(failures, kind, asked).failed > 0 { stopped.append(kind) }
      }
    }
    return stopped
  }
}
