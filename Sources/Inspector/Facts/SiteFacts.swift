import Blueprint
import Simulator

extension FactEntry {
  /// What is built, and how it is.
  static let site: [FactEntry] = [
    FactEntry("hosts", .set(.component), "all hosts") { judging, _ throws(FactProblem) in
      .components(judging.topology.hosts.map { $0.name })
    },
    FactEntry("balancers", .set(.component), "the hosts that carry a load balancer") {
      judging, _ throws(FactProblem) in
      .components(judging.topology.balancers.map { judging.topology.hosts[$0].name })
    },
    FactEntry(
      "servers", .set(.component), "the hosts that the balancers choose among", example: "servers.first"
    ) {
      judging, _ throws(FactProblem) in
      .components(judging.topology.backends.map { judging.topology.hosts[$0].name })
    },
    FactEntry(
      "parts", asks: [FactParameter(name: "PART", kind: .value(.word(.part)), isOptional: true)],
      .set(.component),
      "all parts, or those of one sort: parts(app)", example: "parts(app)"
    ) { judging, asked throws(FactProblem) in
      .components(judging.topology.parts(of: asked.value(0)?.text))
    },
    FactEntry("addresses", .set(.text), "what www.foobar.com resolves to") { judging, _ throws(FactProblem) in
      .set(FactSet(judging.topology.nameAddresses.map { .text($0.text) }))
    },
    FactEntry(
      "holder",
      asks: [
        FactParameter(
          name: "vip", kind: .commands, isOptional: true,
          note: "the shared address, by any name: there is only one")
      ], .component,
      "the balancer that alone holds the shared address; nothing where none or two do",
      example: "run(add balancer lb-2; mode active-passive balancers).holder"
    ) { judging, _ throws(FactProblem) in
      let holders = judging.simulation.addressHolders
      return .component(orNothing: holders.count == 1 ? holders[0] : nil)
    },
    FactEntry(
      "holders", .set(.component), "the balancers that hold the shared address where users can hear it",
      example: "run(add balancer lb-2; mode active-passive balancers).holders"
    ) {
      judging, _ throws(FactProblem) in
      .components(judging.simulation.addressHolders)
    },
    FactEntry(
      "broken", .set(.component), "what is broken: hosts, parts and links",
      example: "run(break server-1.app).broken"
    ) {
      judging, _ throws(FactProblem) in
      .components(judging.simulation.faults.map { $0.target.text })
    },
    FactEntry(
      "hidden", .set(.component), "what the fog hides, or hid: all that was broken when it came up"
    ) { judging, _ throws(FactProblem) in
      .components(judging.world.hidden)
    },
    FactEntry(
      "state", asks: [.component], .word(.state),
      "a server as its balancer sees it; of another component, whether it works", example: "state(server-1)"
    ) { judging, asked throws(FactProblem) in
      let name = asked.component(0) ?? ""
      let state = judging.state(of: name)
      judging.saw(
        state == "works" ? "\(name) works" : "\(name) is \(state)",
        after: "show \(state == "works" || state == "broken" ? "topology" : "servers")"
      )
      return .word(state)
    },
    FactEntry("algorithm", .word(.algorithm), "how the balancers spread requests") {
      judging, _ throws(FactProblem) in
      .word(judging.topology.algorithm.rawValue)
    },
    FactEntry("now", .duration, "the virtual time") { judging, _ throws(FactProblem) in
      .span(judging.simulation.time)
    },
    FactEntry(
      "seen", asks: [FactParameter(name: "EVENT", kind: .event)], .bool,
      "whether it has been seen so far: seen(request.failed)", example: "seen(request.failed)"
    ) { judging, asked throws(FactProblem) in
      .bool(judging.world.seen.contains(asked.event(0)))
    },
    FactEntry(
      "start", entering: .world, "the site when the task began: start.primary", example: "start.primary"
    ) {
      judging, asked throws(FactProblem) in
      guard let start = judging.world.start else {
        throw FactProblem("there is no start to compare with", at: asked.place)
      }
      return FactView(simulation: start, steps: ["reset"])
    },
  ]
}

extension Topology {
  /// The names of all parts, or of those of one sort.
  func parts(of sort: String?) -> [String] {
    hosts.flatMap { host in
      host.parts.filter { sort == nil || $0.rawValue == sort }.map { Address(host.name, $0).text }
    }
  }
}

extension FactJudging {
  /// HAProxy's word for a server; otherwise whether something is broken there.
  fileprivate func state(of name: String) -> String {
    if let server = simulation.serverReports.first(where: { $0.name == name }) {
      return server.state == .unchecked ? "no-check" : server.state.rawValue
    }
    let isBroken = simulation.faults.contains { fault in
      fault.target.text == name || name.hasPrefix("\(fault.target.text).")
    }
    return isBroken ? "broken" : "works"
  }
}
