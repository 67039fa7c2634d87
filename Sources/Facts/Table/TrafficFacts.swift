import Blueprint
import Inspector
import Simulator

extension FactEntry {
  /// Facts about the results of sending requests.
  static let traffic: [FactEntry] = [
    FactEntry(
      "run", asks: [.commands], entering: .run,
      "what comes of commands on a copy: run(send 10).answered, run(break lb-1; wait 30s).holder",
      example: "run(break server-1 crash; send 10).failed"
    ) { evaluator, asked throws(FactProblem) in
      let view = try evaluator.run(asked.commands(0), at: asked.place)
      evaluator.trail(of: view)
      return view
    },
    FactEntry(
      "refused", asks: [.commands], .bool, "whether one of the commands is refused",
      example: "refused(promote lb-1)"
    ) {
      evaluator, asked throws(FactProblem) in
      let result = evaluator.world.run(evaluator.simulation, asked.commands(0))
      evaluator.append(
        Evidence(
          ["whatif \((evaluator.view.steps + [asked.commands(0)]).joined(separator: "; "))"],
          saw: result.refusal ?? "nothing was refused"))
      return .bool(result.refusal != nil)
    },
    FactEntry(
      "servers_used", asks: [.commands], .set(.component), "the servers that answered: servers_used(send 10)",
      example: "servers_used(send 10)"
    ) { evaluator, asked throws(FactProblem) in
      let view = try evaluator.run(asked.commands(0), at: asked.place)
      evaluator.trail(of: view)
      return .components(view.reply.result?.serversUsed ?? [])
    },
    FactEntry(
      "answers", asks: [.kind], .bool, "whether all requests of that kind are answered as the site stands",
      example: "answers(read) at 2000/s",
      takesRate: true
    ) { evaluator, asked throws(FactProblem) in
      let kind = asked.kind(0) ?? .read
      let found = try evaluator.experiment([], kind, asked)
      return .bool(found.failed == 0)
    },
    FactEntry(
      "path", asks: [.kind], .set(.component), "the parts that one such request passes", example: "path(read)"
    ) {
      evaluator, asked throws(FactProblem) in
      .components(try evaluator.path(of: asked.kind(0) ?? .read, at: asked.place))
    },
    FactEntry(
      "capacity", asks: [.kind], .rate, "the rate of such requests up to which the site keeps up",
      example: "capacity(read)"
    ) {
      evaluator, asked throws(FactProblem) in
      let kind = asked.kind(0) ?? .read
      try evaluator.countExperiment(asked.place)
      let capacity = try evaluator.capacity(of: kind, at: asked.place)
      let rate = capacity.map { $0.thousandths.map { Double($0) / 1_000 } ?? .infinity } ?? 0
      let limit = capacity?.limit.map { "limited by \($0.text)" } ?? "nothing that takes time limits it"
      evaluator.saw(
        capacity == nil
          ? "not even those that come one by one are all answered"
          : "\(FactValue.rate(Quantity(rate)).text), \(limit)",
        after: "capacity \(kind.rawValue)")
      return .rate(Quantity(rate))
    },
  ]
}

extension FactEvaluator {
  fileprivate func capacity(of kind: RequestKind, at place: Range<Int>) throws(FactProblem) -> Capacity? {
    do {
      return try simulation.capacity(of: kind, world.shouldContinue)
    } catch {
      throw FactProblem("it was stopped before it was found out", at: place)
    }
  }

  /// Adds the run to the evidence, with a summary of its traffic.
  mutating func trail(of found: FactSite) {
    append(Evidence([found.command([])], saw: found.reply.result?.summary ?? ""))
  }

  /// Returns the components on the path of one request, in order.
  fileprivate mutating func path(of kind: RequestKind, at place: Range<Int>) throws(FactProblem) -> [String] {
    try countExperiment(place)
    var copy = simulation
    guard
      let outcome = try? copy.perform(.send(Sending(mix: .only(kind))), shouldContinue: world.shouldContinue),
      let record = outcome.records.first
    else { throw FactProblem("the request could not be sent", at: place) }
    var parts: [String] = []
    for step in copy.steps(ofRequest: record.number) {
      guard let address = step.component, address.part != nil else { continue }
      let isWork = step.what == .started
      if isWork, !parts.contains(address.text) { parts.append(address.text) }
    }
    let all = parts.flatMap { part in [part] + topology.files(beside: part, kind) }
    saw("it passes \(all.joined(separator: ", "))", after: "trace \(kind.rawValue)")
    return all
  }
}

extension Topology {
  /// Returns the files that this component reads for this kind of request.
  fileprivate func files(beside part: String, _ kind: RequestKind) -> [String] {
    guard case .part(let address) = FaultTarget(named: part), let host = host(named: address.host),
      host.hasFiles
    else { return [] }
    let reader: ComponentKind = kind == .static ? .nginx : .app
    return address.part == reader ? [Address(host.name, .files).text] : []
  }
}

extension FactEntry {
  /// Facts about the components that work, and how busy they are.
  static let work: [FactEntry] = [
    FactEntry(
      "parts_used", asks: [.commands], .set(.component),
      "the parts that worked for it: parts_used(send 10 read)", example: "parts_used(send 10 static)"
    ) { evaluator, asked throws(FactProblem) in
      let before = evaluator.simulation.statistics
      let view = try evaluator.run(asked.commands(0), at: asked.place)
      func worked(_ report: ComponentStatistics) -> Int { report.served + report.failed }
      let used = view.simulation.statistics.filter { after in
        worked(after) > before.first { $0.address == after.address }.map(worked) ?? 0
      }
      let names = used.map { $0.address.text }
      evaluator.append(Evidence([view.command([])], saw: "\(Evidence.listed(names)) worked"))
      return .components(names)
    },
    FactEntry(
      "utilisation", asks: [.component], .number,
      "how busy a part has been since the site was started, of all it could do",
      example: "run(send 1000 read rate 100/s).utilisation(server-1.app)"
    ) { evaluator, asked throws(FactProblem) in
      let name = evaluator.topology.canonical(asked.component(0) ?? "")
      guard let report = evaluator.simulation.statistics.first(where: { $0.address.text == name }) else {
        throw FactProblem("\(name) does no work of its own", hint: "server-1.app", at: asked.place)
      }
      evaluator.saw(
        "\(name) was busy \(Quantity.text(Double(report.utilisation) / 10)) % of the time", after: "stats")
      return .number(Quantity(Double(report.utilisation) / 1_000))
    },
  ]
}

extension CommandResult {
  /// The servers that answered at least one request.
  var serversUsed: [String] { traffic.map { $0.byServer.filter { $0.count > 0 }.map { $0.name } } ?? [] }

  /// The result of the command as one line of evidence, or nil if it neither sends requests nor promotes a
  /// node.
  fileprivate var summary: String? {
    if let traffic { return summary(of: traffic) }
    return lostWrites.map { "\($0) acknowledged \($0 == 1 ? "write was" : "writes were") lost" }
  }

  /// Returns a summary such as `8 of 8 answered: server-1 6, server-2 2` or `5 of 10 answered: server-2 5; 5
  /// got 503`.
  private func summary(of traffic: Traffic) -> String {
    let failures = traffic.ends.filter { $0.end != .status(200) && $0.count > 0 }.prefix(3)
    let servers =
      (traffic.failed == 0 ? traffic.byServer.map { ($0.name, $0.count) } : successes(of: traffic)).prefix(6)
    let shares = servers.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    return "\(traffic.answered) of \(traffic.sent) answered\(shares.isEmpty ? "" : ": \(shares)")"
      + failures.map { "; \($0.count) got \($0.end.asSeen)" }.joined()
  }

  /// Returns how many requests each server answered with 200, or nothing if the reply does not list every
  /// request.
  private func successes(of traffic: Traffic) -> [(name: String, count: Int)] {
    guard let requests, requests.count == traffic.sent else { return [] }
    let servers = requests.filter { $0.end == .status(200) }.compactMap { $0.server }
    return traffic.byServer.map { share in (share.name, servers.count { $0 == share.name }) }.filter {
      $0.count > 0
    }
  }
}
