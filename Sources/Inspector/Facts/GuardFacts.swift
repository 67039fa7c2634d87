import Blueprint
import Simulator

extension FactEntry {
  /// What can be read, what is open, who is told.
  static let guarding: [FactEntry] = [
    FactEntry(
      "readable_links", asks: [.optionalKind], .set(.component),
      "the links on which an eavesdropper reads what users send or get"
    ) { judging, asked throws(FactProblem) in
      .components(try judging.readableLinks(asked.kind(0), at: asked.place))
    },
    FactEntry("readable", asks: [.component], .bool, "whether an eavesdropper reads what passes that link") {
      judging, asked throws(FactProblem) in
      let name = asked.component(0) ?? ""
      guard let (a, b) = Breakable.ends(of: name) else {
        throw FactProblem("\(name) is no link", hint: "internet--lb-1", at: asked.place)
      }
      let links = try judging.readableLinks(nil, at: asked.place)
      return .bool(links.contains("\(a)--\(b)") || links.contains("\(b)--\(a)"))
    },
    FactEntry(
      "open_ports", asks: [FactParameter(name: "internet|HOST", kind: .value(.component))], .set(.component),
      "the doors that are open to somebody there: open_ports(internet) == {lb-1:80}"
    ) { judging, asked throws(FactProblem) in
      try judging.countExperiment(asked.place)
      let name = asked.component(0) ?? Breakable.internet
      let found = judging.simulation.openPorts(from: name == Breakable.internet ? .internet : .host(name))
      judging.add(found.evidence)
      return .components(found.open.map { "\($0.host):\($0.port)" })
    },
    FactEntry("told", .set(.component), "what the operators have been told of") {
      judging, _ throws(FactProblem) in
      let told = judging.simulation.told
      judging.saw(
        told.isEmpty ? "nobody was told anything" : "told of \(told.prefix(6).joined(separator: ", "))",
        after: "alerts")
      return .components(told)
    },
    FactEntry("alerts", .number, "how many alerts there have been") { judging, _ throws(FactProblem) in
      let count = judging.simulation.alerts.count
      judging.saw("\(count) alerts", after: "alerts")
      return .number(Quantity(count))
    },
    FactEntry(
      "alerts_of", asks: [.component], .set(.text),
      "of what sort the alerts about a host or part were: \"silent\", \"refused\" or \"threshold\""
    ) { judging, asked throws(FactProblem) in
      let name = asked.component(0) ?? ""
      let alerts = judging.simulation.alerts.filter {
        $0.component == name || $0.component.hasPrefix("\(name).")
      }
      judging.saw(
        alerts.isEmpty ? "no alert about \(name)" : "about \(name): \(alerts[0].kind)", after: "alerts")
      return .set(FactSet(alerts.map { .text($0.kind) }))
    },
    FactEntry("qps", asks: [.component], .rate, "requests a second at a part during the last run") {
      judging, asked throws(FactProblem) in
      let name = judging.topology.canonical(asked.component(0) ?? "")
      guard case .part(let address) = Breakable(named: name), let rate = judging.simulation.qps(of: address)
      else {
        throw FactProblem(
          "nothing was counted at \(name)", hint: "run(send 300 rate 100/s).qps(server-1.nginx)",
          at: asked.place)
      }
      let quantity = Quantity(Double(rate) / 1_000)
      judging.saw("\(quantity.text) requests a second at \(name)", after: "stats")
      return .rate(quantity)
    },
    FactEntry("findings", .set(.text), "what an audit finds, by the names of its rules") {
      judging, _ throws(FactProblem) in
      let found = judging.simulation.audit()
      judging.saw("\(found.count) findings", after: "audit")
      return .set(FactSet(found.map { .text($0.id) }))
    },
  ]
}

extension FactJudging {
  /// Of that kind of request, or of all.
  fileprivate mutating func readableLinks(_ kind: RequestKind?, at place: Range<Int>) throws(FactProblem)
    -> [String]
  {
    try countExperiment(place)
    var links: [String] = []
    for kind in kind.map({ [$0] }) ?? RequestKind.allCases {
      let found = simulation.readableLinks(for: kind)
      for link in found.links where !links.contains(link) { links.append(link) }
      if !found.links.isEmpty { add(found.evidence) }
    }
    if links.isEmpty { saw("nothing can be read on the way", after: "attack sniff") }
    return links
  }
}
