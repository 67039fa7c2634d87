import Blueprint
import Inspector
import Simulator

extension FactEntry {
  /// Facts about eavesdropping, open ports, monitoring and audits.
  static let security: [FactEntry] = [
    FactEntry(
      "readable_links", taking: [.optionalKind], .set(.component),
      "the links on which an eavesdropper can read what users send or receive",
      example: "readable_links(read)"
    ) { evaluator, arguments throws(FactProblem) in
      .components(try evaluator.readableLinks(arguments.kind(0), at: arguments.position))
    },
    FactEntry(
      "readable", taking: [.component], .bool, "whether an eavesdropper can read the traffic on that link",
      example: "run(add tls).readable(internet--lb-1)"
    ) {
      evaluator, arguments throws(FactProblem) in
      let name = arguments.component(0) ?? ""
      guard let (a, b) = FaultTarget.ends(of: name) else {
        throw FactProblem("\(name) is not a link", hint: "internet--lb-1", at: arguments.position)
      }
      let mark = evaluator.collectedEvidence.count
      let links = try evaluator.readableLinks(nil, at: arguments.position)
      // Evidence about other links is removed.
      evaluator.removeEvidence(since: mark)
      evaluator.add(evaluator.simulation.sniff(Hop.link(a, b)).evidence)
      return .bool(links.contains("\(a)--\(b)") || links.contains("\(b)--\(a)"))
    },
    FactEntry(
      "open_ports", taking: [FactParameter(name: "internet|HOST", content: .value(.component))],
      .set(.component),
      "the ports that are open from there: open_ports(internet) == {lb-1:80}",
      example: "run(add firewall).open_ports(internet)"
    ) { evaluator, arguments throws(FactProblem) in
      try evaluator.countExperiment(arguments.position)
      let name = arguments.component(0) ?? FaultTarget.internet
      let found = evaluator.simulation.openPorts(from: name == FaultTarget.internet ? .internet : .host(name))
      evaluator.add(found.evidence)
      return .components(found.open.map { "\($0.host):\($0.port)" })
    },
    FactEntry(
      "told", .set(.component), "the hosts and components about which alerts were sent; in a run, during it",
      example: "run(add monitor; break server-1; wait 1m).told"
    ) {
      evaluator, _ throws(FactProblem) in
      let alertedComponents = evaluator.view.alerts.map { $0.component }.unique
      evaluator.observe(
        alertedComponents.isEmpty
          ? "no alert was sent" : "alerts about \(Evidence.listed(alertedComponents))",
        after: "alerts")
      return .components(alertedComponents)
    },
    FactEntry(
      "alerts", .number, "the number of alerts; in a run, of those during it",
      example: "run(add monitor; break server-1; wait 1m).alerts"
    ) { evaluator, _ throws(FactProblem) in
      let count = evaluator.view.alerts.count
      evaluator.observe("\(count) \(count == 1 ? "alert" : "alerts")", after: "alerts 10000")
      return .number(Quantity(count))
    },
    FactEntry(
      "alerts_of", taking: [.component], .set(.text),
      "the reasons of the alerts about a host or component: \"silent\", \"refused\" or \"threshold\"",
      example: "run(add monitor; break server-1; wait 1m).alerts_of(server-1)"
    ) { evaluator, arguments throws(FactProblem) in
      let name = arguments.component(0) ?? ""
      let alerts = evaluator.view.alerts.filter {
        $0.component == name || $0.component.hasPrefix("\(name).")
      }
      evaluator.observe(
        alerts.isEmpty
          ? "no alert about \(name)" : "about \(name): \(FactSet(alerts.map { .text($0.kind) }).words)",
        after: "alerts 10000")
      return .set(FactSet(alerts.map { .text($0.kind) }))
    },
    FactEntry(
      "qps", taking: [.component], .rate, "the requests per second at a component during the last run",
      example: "run(send 300 static rate 100/s).qps(server-1.nginx)"
    ) {
      evaluator, arguments throws(FactProblem) in
      let name = evaluator.topology.canonical(arguments.component(0) ?? "")
      guard case .component(let address) = FaultTarget(named: name),
        let rate = evaluator.simulation.qps(of: address)
      else {
        throw FactProblem(
          "no requests were counted at \(name)", hint: "run(send 300 rate 100/s).qps(server-1.nginx)",
          at: arguments.position)
      }
      let quantity = Quantity(Double(rate) / 1_000)
      evaluator.observe("\(quantity.text) requests per second at \(name)", after: "stats")
      return .rate(quantity)
    },
    FactEntry("findings", .set(.text), "the ids of the rules that an audit finds broken") {
      evaluator, _ throws(FactProblem) in
      let found = evaluator.simulation.audit()
      let ids = FactSet(found.map { .text($0.id) })
      evaluator.observe(ids.elements.isEmpty ? "nothing found" : "found \(ids.words)", after: "audit")
      return .set(FactSet(found.map { .text($0.id) }))
    },
  ]
}

extension FactEvaluator {
  /// Returns the links on which requests of that kind, or of any kind, can be read.
  fileprivate mutating func readableLinks(_ kind: RequestKind?, at position: Range<Int>) throws(FactProblem)
    -> [String]
  {
    try countExperiment(position)
    var links: [String] = []
    for kind in kind.map({ [$0] }) ?? RequestKind.allCases {
      let found = simulation.readableLinks(for: kind)
      for link in found.links where !links.contains(link) { links.append(link) }
      if !found.links.isEmpty { add(found.evidence) }
    }
    if links.isEmpty {
      let passed = (kind.map { [$0] } ?? RequestKind.allCases).flatMap { kind in
        simulation.paths(of: kind, count: simulation.requestsForAllPaths).flatMap { $0.links }
      }
      let all = passed.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      add(Evidence(all.map { "attack sniff \($0)" }, observation: "nothing can be read on any link"))
    }
    return links
  }
}
