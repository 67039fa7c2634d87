import Blueprint
import Simulator

extension AuditRule {
  /// What can be lost, and what is not one truth any more.
  static let storing: [AuditRule] = [
    AuditRule("two-primaries", .high, "two nodes take writes, each its own") { site in
      let primaries = site.databaseReports.filter { $0.role == "primary" }
      guard primaries.count > 1, let newest = site.newestPrimary else { return [] }
      return primaries.filter { $0.name != newest }.map { node in
        Flaw(
          node.name, Evidence(["show database"], saw: "\(node.name) and \(newest) are both primary"),
          fixes: site.mending(node.name, newest) + ["rebuild \(node.name)"])
      }
    },
    AuditRule("diverged", .high, "a node has writes of its own and follows nobody") { site in
      site.databaseReports.filter { $0.role == "diverged" }.map { node in
        let others = site.databaseReports.filter { $0.role == "primary" }.map { $0.name }
        return Flaw(
          node.name, Evidence(["show database"], saw: "\(node.name) has diverged"),
          fixes: site.mending([node.name] + others) + ["rebuild \(node.name)"])
      }
    },
    AuditRule("deaf-replica", .medium, "a replica hears no primary and grows old") { site in
      site.databaseReports.filter { $0.role == "replica" && !$0.isConnected && $0.source != nil }.map {
        node in
        let source = node.source ?? ""
        return Flaw(
          node.name, Evidence(["show database"], saw: "\(node.name) does not hear \(source)"),
          fixes: site.reconnecting(node.name, source))
      }
    },
    AuditRule("no-replica", .medium, "one disk holds all the data") { site in
      guard site.topology.databaseNodes.count == 1 else { return [] }
      return site.databaseReports.map { node in
        Flaw(node.name, Evidence(["show database"], saw: "it is the only node"), fix: "add replica")
      }
    },
    AuditRule("writes-refused", .high, "writes go to a replica, which refuses them") { site in
      guard site.topology.database.writes == .local else { return [] }
      return site.hosts { $0.app != nil && $0.mysql?.role == .replica }.prefix(1).map { host in
        Flaw(
          host.name, site.refusal(by: host),
          fix: "set database writes primary")
      }
    },
    AuditRule("failover-without-fencing", .medium, "a cut wire alone makes a second primary") { site in
      let database = site.topology.database
      guard database.failover == .auto, !database.fencing, site.topology.databaseNodes.count > 1 else {
        return []
      }
      return [
        Flaw("database", site.splitBrain, fix: "set database fencing on")
      ]
    },
  ]
}

extension Host {
  fileprivate var mysqlName: String { Address(name, .mysql).text }
}

extension Simulation {
  /// What comes of writes that an application gives to a replica.
  fileprivate func refusal(by host: Host) -> Evidence {
    var copy = self
    let count = min(Simulation.mostTraced, max(4, 2 * topology.backends.count))
    let traffic = try? copy.perform(.send(Sending(count: count, mix: .only(.write)))).traffic
    return Evidence(
      ["whatif send \(count) write"],
      saw: "\(traffic?.failed ?? 0) of \(count) failed: \(host.mysqlName) answers 1290, it is read only")
  }

  /// The wire between the primary and a replica is cut on a copy.
  fileprivate var splitBrain: Evidence {
    let plain = Evidence(["show database"], saw: "failover is automatic, and nothing stops the old primary")
    guard let primary = topology.primaries.first,
      let replica = topology.databaseNodes.first(where: { $0 != primary }),
      let (site, steps) = after(
        [Breakage.Plan(.link(topology.hosts[primary].name, topology.hosts[replica].name))],
        wait: .seconds(60))
    else { return plain }
    let primaries = site.databaseReports.filter { $0.role == "primary" }.map { $0.name }
    guard primaries.count > 1 else { return plain }
    return Evidence(
      steps, then: ["show database"], saw: "\(primaries.joined(separator: " and ")) are both primary then")
  }

  /// The node that the site takes for its primary.
  fileprivate var newestPrimary: String? {
    topology.primaries.first.map { topology.hosts[$0].mysqlName }
  }

  /// Repairs of what is broken at the nodes or between them.
  fileprivate func mending(_ nodes: String...) -> [String] { mending(nodes) }

  fileprivate func mending(_ nodes: [String]) -> [String] {
    let names = nodes.compactMap { $0.split(separator: ".").first.map(String.init) }
    let broken = faults.filter { fault in names.contains { fault.target.concerns(host: $0) } }
    return broken.reduce(into: []) { lines, fault in
      let line = "repair \(fault.target.text)"
      if !lines.contains(line) { lines.append(line) }
    }
  }

  /// Repairs, and a rule where the source's firewall does not let the replica in.
  fileprivate func reconnecting(_ replica: String, _ source: String) -> [String] {
    let names = [replica, source].compactMap { $0.split(separator: ".").first.map(String.init) }
    guard names.count == 2 else { return [] }
    let isKeptOut = !firewall(of: names[1], letsIn: .host(names[0]), at: .mysql)
    return mending(replica, source) + (isKeptOut ? ["add firewall \(names[1])"] : [])
  }
}
