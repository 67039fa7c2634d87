import Blueprint
import Inspector
import Simulator

extension FactEntry {
  /// Facts about the topology and the state of the site.
  static let site: [FactEntry] = [
    FactEntry("hosts", .set(.component), "all hosts") { evaluator, _ throws(FactProblem) in
      .components(evaluator.topology.hosts.map { $0.name })
    },
    FactEntry("balancers", .set(.component), "the hosts that carry a load balancer") {
      evaluator, _ throws(FactProblem) in
      .components(evaluator.topology.balancers.map { evaluator.topology.hosts[$0].name })
    },
    FactEntry(
      "servers", .set(.component), "the hosts that the balancers choose among", example: "servers.first"
    ) {
      evaluator, _ throws(FactProblem) in
      .components(evaluator.topology.backends.map { evaluator.topology.hosts[$0].name })
    },
    FactEntry(
      "parts", taking: [FactParameter(name: "PART", content: .value(.word(.part)), isOptional: true)],
      .set(.component),
      "all parts, or those of one sort: parts(app)", example: "parts(app)"
    ) { evaluator, arguments throws(FactProblem) in
      .components(evaluator.topology.components(of: arguments.value(0)?.text))
    },
    FactEntry("addresses", .set(.text), "what www.foobar.com resolves to") {
      evaluator, _ throws(FactProblem) in
      .set(FactSet(evaluator.topology.resolvedAddresses.map { .text($0.text) }))
    },
    FactEntry(
      "holder",
      taking: [
        FactParameter(
          name: "vip", content: .commands, isOptional: true,
          note: "the shared address, by any name: there is only one")
      ], .component,
      "the balancer that alone holds the shared address; nothing where none or two do",
      example: "run(add balancer lb-2; mode active-passive balancers).holder"
    ) { evaluator, _ throws(FactProblem) in
      let holders = evaluator.simulation.addressHolders
      return .component(orNothing: holders.count == 1 ? holders[0] : nil)
    },
    FactEntry(
      "holders", .set(.component), "the balancers that hold the shared address where users can hear it",
      example: "run(add balancer lb-2; mode active-passive balancers).holders"
    ) {
      evaluator, _ throws(FactProblem) in
      .components(evaluator.simulation.addressHolders)
    },
    FactEntry(
      "broken", .set(.component), "what is broken: hosts, parts and links",
      example: "run(break server-1.app).broken"
    ) {
      evaluator, _ throws(FactProblem) in
      .components(evaluator.simulation.faults.map { $0.target.text })
    },
    FactEntry(
      "hidden", .set(.component), "what the fog hides, or hid: all that was broken when it came up"
    ) { evaluator, _ throws(FactProblem) in
      .components(evaluator.context.hidden)
    },
    FactEntry(
      "state", taking: [.component], .word(.state),
      "a server as its balancer sees it; of another component, whether it works", example: "state(server-1)"
    ) { evaluator, arguments throws(FactProblem) in
      let name = arguments.component(0) ?? ""
      let state = evaluator.simulation.state(of: name)
      evaluator.observe(
        state == "works" ? "\(name) works" : "\(name) is \(state)",
        after: "show \(state == "works" || state == "broken" ? "topology" : "servers")"
      )
      return .word(state)
    },
    FactEntry("algorithm", .word(.algorithm), "how the balancers spread requests") {
      evaluator, _ throws(FactProblem) in
      .word(evaluator.topology.algorithm.rawValue)
    },
    FactEntry("now", .duration, "the virtual time") { evaluator, _ throws(FactProblem) in
      .span(evaluator.simulation.time)
    },
    FactEntry(
      "seen", taking: [FactParameter(name: "EVENT", content: .event)], .bool,
      "whether it has been seen so far: seen(request.failed)", example: "seen(request.failed)"
    ) { evaluator, arguments throws(FactProblem) in
      .bool(evaluator.context.seen.contains(arguments.event(0)))
    },
    FactEntry(
      "start", leadingTo: .site, "the site when the task began: start.primary", example: "start.primary"
    ) {
      evaluator, arguments throws(FactProblem) in
      guard let start = evaluator.context.start else {
        throw FactProblem("there is no start to compare with", at: arguments.position)
      }
      return FactSite(simulation: start, steps: ["reset"])
    },
  ]
}

extension Topology {
  /// Returns the names of all components, or of all components of one kind.
  func components(of kind: String?) -> [String] {
    hosts.flatMap { host in
      host.parts.filter { kind == nil || $0.rawValue == kind }.map { Address(host.name, $0).text }
    }
  }
}

extension Simulation {
  /// Returns HAProxy's word for the state of a server. For another component, returns `works` or `broken`.
  fileprivate func state(of name: String) -> String {
    if let server = serverReports.first(where: { $0.name == name }) {
      return server.state == .unchecked ? "no-check" : server.state.rawValue
    }
    let isBroken = faults.contains { fault in
      fault.target.text == name || name.hasPrefix("\(fault.target.text).")
    }
    return isBroken ? "broken" : "works"
  }
}
