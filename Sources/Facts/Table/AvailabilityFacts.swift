import Blueprint
import Inspector
import Simulator

extension FactEntry {
  /// Facts about the availability of a site, and comparisons of alternatives.
  static let availability: [FactEntry] = [
    FactEntry(
      "availability", asks: [.kind], .number,
      "the share of the time in which such requests are answered", example: "availability(read)"
    ) { evaluator, asked throws(FactProblem) in
      .number(Quantity(try evaluator.availability(asked.kind(0) ?? .read, hostsOnly: false, at: asked.place)))
    },
    FactEntry(
      "availability_of_hosts", asks: [.kind], .number, "the same, where only whole hosts fail",
      example: "availability_of_hosts(read)"
    ) {
      evaluator, asked throws(FactProblem) in
      .number(Quantity(try evaluator.availability(asked.kind(0) ?? .read, hostsOnly: true, at: asked.place)))
    },
    FactEntry(
      "downtime", asks: [.kind], .duration, "how long such requests fail in a year",
      example: "downtime(write)"
    ) {
      evaluator, asked throws(FactProblem) in
      let share = try evaluator.availability(asked.kind(0) ?? .read, hostsOnly: false, at: asked.place)
      return .duration(Quantity((1 - share) * 365 * 86_400))
    },
    FactEntry(
      "doubled", asks: [.component], entering: .world,
      "the site with a second host beside that one: doubled(lb-1).spofs(read)",
      example: "doubled(lb-1).spofs(static)"
    ) { evaluator, asked throws(FactProblem) in
      let host = String((asked.component(0) ?? "").prefix { $0 != "." })
      guard let (site, commands) = evaluator.simulation.doubled(host) else {
        throw FactProblem("\(host) cannot be doubled", at: asked.place)
      }
      return FactSite(simulation: site, steps: evaluator.view.steps + commands + ["wait 10s"])
    },
    FactEntry(
      "argmax", asks: [.components, FactParameter(name: "FACT about it", content: .later(.number))],
      .set(.component),
      "those for which a number is largest: argmax(hosts, doubled(it).availability_of_hosts(read))",
      example: "argmax(hosts, doubled(it).availability_of_hosts(read))"
    ) { evaluator, asked throws(FactProblem) in
      try evaluator.largest(asked)
    },
    FactEntry(
      "max_rate", asks: [FactParameter(name: "FACT", content: .later(.bool))], .rate,
      "the highest rate at which it holds for a minute, to one in a hundred; queues may fill up later",
      example: "max_rate(answers(write))"
    ) { evaluator, asked throws(FactProblem) in
      .rate(Quantity(try evaluator.highestRate(asked), tolerance: 0))
    },
    FactEntry(
      "removable", asks: [FactParameter(name: "FACT", content: .later(.bool))], .set(.component),
      "the hosts and parts of which each alone could be taken away while it still holds",
      example: "removable(answers(static))"
    ) { evaluator, asked throws(FactProblem) in
      try evaluator.removable(asked)
    },
  ]
}

extension FactEvaluator {
  fileprivate mutating func availability(_ kind: RequestKind, hostsOnly: Bool, at place: Range<Int>)
    throws(FactProblem)
    -> Double
  {
    try countExperiment(place)
    var study = AvailabilityStudy()
    study.hostsOnly = hostsOnly
    let (site, shouldContinue) = (simulation, world.shouldContinue)
    let found = try trying(place) { () throws(Problem) -> Availability in
      try study.availability(of: kind, on: site, shouldContinue: shouldContinue)
    }
    let percent = Quantity.text(found.share * 100)
    let error = Quantity.text(2 * found.error * 100)
    saw(
      "\(kind.rawValue) \(percent) % of the time"
        + (found.isExact ? "" : ", drawn and not computed, give or take \(error) %"),
      after: "availability \(kind.rawValue)\(hostsOnly ? " hosts" : "")")
    return found.share
  }

  fileprivate mutating func largest(_ asked: FactArguments) throws(FactProblem) -> FactValue {
    guard let term = asked.later(1) else { return .nothing }
    var best: [String] = []
    var most = Quantity(-.infinity)
    for name in asked.components(0) {
      try countExperiment(asked.place)
      its.append(.component(name))
      defer { its.removeLast() }
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
  fileprivate mutating func highestRate(_ asked: FactArguments) throws(FactProblem) -> Double {
    guard let term = asked.later(0) else { return 0 }
    let mark = trail.count
    guard try holds(term, at: 1, asked) else {
      addObservation("it does not even hold at 1/s")
      return 0
    }
    var (low, high) = (1.0, 2.0)
    while try holds(term, at: high, asked) {
      (low, high) = (high, high * 2)
      guard high <= 100_000 else {
        addObservation("it holds at any rate up to \(Quantity.text(low))/s")
        return .infinity
      }
    }
    while high - low > low / 100 {
      let middle = (low + high) / 2
      if try holds(term, at: middle, asked) { low = middle } else { high = middle }
    }
    // Only the two rates on either side of the limit become evidence.
    forget(since: mark)
    for rate in [low, high] {
      let mark = trail.count
      let isHolding = try holds(term, at: rate, asked)
      keepFirst(since: mark)
      addObservation("\(isHolding ? "it holds at" : "no longer at") \(Quantity.text(rate))/s")
    }
    return low
  }

  private mutating func holds(_ term: FactTerm, at rate: Double, _ asked: FactArguments) throws(FactProblem)
    -> Bool
  {
    try countExperiment(asked.place)
    let before = load
    load = Quantity(rate)
    defer { load = before }
    return try value(of: term) == .bool(true)
  }

  fileprivate mutating func removable(_ asked: FactArguments) throws(FactProblem) -> FactValue {
    guard let term = asked.later(0) else { return .nothing }
    let mark = trail.count
    let holds = try value(of: term) == .bool(true)
    forget(since: mark)
    guard holds else {
      let fact = source(asked.placeOfLater(0))
      saw("\(fact) does not even hold as the site stands", after: "show \(fact)")
      return .components([])
    }
    var names: [String] = []
    var shown: [String] = []
    var tried: [String] = []
    for target in topology.candidates(by: nil) {
      guard case .part(let address) = target else { continue }
      try countExperiment(asked.place)
      var copy = simulation
      guard (try? copy.perform(.change(.remove(address)))) != nil,
        (try? copy.perform(.wait(.seconds(30)))) != nil
      else { continue }
      let site = FactSite(simulation: copy, steps: view.steps + ["remove \(address.text)", "wait 30s"])
      // If the fact cannot be evaluated without the component, the component cannot be removed.
      let mark = trail.count
      let holds = (try? within(site, term)) == .bool(true)
      forget(since: mark)
      tried = [site.command(["show \(source(asked.placeOfLater(0)))"])]
      guard holds else { continue }
      names.append(address.text)
      shown += tried
    }
    append(
      names.isEmpty
        ? Evidence(tried, saw: "nothing can go") : Evidence(shown, saw: "\(Evidence.listed(names)) can go"))
    return .components(names)
  }
}
