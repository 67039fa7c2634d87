import Blueprint
import Inspector
import Simulator

extension FactEntry {
  /// Facts about the availability of a site, and comparisons of alternatives.
  static let availability: [FactEntry] = [
    FactEntry(
      "availability", taking: [.kind], .number,
      "the share of the time in which such requests are answered", example: "availability(read)"
    ) { evaluator, arguments throws(FactProblem) in
      .number(
        Quantity(
          try evaluator.availability(
            arguments.kind(0) ?? .read, includesOnlyHosts: false, at: arguments.position)))
    },
    FactEntry(
      "availability_of_hosts", taking: [.kind], .number, "the same, if only whole hosts can fail",
      example: "availability_of_hosts(read)"
    ) {
      evaluator, arguments throws(FactProblem) in
      .number(
        Quantity(
          try evaluator.availability(
            arguments.kind(0) ?? .read, includesOnlyHosts: true, at: arguments.position)))
    },
    FactEntry(
      "downtime", taking: [.kind], .duration, "how long such requests fail per year",
      example: "downtime(write)"
    ) {
      evaluator, arguments throws(FactProblem) in
      let share = try evaluator.availability(
        arguments.kind(0) ?? .read, includesOnlyHosts: false, at: arguments.position)
      return .duration(Quantity((1 - share) * 365 * 86_400))
    },
    FactEntry(
      "doubled", taking: [.component], leadingTo: .site,
      "the site with a second host of the same kind: doubled(lb-1).spofs(read)",
      example: "doubled(lb-1).spofs(static)"
    ) { evaluator, arguments throws(FactProblem) in
      let host = String((arguments.component(0) ?? "").prefix { $0 != "." })
      guard let (site, commands) = evaluator.simulation.doubled(host) else {
        throw FactProblem("a second host like \(host) cannot be added", at: arguments.position)
      }
      return FactSite(simulation: site, steps: evaluator.view.steps + commands + ["wait 10s"])
    },
    FactEntry(
      "argmax", taking: [.components, FactParameter(name: "FACT about it", content: .repeatedFact(.number))],
      .set(.component),
      "the elements with the largest number: argmax(hosts, doubled(it).availability_of_hosts(read))",
      example: "argmax(hosts, doubled(it).availability_of_hosts(read))"
    ) { evaluator, arguments throws(FactProblem) in
      try evaluator.largest(arguments)
    },
    FactEntry(
      "max_rate", taking: [FactParameter(name: "FACT", content: .repeatedFact(.bool))], .rate,
      "the highest rate at which the fact is true for a minute, to within 1 %; queues may fill up later",
      example: "max_rate(answers(write))"
    ) { evaluator, arguments throws(FactProblem) in
      .rate(Quantity(try evaluator.highestRate(arguments), tolerance: 0))
    },
    FactEntry(
      "removable", taking: [FactParameter(name: "FACT", content: .repeatedFact(.bool))], .set(.component),
      "the hosts and components that can each be removed while the fact stays true",
      example: "removable(answers(static))"
    ) { evaluator, arguments throws(FactProblem) in
      try evaluator.removable(arguments)
    },
  ]
}

extension FactEvaluator {
  fileprivate mutating func availability(
    _ kind: RequestKind, includesOnlyHosts: Bool, at position: Range<Int>
  )
    throws(FactProblem)
    -> Double
  {
    try countExperiment(position)
    var study = AvailabilityStudy()
    study.includesOnlyHosts = includesOnlyHosts
    let (site, shouldContinue) = (simulation, context.shouldContinue)
    let found = try convertingProblems(position) { () throws(Problem) -> Availability in
      try study.availability(of: kind, on: site, shouldContinue: shouldContinue)
    }
    let percent = Quantity.text(found.share * 100)
    let error = Quantity.text(2 * found.error * 100)
    observe(
      "\(kind.rawValue) requests are answered \(percent) % of the time"
        + (found.isExact ? "" : ", estimated by simulation, ± \(error) %"),
      after: "availability \(kind.rawValue)\(includesOnlyHosts ? " hosts" : "")")
    return found.share
  }

  /// Returns the components for which the repeated fact has the largest value.
  fileprivate mutating func largest(_ arguments: FactArguments) throws(FactProblem) -> FactValue {
    guard let term = arguments.repeatedFact(1) else { return .nothing }
    var best: [String] = []
    var most = Quantity(-.infinity)
    for name in arguments.components(0) {
      try countExperiment(arguments.position)
      itValues.append(.component(name))
      defer { itValues.removeLast() }
      let value = try value(of: term)
      guard case .number(let number) = value else { continue }
      if number.agrees(with: most) {
        best.append(name)
      } else if number.amount > most.amount {
        (best, most) = ([name], number)
      }
    }
    return .components(best)
  }

  /// Finds the highest rate at which a fact is true, by bisection to within one per cent.
  fileprivate mutating func highestRate(_ arguments: FactArguments) throws(FactProblem) -> Double {
    guard let term = arguments.repeatedFact(0) else { return 0 }
    let mark = collectedEvidence.count
    guard try holds(term, at: 1, arguments) else {
      addObservation("it is false even at 1/s")
      return 0
    }
    var (low, high) = (1.0, 2.0)
    while try holds(term, at: high, arguments) {
      (low, high) = (high, high * 2)
      guard high <= 100_000 else {
        addObservation("it is true at any rate up to \(Quantity.text(low))/s")
        return .infinity
      }
    }
    while high - low > low / 100 {
      let middle = (low + high) / 2
      if try holds(term, at: middle, arguments) { low = middle } else { high = middle }
    }
    // Only the two rates on either side of the limit become evidence.
    removeEvidence(since: mark)
    for rate in [low, high] {
      let mark = collectedEvidence.count
      let isHolding = try holds(term, at: rate, arguments)
      keepFirst(since: mark)
      addObservation("it is \(isHolding ? "true" : "false") at \(Quantity.text(rate))/s")
    }
    return low
  }

  private mutating func holds(_ term: FactTerm, at rate: Double, _ arguments: FactArguments)
    throws(FactProblem)
    -> Bool
  {
    try countExperiment(arguments.position)
    let before = trialRate
    trialRate = Quantity(rate)
    defer { trialRate = before }
    return try value(of: term) == .bool(true)
  }

  /// Returns the hosts and components that can each be removed alone while the repeated fact stays true.
  fileprivate mutating func removable(_ arguments: FactArguments) throws(FactProblem) -> FactValue {
    guard let term = arguments.repeatedFact(0) else { return .nothing }
    let mark = collectedEvidence.count
    let holds = try value(of: term) == .bool(true)
    removeEvidence(since: mark)
    guard holds else {
      let fact = source(arguments.positionOfRepeatedFact(0))
      observe("\(fact) is false on the present site", after: "show \(fact)")
      return .components([])
    }
    var names: [String] = []
    var shown: [String] = []
    var tried: [String] = []
    for target in topology.candidates(by: nil) {
      guard case .component(let address) = target else { continue }
      try countExperiment(arguments.position)
      var copy = simulation
      guard (try? copy.perform(.change(.remove(address)))) != nil,
        (try? copy.perform(.wait(.seconds(30)))) != nil
      else { continue }
      let site = FactSite(simulation: copy, steps: view.steps + ["remove \(address.text)", "wait 30s"])
      // If the fact cannot be evaluated without the component, the component cannot be removed.
      let mark = collectedEvidence.count
      let holds = (try? onSite(site, term)) == .bool(true)
      removeEvidence(since: mark)
      tried = [site.command(["show \(source(arguments.positionOfRepeatedFact(0)))"])]
      guard holds else { continue }
      names.append(address.text)
      shown += tried
    }
    append(
      names.isEmpty
        ? Evidence(tried, observation: "nothing can be removed")
        : Evidence(shown, observation: "\(Evidence.listed(names)) can each be removed"))
    return .components(names)
  }
}
