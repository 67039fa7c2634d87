import Blueprint
import Simulator

extension FactEntry {
  /// How long it takes until something is noticed, or fresh.
  static let recovery: [FactEntry] = [
    FactEntry(
      "detection", asks: [.breaking], .duration,
      "how long until the balancer calls the server DOWN, whenever it fails; never"
    ) { judging, asked throws(FactProblem) in
      try judging.detection(asked)
    },
    FactEntry("first_all_fresh", .duration, "how long after a write every read shows it; never") {
      judging, asked throws(FactProblem) in
      try judging.freshness(asked.place)
    },
  ]
}

extension FactJudging {
  /// Tried at several moments between two checks: the answer covers all of them.
  fileprivate mutating func detection(_ asked: FactArguments) throws(FactProblem) -> FactValue {
    let failures = asked.breaking(0)
    let plans = failures.compactMap { failure in
      Breakable(named: failure.component).map { Breakage.Plan($0, failure.fault) }
    }
    let host = failures.first.map { String($0.component.prefix { $0 != "." }) } ?? ""
    let inter =
      topology.balancers.first.flatMap { topology.hosts[$0].haproxy?.inter.nanoseconds } ?? 2_000_000_000
    var times: [Double] = []
    for step in 0..<8 {
      try countExperiment(asked.place)
      var copy = simulation
      let waited = Span(nanoseconds: inter / 8 * Int64(step))
      let goOn = world.goOn
      try trying(asked.place) { () throws(Problem) in
        _ = try copy.perform(.wait(waited), goOn: goOn)
        for plan in plans { _ = try copy.perform(.break(plan.target, plan.fault)) }
      }
      let broken = copy.time
      guard (try? copy.perform(.waitUntil(host, isUp: false), goOn: goOn)) != nil else {
        saw(
          "\(host) is not called DOWN", after: plans.map { $0.command }.joined(separator: "; "), "wait 1h",
          "show servers")
        return .duration(.never)
      }
      times.append(Double((copy.time - broken).nanoseconds) / 1e9)
    }
    let (low, high) = (times.min() ?? 0, times.max() ?? 0)
    saw(
      "DOWN after \(Quantity.text(low)) to \(Quantity.text(high)) s",
      after: plans.map { $0.command }.joined(separator: "; "), "wait until \(host) down")
    return .duration(Quantity((low + high) / 2, tolerance: (high - low) / 2))
  }

  /// Found by halving: as long as a read is old, more time is needed.
  fileprivate mutating func freshness(_ place: Range<Int>) throws(FactProblem) -> FactValue {
    var written = simulation
    let goOn = world.goOn
    try trying(place) { () throws(Problem) in
      _ = try written.perform(.send(Sending(mix: .only(.write))), goOn: goOn)
    }
    var (low, high) = (Int64(0), Int64(3_600_000_000_000))
    guard try isFresh(written, after: high, place) else { return .duration(.never) }
    if try isFresh(written, after: 0, place) { high = 0 }
    while high - low > 1_000_000, high > 0 {
      let middle = (low + high) / 2
      if try isFresh(written, after: middle, place) { high = middle } else { low = middle }
    }
    let seconds = Quantity(Double(high) / 1e9, tolerance: 0.001)
    saw(
      "all reads are new after \(FactValue.duration(seconds).text)", after: "send 1 write", "wait \(high)ns",
      "send 10 read")
    return .duration(seconds)
  }

  private mutating func isFresh(_ site: Simulation, after wait: Int64, _ place: Range<Int>)
    throws(FactProblem) -> Bool
  {
    try countExperiment(place)
    var copy = site
    // All at once, so that the reads themselves take no time from each other.
    var sending = Sending(count: site.topology.requestsInTurns(of: .read), mix: .only(.read))
    sending.rate = Sending.highestRate
    let goOn = world.goOn
    return try trying(place) { () throws(Problem) -> Bool in
      _ = try copy.perform(.wait(Span(nanoseconds: wait)), goOn: goOn)
      return try copy.perform(.send(sending), goOn: goOn).traffic?.stale == 0
    }
  }
}
