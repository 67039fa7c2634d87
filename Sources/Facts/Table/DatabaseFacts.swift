import Blueprint
import Inspector
import Simulator

extension FactEntry {
  /// Facts about the database nodes and their replication.
  static let databaseNodes: [FactEntry] = [
    FactEntry("databases", .set(.component), "the database nodes") { evaluator, _ throws(FactProblem) in
      .components(evaluator.simulation.databaseReports.map { $0.name })
    },
    FactEntry("primary", .component, "the primary; nothing if there is none or more than one") {
      evaluator, _ throws(FactProblem) in
      let primaries = evaluator.nodes(.primary)
      return .component(orNothing: primaries.count == 1 ? primaries[0] : nil)
    },
    FactEntry("primaries", .set(.component), "the database nodes that accept writes") {
      evaluator, _ throws(FactProblem) in
      .components(evaluator.nodes(.primary))
    },
    FactEntry("replicas", .set(.component), "the database nodes that are replicas") {
      evaluator, _ throws(FactProblem) in
      .components(evaluator.nodes(.replica))
    },
    FactEntry(
      "diverged", .set(.component), "old primaries with writes that the new one lacks; they must be rebuilt",
      example:
        "run(set database lag 2s; send 4 write; break server-1; promote server-2; repair server-1).diverged"
    ) {
      evaluator, _ throws(FactProblem) in
      .components(evaluator.nodes(.diverged))
    },
    FactEntry(
      "role", taking: [.component], .word(.role), "the role of a database node: primary, replica or diverged",
      example: "role(server-2.mysql)"
    ) { evaluator, arguments throws(FactProblem) in
      let node = try evaluator.node(arguments)
      return .word(node.role.rawValue)
    },
    FactEntry("replicating", .bool, "whether every replica is connected to a primary") {
      evaluator, _ throws(FactProblem) in
      let replicas = evaluator.simulation.databaseReports.filter { $0.role == .replica }
      let deaf = replicas.filter { !$0.isConnected }.map { $0.name }
      evaluator.observe(
        deaf.isEmpty
          ? "\(replicas.count) \(replicas.count == 1 ? "replica is" : "replicas are") connected"
          : "not connected to a primary: \(deaf.joined(separator: ", "))",
        after: "show database")
      return .bool(deaf.isEmpty)
    },
    FactEntry(
      "replicates", taking: [.component, .component], .bool,
      "whether the second node replicates from the first",
      example: "replicates(server-1.mysql, server-2.mysql)"
    ) { evaluator, arguments throws(FactProblem) in
      let source = try evaluator.node(arguments)
      let replica = try evaluator.node(arguments, 1)
      evaluator.observe(
        "\(replica.name) replicates from \(replica.source ?? "no node")", after: "show database")
      return .bool(replica.source == source.name && replica.isConnected)
    },
  ]
}

extension FactEvaluator {
  fileprivate mutating func nodes(_ role: DatabaseRole) -> [String] {
    let reports = simulation.databaseReports
    let words = reports.map { "\($0.name) is \($0.role.rawValue)" }
    observe(words.isEmpty ? "there is no database" : Evidence.listed(words), after: "show database")
    return reports.filter { $0.role == role }.map { $0.name }
  }

  /// Returns the database node that the argument at this index names, or the node on the host that it names.
  fileprivate mutating func node(_ arguments: FactArguments, _ index: Int = 0) throws(FactProblem)
    -> DatabaseReport
  {
    let name = arguments.component(index) ?? ""
    let reports = simulation.databaseReports
    guard let report = reports.first(where: { $0.name == name || $0.name == "\(name).mysql" }) else {
      throw FactProblem(
        "\(name) is not a database node", hint: reports.prefix(4).map { $0.name }.joined(separator: ", "),
        at: arguments.position)
    }
    observe("\(report.name) is \(report.role.rawValue)", after: "show database")
    return report
  }
}
