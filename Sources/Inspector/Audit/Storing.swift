import Blueprint
import Simulator

extension AuditRule {
  /// What can be lost, and what is not one truth any more.
  static let storing: [AuditRule] = [
    AuditRule("two-primaries", .high, sees: .asItStands, "two nodes take writes, each its own") { site in
      let primaries = site.databaseReports.filter { $0.role == .primary }
      guard primaries.count > 1, let newest = site.newestPrimary else { return [] }
      return primaries.filter { $0.name != newest }.map { node in
        Flaw(
          node.name, Evidence(["show database"], saw: "\(node.name) and \(newest) are both primary"),
          fixes: site.mending(node.name, newest) + [.rebuild(node.name)])
      }
    },
    AuditRule("diverged", .high, sees: .asItStands, "a node has writes of its own and follows nobody") {
      site in
      let reports = site.databaseReports
      let others = reports.filter { $0.role == .primary }.map { $0.name }
      return reports.filter { $0.role == .diverged }.map { node in
        Flaw(
          node.name, Evidence(["show database"], saw: "\(node.name) has diverged"),
          fixes: site.mending([node.name] + others) + [.rebuild(node.name)])
      }
    },
    AuditRule("deaf-replica", .medium, sees: .asItStands, "a replica hears no primary and grows old") {
      site in
      site.databaseReports.filter { $0.role == .replica && !$0.isConnected && $0.source != nil }.map {
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
        // Else the replica is one node more whose silence stops those reads that it gets.
        let isAsked = [.any, .replica].contains(site.topology.database.reads)
        return Flaw(
          node.name, Evidence(["show database"], saw: "it is the only node"),
          fixes: [.addReplica] + (isAsked ? [.setDatabase("reads", .word("primary"))] : []))
      }
    },
    AuditRule("writes-refused", .high, "writes go to a replica, which refuses them") { site in
      guard site.topology.database.writes == .local else { return [] }
      return site.hosts { $0.app != nil && $0.mysql?.role == .replica }.prefix(1).map { host in
        let fix = Remedy.setDatabase("writes", .word("primary"))
        return Flaw(host.name, site.refusal(by: host, curedBy: fix), fix: fix)
      }
    },
    AuditRule("failover-without-fencing", .medium, "a cut wire alone makes a second primary") { site in
      let database = site.topology.database
      guard database.failover == .auto, !database.fencing, site.topology.databaseNodes.count > 1 else {
        return []
      }
      return [Flaw("database", site.splitBrain(curedBy: site.fencing), fixes: site.fencing)]
    },
  ]
}

extension Host {
  fileprivate var mysqlName: String { Address(name, .mysql).text }
}

extension Simulation {
  /// What comes of writes that an application gives to a replica.
  fileprivate func refusal(by host: Host, curedBy fix: Remedy) -> Evidence {
    let count = min(Simulation.mostTraced, max(4, 2 * topology.backends.count))
    let look = Proof.sending(count, .write) {
      "\($0) of \(count) failed: \(host.mysqlName) answers 1290, it is read only"
    }
    return Proof().evidence(on: self, curedBy: [fix], look)
      ?? Evidence(["show database"], saw: "writes are local, and \(host.mysqlName) is read only")
  }

  /// A node that is fenced off leaves its application without one beside it, and the wire to the others is cut: then the
  /// check has to go as deep as to the database, so that nobody is sent there.
  fileprivate var fencing: [Remedy] {
    let plain = [Remedy.setDatabase("fencing", .flag(true))]
    let deep = plain + balancerHosts.map { .set($0.name, "check-path", .word("database")) }
    let felt = Set(stoppedByCuts)
    guard let fenced = after(plain), !felt.isSuperset(of: fenced.stoppedByCuts), let checked = after(deep),
      felt.isSuperset(of: checked.stoppedByCuts)
    else { return plain }
    return deep
  }

  /// Which requests stop when a wire between the primary and another node is cut, with the node.
  private var stoppedByCuts: [String] {
    let names = topology.databaseNodes.map { topology.hosts[$0].name }
    guard let primary = topology.primaries.first.map({ topology.hosts[$0].name }) else { return [] }
    return names.filter { $0 != primary }.flatMap { name -> [String] in
      guard let trial = try? Trial(breaking: [Breakage.Plan(.link(primary, name))], on: self) else {
        return []
      }
      return RequestKind.allCases.filter { kind in
        (try? trial.ask(kind, stopsAtFailure: true)).map { $0.failed > 0 } ?? true
      }.map { "\(name) \($0.rawValue)" }
    }
  }

  /// The wire between the primary and a replica is cut on a copy.
  fileprivate func splitBrain(curedBy fix: [Remedy]) -> Evidence {
    let names = topology.databaseNodes.map { topology.hosts[$0].name }
    let primary = topology.primaries.first.map { topology.hosts[$0].name }
    for replica in names where replica != primary {
      let cut = primary.map { [Breakage.Plan(.link($0, replica))] } ?? []
      let proof = Proof(failures: cut, wait: .seconds(60)).evidence(on: self, curedBy: fix) { site in
        let primaries = site.databaseReports.filter { $0.role == .primary }.map { $0.name }
        guard primaries.count > 1 else { return nil }
        return ("show database", "\(primaries.joined(separator: " and ")) are both primary then")
      }
      if let proof { return proof }
    }
    return Evidence(["show database"], saw: "failover is automatic, and nothing stops the old primary")
  }

  /// The node that the site takes for its primary.
  fileprivate var newestPrimary: String? {
    topology.primaries.first.map { topology.hosts[$0].mysqlName }
  }

  /// Repairs of what is broken at the nodes or between them.
  fileprivate func mending(_ nodes: String...) -> [Remedy] { mending(nodes) }

  fileprivate func mending(_ nodes: [String]) -> [Remedy] {
    let names = nodes.compactMap { $0.split(separator: ".").first.map(String.init) }
    return faults(concerning: names).map { Remedy.repair($0.target) }.unique
  }

  /// Repairs, and a rule where the source's firewall does not let the replica in.
  fileprivate func reconnecting(_ replica: String, _ source: String) -> [Remedy] {
    let names = [replica, source].compactMap { $0.split(separator: ".").first.map(String.init) }
    guard names.count == 2 else { return [] }
    let isKeptOut = !firewall(of: names[1], letsIn: .host(names[0]), at: .mysql)
    return mending(replica, source) + (isKeptOut ? [.addFirewall(names[1])] : [])
  }
}
