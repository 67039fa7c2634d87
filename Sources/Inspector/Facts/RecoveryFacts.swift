import Blueprint
import Simulator

extension FactEntry {
  /// How long it takes until something is noticed, or fresh.
  static let recovery: [FactEntry] = [
    FactEntry(
      "detection", asks: [.breaking], .duration,
      "how long until the balancer calls the server DOWN, whenever it fails; never",
      example: "detection(break(server-1 crash))"
    ) { judging, asked throws(FactProblem) in
      try judging.detection(asked)
    },
    FactEntry(
      "first_all_fresh", .duration, "how long after a write every read shows it; never",
      example: "run(set database lag 2s).first_all_fresh"
    ) {
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
    let host = failures.first.map { server(feeling: $0.component) } ?? ""
    let inter =
      topology.balancers.first.flatMap { topology.hosts[$0].haproxy?.inter.nanoseconds } ?? 2_000_000_000
    let breaking = plans.map { $0.command }
    var times: [(seconds: Double, command: String)] = []
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
        saw("\(host) is not called DOWN", after: breaking + ["wait 1h", "show servers"])
        return .duration(.never)
      }
      let moment = step == 0 ? [] : ["wait \(waited.command)"]
      times.append(
        (
          Double((copy.time - broken).nanoseconds) / 1e9,
          view.command(moment + breaking + ["wait until \(host) down"])
        ))
    }
    guard let low = times.min(by: { $0.seconds < $1.seconds }),
      let high = times.max(by: { $0.seconds < $1.seconds })
    else { return .duration(.never) }
    append(
      Evidence(
        low.seconds == high.seconds ? [low.command] : [low.command, high.command],
        saw: "\(host) is DOWN after \(Quantity.text(low.seconds)) to \(Quantity.text(high.seconds)) s"))
    return .duration(
      Quantity((low.seconds + high.seconds) / 2, tolerance: (high.seconds - low.seconds) / 2))
  }

  /// The server whose checks a component's loss would be noticed by; of a link, the end that is one.
  private func server(feeling component: String) -> String {
    guard let (a, b) = Breakable.ends(of: component) else { return String(component.prefix { $0 != "." }) }
    return topology.backends.map { topology.hosts[$0].name }.first { $0 == a || $0 == b } ?? b
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
      "all reads are new after \(FactValue.duration(seconds).text)", after: "send 1 write",
      "wait \(Span(nanoseconds: high).command)",
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
