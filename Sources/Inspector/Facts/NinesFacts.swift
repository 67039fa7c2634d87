import Blueprint
import Simulator

extension FactEntry {
  /// How much of the time a site is up, and what would be best.
  static let nines: [FactEntry] = [
    FactEntry(
      "availability", asks: [.kind], .number,
      "the share of the time in which such requests are answered"
    ) { judging, asked throws(FactProblem) in
      .number(Quantity(try judging.availability(asked.kind(0) ?? .read, hostsOnly: false, at: asked.place)))
    },
    FactEntry("availability_of_hosts", asks: [.kind], .number, "the same, where only whole hosts fail") {
      judging, asked throws(FactProblem) in
      .number(Quantity(try judging.availability(asked.kind(0) ?? .read, hostsOnly: true, at: asked.place)))
    },
    FactEntry("downtime", asks: [.kind], .duration, "how long such requests fail in a year") {
      judging, asked throws(FactProblem) in
      let share = try judging.availability(asked.kind(0) ?? .read, hostsOnly: false, at: asked.place)
      return .duration(Quantity((1 - share) * 365 * 86_400))
    },
    FactEntry(
      "doubled", asks: [.component], entering: .world,
      "the site with a second host beside that one: doubled(lb-1).spofs(read)"
    ) { judging, asked throws(FactProblem) in
      let host = String((asked.component(0) ?? "").prefix { $0 != "." })
      guard let (site, commands) = judging.simulation.doubled(host) else {
        throw FactProblem("\(host) cannot be doubled", at: asked.place)
      }
      return FactView(simulation: site, steps: judging.view.steps + commands)
    },
    FactEntry(
      "argmax", asks: [.components, FactParameter(name: "FACT about it", kind: .later(.number))],
      .set(.component),
      "those for which a number is largest: argmax(hosts, doubled(it).availability_of_hosts(read))"
    ) { judging, asked throws(FactProblem) in
      try judging.largest(asked)
    },
    FactEntry(
      "max_rate", asks: [FactParameter(name: "FACT", kind: .later(.bool))], .rate,
      "the highest rate at which it holds: max_rate(spofs(read) without balancers == {})"
    ) { judging, asked throws(FactProblem) in
      .rate(Quantity(try judging.highestRate(asked), tolerance: 0))
    },
    FactEntry(
      "removable", asks: [FactParameter(name: "FACT", kind: .later(.bool))], .set(.component),
      "the hosts and parts that could be taken away while it still holds"
    ) { judging, asked throws(FactProblem) in
      try judging.removable(asked)
    },
  ]
}

extension FactJudging {
  fileprivate mutating func availability(_ kind: RequestKind, hostsOnly: Bool, at place: Range<Int>)
    throws(FactProblem)
    -> Double
  {
    try countExperiment(place)
    var study = AvailabilityStudy()
    study.hostsOnly = hostsOnly
    let (site, goOn) = (simulation, world.goOn)
    let found = try trying(place) { () throws(Problem) -> Availability in
      try study.availability(of: kind, on: site, goOn: goOn)
    }
    let percent = Quantity.text(found.share * 100)
    saw(
      "\(kind.rawValue) \(percent) % of the time",
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

  /// Halves the distance between a rate at which it holds and one at which it does not, to one in a hundred.
  fileprivate mutating func highestRate(_ asked: FactArguments) throws(FactProblem) -> Double {
    guard let term = asked.later(0) else { return 0 }
    let mark = trail.count
    guard try holds(term, at: 1, asked) else { return 0 }
    var (low, high) = (1.0, 2.0)
    while try holds(term, at: high, asked) {
      (low, high) = (high, high * 2)
      guard high <= 100_000 else { return .infinity }
    }
    while high - low > low / 100 {
      let middle = (low + high) / 2
      if try holds(term, at: middle, asked) { low = middle } else { high = middle }
    }
    keepLast(since: mark)
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
    var names: [String] = []
    for target in topology.candidates(by: nil) {
      guard case .part(let address) = target else { continue }
      try countExperiment(asked.place)
      var copy = simulation
      guard (try? copy.perform(.change(.remove(address)))) != nil,
        (try? copy.perform(.wait(.seconds(30)))) != nil
      else { continue }
      let site = FactView(simulation: copy, steps: view.steps + ["remove \(address.text)", "wait 30s"])
      // What cannot be asked without it cannot be done without it.
      let mark = trail.count
      if (try? within(site, term)) == .bool(true) { names.append(address.text) }
      forget(since: mark)
    }
    saw(
      names.isEmpty ? "nothing can go" : "\(names.prefix(6).joined(separator: ", ")) can go",
      after: "show topology")
    return .components(names)
  }
}
