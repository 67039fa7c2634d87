import Blueprint
import Simulator

/// The site in sentences, for ears and for search.
extension Simulation {
  var sentences: [String] {
    [entrance] + servers + [database] + troubles.map { $0 + "." }
  }

  /// What is wrong, and who knows it.
  var troubles: [String] {
    var words = faults.map { "\($0.target.text) \($0.fault.sentence), since \($0.since.clock)" }
    for server in serverReports where server.state == "DOWN" {
      words.append("\(server.name) is DOWN for the balancer")
    }
    let nodes = databaseReports
    let primaries = nodes.filter { $0.role == "primary" }.map { $0.name }
    if primaries.count > 1 { words.append("split brain: \(Sentences.listed(primaries)) both take writes") }
    for node in nodes where node.role == "diverged" {
      words.append("\(node.name) has diverged and follows nobody: rebuild \(node.name)")
    }
    for node in nodes where node.role == "replica" && !node.isConnected {
      words.append("\(node.name) hears no primary")
    }
    return words
  }

  private var entrance: String {
    let names = topology.balancers.map { topology.hosts[$0].name }
    let servers = topology.backends.map { topology.hosts[$0].name }
    let first = names.first ?? "nobody"
    let way: String
    switch topology.sharing {
    case nil: way = "Users reach \(Topology.siteName) at \(first)"
    case .activePassive:
      way =
        "Users reach \(Topology.siteName) at an address that \(Sentences.listed(names)) share, one at a time"
    case .activeActive:
      way = "Users reach \(Topology.siteName) at \(Sentences.listed(names)), each with an address of its own"
    }
    guard !servers.isEmpty else { return "\(way), which has no server to send them to." }
    let standing = topology.backends.filter { topology.hosts[$0].serving.isBackup }.map {
      topology.hosts[$0].name
    }
    let active = servers.filter { !standing.contains($0) }
    let choice =
      active.count == 1
      ? "sends them to \(active[0])"
      : "chooses among \(Sentences.listed(active)): \(topology.algorithm.summary)"
    let backup =
      standing.isEmpty ? "" : "; \(Sentences.listed(standing)) \(standing.count == 1 ? "stands" : "stand") by"
    return "\(way), whose haproxy \(choice)\(backup)."
  }

  private var servers: [String] {
    topology.hosts.filter { !$0.isBalancer }.prefix(50).map { host in
      "\(host.name) carries \(Sentences.listed(host.parts.map { $0.rawValue }))"
        + (host.serving.state == .ready ? "." : " and is in \(host.serving.state.rawValue).")
    }
  }

  private var database: String {
    let nodes = topology.databaseNodes
    guard let primary = topology.primaries.first else {
      return nodes.isEmpty ? "There is no database." : "No database node takes writes."
    }
    let following = databaseReports.filter { $0.role == "replica" }.map { $0.name }
    let replicas = nodes.map { topology.hosts[$0].name }.filter { following.contains("\($0).mysql") }
    let name = topology.hosts[primary].name
    guard !replicas.isEmpty else {
      return nodes.count == 1
        ? "The only database node is on \(name)." : "Writes go to the primary on \(name)."
    }
    return
      "Writes go to the primary on \(name); \(Sentences.listed(replicas)) \(replicas.count == 1 ? "carries a replica" : "carry replicas"), \(topology.database.lag.words) behind."
  }
}
