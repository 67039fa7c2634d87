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
      "parts", asks: [FactParameter(name: "PART", content: .value(.word(.part)), isOptional: true)],
      .set(.component),
      "all parts, or those of one sort: parts(app)", example: "parts(app)"
    ) { evaluator, asked throws(FactProblem) in
      .components(evaluator.topology.parts(of: asked.value(0)?.text))
    },
    FactEntry("addresses", .set(.text), "what www.foobar.com resolves to") {
      evaluator, _ throws(FactProblem) in
      .set(FactSet(evaluator.topology.nameAddresses.map { .text($0.text) }))
    },
    FactEntry(
      "holder",
      asks: [
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
      .components(evaluator.world.hidden)
    },
    FactEntry(
      "state", asks: [.component], .word(.state),
      "a server as its balancer sees it; of another component, whether it works", example: "state(server-1)"
    ) { evaluator, asked throws(FactProblem) in
      let name = asked.component(0) ?? ""
      let state = evaluator.simulation.state(of: name)
      evaluator.saw(
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
      "seen", asks: [FactParameter(name: "EVENT", content: .event)], .bool,
      "whether it has been seen so far: seen(request.failed)", example: "seen(request.failed)"
    ) { evaluator, asked throws(FactProblem) in
      .bool(evaluator.world.seen.contains(asked.event(0)))
    },
    FactEntry(
      "start", entering: .world, "the site when the task began: start.primary", example: "start.primary"
    ) {
      evaluator, asked throws(FactProblem) in
      guard let start = evaluator.world.start else {
        throw FactProblem("there is no start to compare with", at: asked.place)
      }
      return FactSite(simulation: start, steps: ["reset"])
    },
  ]
}

extension Topology {
  /// Returns the names of all components, or of all components of one kind.
  func parts(of sort: String?) -> [String] {
    hosts.flatMap { host in
      host.parts.filter { sort == nil || $0.rawValue == sort }.map { Address(host.name, $0).text }
    }
  }
}

extension Simulation {
  /// Returns HAProxy's word for the state of a server or, for another component, whether it has failed.
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
