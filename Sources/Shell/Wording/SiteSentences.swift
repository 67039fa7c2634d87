import Blueprint
import Facts
import Simulator

/// Describes the site in sentences, for screen readers and for search.
extension Simulation {
  func sentences(lastRun: Traffic?) -> [String] {
    [entrance, checks] + servers + [database] + protections + troubles.map { $0 + "." }
      + (lastRun?.summary.map { [$0.capitalizedStart + "."] } ?? [])
  }

  private var protections: [String] {
    let (activeProtections, missingProtections) = (topology.activeProtections, topology.missingProtections)
    return (activeProtections.isEmpty ? [] : ["Protected: \(activeProtections.joined(separator: "; "))."])
      + (missingProtections.isEmpty ? [] : ["Missing: \(missingProtections.joined(separator: ", "))."])
  }

  /// How a failed server is detected.
  private var checks: String {
    guard let haproxy = topology.balancers.first.flatMap({ topology.hosts[$0].haproxy }) else { return "" }
    switch haproxy.check {
    case .off: return "There are no health checks."
    case .tcp:
      return "Health checks: every \(haproxy.inter.roundWords), haproxy opens a connection to each server."
    case .http:
      return
        "Health checks: every \(haproxy.inter.roundWords), haproxy asks each server, through to its \(haproxy.checkPath.rawValue)."
    }
  }

  /// The faults and their effects on servers and database nodes. If there are many faults, only the first are
  /// listed.
  var troubles: [String] {
    var words = faults.prefix(10).map { "\($0.sentence), since \($0.since.clock)" }
    if faults.count > 10 { words.append("\(faults.count - 10) more faults") }
    let down = serverReports.filter { $0.state == .down }.map { $0.name }
    if !down.isEmpty { words.append("\(Sentences.subject(down)) marked DOWN") }
    let nodes = databaseReports
    let primaries = nodes.filter { $0.role == .primary }.map { $0.name }
    if primaries.count > 1 { words.append("split brain: \(Sentences.listed(primaries)) both accept writes") }
    for node in nodes.filter({ $0.role == .diverged }).prefix(10) {
      words.append("\(node.name) has diverged and replicates from no node; to fix it: rebuild \(node.name)")
    }
    let disconnected = nodes.filter { $0.role == .replica && !$0.isConnected }.map { $0.name }
    if !disconnected.isEmpty {
      words.append(
        "\(Sentences.listed(disconnected)) \(disconnected.count == 1 ? "reaches" : "reach") no primary")
    }
    return words
  }

  private var entrance: String {
    let names = topology.balancers.map { topology.hosts[$0].name }
    let servers = topology.backends.map { topology.hosts[$0].name }
    let first = names.first ?? "no balancer"
    let sentence: String
    switch topology.sharing {
    case nil: sentence = "Users reach \(Topology.siteName) at \(first)"
    case .activePassive:
      sentence =
        "Users reach \(Topology.siteName) at an address that \(Sentences.listed(names)) share, one at a time"
    case .activeActive:
      sentence =
        "Users reach \(Topology.siteName) at \(Sentences.listed(names)), each with its own address"
    }
    guard !servers.isEmpty else { return "\(sentence), which has no server to send them to." }
    let backupServers = topology.backends.filter { topology.hosts[$0].serverSettings.isBackup }.map {
      topology.hosts[$0].name
    }
    let active = servers.filter { !backupServers.contains($0) }
    let choice =
      active.count == 1
      ? "sends them to \(active[0])"
      : "chooses among \(Sentences.listed(active)): \(topology.algorithm.summary)"
    let backup =
      backupServers.isEmpty
      ? "" : "; \(Sentences.listed(backupServers)) \(backupServers.count == 1 ? "is" : "are") on standby"
    return "\(sentence), whose haproxy \(choice)\(backup)."
  }

  private var servers: [String] {
    var reports: [String: ServerReport] = [:]
    for report in serverReports { reports[report.name] = report }
    let hosts = topology.hosts.filter { !$0.isBalancer }
    let serverDescriptions = hosts.prefix(50).map { host in
      let state = reports[host.name].map { $0.words } ?? ""
      return "\(host.name) has \(Sentences.listed(host.parts.map { $0.rawValue }))\(state)."
    }
    return serverDescriptions + (hosts.count > 50 ? ["There are \(hosts.count - 50) more hosts."] : [])
  }

  private var database: String {
    let nodes = topology.databaseNodes
    guard let primary = topology.primaries.first else {
      return nodes.isEmpty ? "There is no database." : "No database node accepts writes."
    }
    let following = databaseReports.filter { $0.role == .replica }.map { $0.name }
    let replicas = following.map { String($0.dropLast(".mysql".count)) }
    let name = topology.hosts[primary].name
    guard !replicas.isEmpty else {
      return nodes.count == 1
        ? "The only database node is on \(name)." : "Writes go to the primary on \(name)."
    }
    return
      "Writes go to the primary on \(name); \(Sentences.listed(replicas)) \(replicas.count == 1 ? "has a replica" : "have replicas"), with a lag of \(topology.database.lag.roundWords)."
  }
}

extension ServerReport {
  /// The server's weight and state, as words to follow its components.
  fileprivate var words: String {
    let weight = weight == 1 ? "" : ", with weight \(weight)"
    switch state {
    case .down: return "\(weight), and is DOWN: it gets no requests"
    case .drain: return "\(weight), and is in drain: it gets nothing new"
    case .maintenance: return "\(weight), and is in maint: it gets nothing"
    case .up, .unchecked: return weight
    }
  }
}

extension String {
  fileprivate var capitalizedStart: String { prefix(1).uppercased() + dropFirst() }
}

extension Simulation {
  /// A warning that the site was judged while it had faults; empty if it has none.
  var brokenLines: [Line] {
    guard !faults.isEmpty else { return [] }
    let broken = faults.map { "\($0.target.text) (\($0.fault.text))" }
    return [Line("  Judged with these faults: \(Sentences.listed(broken)).", .attention)]
  }
}
