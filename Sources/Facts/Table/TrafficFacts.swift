import Blueprint
import Inspector
import Simulator

extension FactEntry {
  /// Facts about the results of sending requests.
  static let traffic: [FactEntry] = [
    FactEntry(
      "run", taking: [.commands], leadingTo: .run,
      "the result of commands on a copy: run(send 10).answered, run(break lb-1; wait 30s).holder",
      example: "run(break server-1 crash; send 10).failed"
    ) { evaluator, arguments throws(FactProblem) in
      let view = try evaluator.run(arguments.commands(0), at: arguments.position)
      evaluator.addEvidence(of: view)
      return view
    },
    FactEntry(
      "refused", taking: [.commands], .bool, "whether one of the commands is refused",
      example: "refused(promote lb-1)"
    ) {
      evaluator, arguments throws(FactProblem) in
      let result = evaluator.context.run(evaluator.simulation, arguments.commands(0))
      evaluator.append(
        Evidence(
          ["whatif \((evaluator.view.steps + [arguments.commands(0)]).joined(separator: "; "))"],
          observation: result.refusal ?? "no command was refused"))
      return .bool(result.refusal != nil)
    },
    FactEntry(
      "servers_used", taking: [.commands], .set(.component),
      "the servers that answered: servers_used(send 10)",
      example: "servers_used(send 10)"
    ) { evaluator, arguments throws(FactProblem) in
      let view = try evaluator.run(arguments.commands(0), at: arguments.position)
      evaluator.addEvidence(of: view)
      return .components(view.reply.result?.serversUsed ?? [])
    },
    FactEntry(
      "answers", taking: [.kind], .bool, "whether all requests of that kind are answered on the present site",
      example: "answers(read) at 2000/s",
      takesRate: true
    ) { evaluator, arguments throws(FactProblem) in
      let kind = arguments.kind(0) ?? .read
      let found = try evaluator.experiment([], kind, arguments)
      return .bool(found.failed == 0)
    },
    FactEntry(
      "path", taking: [.kind], .set(.component), "the components that one such request goes through",
      example: "path(read)"
    ) {
      evaluator, arguments throws(FactProblem) in
      .components(try evaluator.path(of: arguments.kind(0) ?? .read, at: arguments.position))
    },
    FactEntry(
      "capacity", taking: [.kind], .rate, "the highest rate of such requests that the site can answer",
      example: "capacity(read)"
    ) {
      evaluator, arguments throws(FactProblem) in
      let kind = arguments.kind(0) ?? .read
      try evaluator.countExperiment(arguments.position)
      let capacity = try evaluator.capacity(of: kind, at: arguments.position)
      let rate = capacity.map { $0.thousandths.map { Double($0) / 1_000 } ?? .infinity } ?? 0
      let limit = capacity?.limit.map { "limited by \($0.text)" } ?? "no component limits it"
      evaluator.observe(
        capacity == nil
          ? "some requests fail even if they are sent one by one"
          : "\(FactValue.rate(Quantity(rate)).roundedText), \(limit)",
        after: "capacity \(kind.rawValue)")
      return .rate(Quantity(rate))
    },
  ]
}

extension FactEvaluator {
  fileprivate func capacity(of kind: RequestKind, at position: Range<Int>) throws(FactProblem) -> Capacity? {
    do {
      return try simulation.capacity(of: kind, context.shouldContinue)
    } catch {
      throw FactProblem("stopped before the answer was found", at: position)
    }
  }

  /// Adds the run to the evidence, with a summary of its traffic.
  mutating func addEvidence(of found: FactSite) {
    append(Evidence([found.command([])], observation: found.reply.result?.summary ?? ""))
  }

  /// Returns the components on the path of one request, in order.
  fileprivate mutating func path(of kind: RequestKind, at position: Range<Int>) throws(FactProblem)
    -> [String]
  {
    try countExperiment(position)
    var copy = simulation
    guard
      let outcome = try? copy.perform(
        .send(SendOptions(mix: .only(kind))), shouldContinue: context.shouldContinue),
      let record = outcome.records.first
    else { throw FactProblem("the request could not be sent", at: position) }
    var parts: [String] = []
    for step in copy.steps(ofRequest: record.number) {
      guard let address = step.component, address.component != nil else { continue }
      let isWork = step.kind == .started
      if isWork, !parts.contains(address.text) { parts.append(address.text) }
    }
    let all = parts.flatMap { component in [component] + topology.files(beside: component, kind) }
    observe("it goes through \(all.joined(separator: ", "))", after: "trace \(kind.rawValue)")
    return all
  }
}

extension Topology {
  /// Returns the files that this component reads for this kind of request.
  fileprivate func files(beside component: String, _ kind: RequestKind) -> [String] {
    guard case .component(let address) = FaultTarget(named: component), let host = host(named: address.host),
      host.hasFiles
    else { return [] }
    let reader: ComponentKind = kind == .static ? .nginx : .app
    return address.component == reader ? [Address(host.name, .files).text] : []
  }
}

extension FactEntry {
  /// Facts about the components that work, and how busy they are.
  static let work: [FactEntry] = [
    FactEntry(
      "parts_used", taking: [.commands], .set(.component),
      "the components that did work: parts_used(send 10 read)", example: "parts_used(send 10 static)"
    ) { evaluator, arguments throws(FactProblem) in
      let before = evaluator.simulation.statistics
      let view = try evaluator.run(arguments.commands(0), at: arguments.position)
      func worked(_ report: ComponentStatistics) -> Int { report.served + report.failed }
      let used = view.simulation.statistics.filter { after in
        worked(after) > before.first { $0.address == after.address }.map(worked) ?? 0
      }
      let names = used.map { $0.address.text }
      evaluator.append(
        Evidence([view.command([])], observation: "work was done by \(Evidence.listed(names))"))
      return .components(names)
    },
    FactEntry(
      "utilisation", taking: [.component], .number,
      "the share of its workers that a component has used since the start of the site",
      example: "run(send 1000 read rate 100/s).utilisation(server-1.app)"
    ) { evaluator, arguments throws(FactProblem) in
      let name = evaluator.topology.canonical(arguments.component(0) ?? "")
      guard let report = evaluator.simulation.statistics.first(where: { $0.address.text == name }) else {
        throw FactProblem("\(name) does not serve requests", hint: "server-1.app", at: arguments.position)
      }
      evaluator.observe(
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
      + failures.map { "; \($0.count) got \($0.end.textForUsers)" }.joined()
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
