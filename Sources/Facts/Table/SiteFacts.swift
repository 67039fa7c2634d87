import Blueprint
import Inspector
import Simulator

extension FactEntry {
  /// Facts about the topology and the state of the site.
  static let site: [FactEntry] = [
    FactEntry("hosts", .set(.component), "all hosts") { evaluator, _ throws(FactProblem) in
      .components(evaluator.topology.hosts.map { $0.name })
    },
    FactEntry("balancers", .set(.component), "the hosts with a load balancer") {
      evaluator, _ throws(FactProblem) in
      .components(evaluator.topology.balancers.map { evaluator.topology.hosts[$0].name })
    },
    FactEntry(
      "servers", .set(.component), "the hosts to which the balancers send requests", example: "servers.first"
    ) {
      evaluator, _ throws(FactProblem) in
      .components(evaluator.topology.backends.map { evaluator.topology.hosts[$0].name })
    },
    FactEntry(
      "parts", taking: [FactParameter(name: "PART", content: .value(.word(.part)), isOptional: true)],
      .set(.component),
      "all components, or those of one kind: parts(app)", example: "parts(app)"
    ) { evaluator, arguments throws(FactProblem) in
      .components(evaluator.topology.components(of: arguments.value(0)?.text))
    },
    FactEntry("addresses", .set(.text), "the addresses of www.foobar.com") {
      evaluator, _ throws(FactProblem) in
      .set(FactSet(evaluator.topology.resolvedAddresses.map { .text($0.text) }))
    },
    FactEntry(
      "holder",
      taking: [
        FactParameter(
          name: "vip", content: .commands, isOptional: true,
          note: "any name for the shared address: there is only one")
      ], .component,
      "the balancer with the shared address; nothing if none or two have it",
      example: "run(add balancer lb-2; mode active-passive balancers).holder"
    ) { evaluator, _ throws(FactProblem) in
      let holders = evaluator.simulation.addressHolders
      return .component(orNothing: holders.count == 1 ? holders[0] : nil)
    },
    FactEntry(
      "holders", .set(.component), "the balancers with the shared address that users can reach",
      example: "run(add balancer lb-2; mode active-passive balancers).holders"
    ) {
      evaluator, _ throws(FactProblem) in
      .components(evaluator.simulation.addressHolders)
    },
    FactEntry(
      "broken", .set(.component), "the hosts, components and links with a fault",
      example: "run(break server-1.app).broken"
    ) {
      evaluator, _ throws(FactProblem) in
      .components(evaluator.simulation.faults.map { $0.target.text })
    },
    FactEntry(
      "hidden", .set(.component), "the targets whose faults the fog hides, or hid"
    ) { evaluator, _ throws(FactProblem) in
      .components(evaluator.context.hidden)
    },
    FactEntry(
      "state", taking: [.component], .word(.state),
      "the state of a server at its balancer; for other targets, works or broken", example: "state(server-1)"
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
      "whether the event has happened so far: seen(request.failed)", example: "seen(request.failed)"
    ) { evaluator, arguments throws(FactProblem) in
      .bool(evaluator.context.seen.contains(arguments.event(0)))
    },
    FactEntry(
      "start", leadingTo: .site, "the site when the task began: start.primary", example: "start.primary"
    ) {
      evaluator, arguments throws(FactProblem) in
      guard let start = evaluator.context.start else {
        throw FactProblem("no task has begun, so there is no start", at: arguments.position)
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
