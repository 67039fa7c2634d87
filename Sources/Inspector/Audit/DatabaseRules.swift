import Blueprint
import Simulator

extension AuditRule {
  /// Rules about data that can be lost, and about database nodes whose data differs.
  static let database: [AuditRule] = [
    AuditRule(
      "two-primaries", .high, on: .presentSite,
      "two database nodes accept writes, and neither gets the other's"
    ) { site in
      let primaries = site.primaryNames
      guard primaries.count > 1, let newest = site.newestPrimary else { return [] }
      return primaries.filter { $0 != newest }.map { node in
        Flaw(
          node,
          Evidence(
            ["show database"],
            observation:
              "\(node) and \(newest) are both primary; a rebuild discards the writes that only \(node) has"),
          fixes: site.repairs(concerning: [node, newest]) + [.rebuild(node)])
      }
    },
    AuditRule(
      "diverged", .high, on: .presentSite,
      "a database node has writes that the primary lacks, and replicates from no node"
    ) {
      site in
      let primaries = site.primaryNames
      return site.databaseReports.filter { $0.role == .diverged }.map { node in
        Flaw(
          node.name,
          Evidence(
            ["show database"],
            observation: "\(node.name) has diverged; a rebuild discards the writes that only it has"),
          fixes: site.repairs(concerning: [node.name] + primaries) + [.rebuild(node.name)])
      }
    },
    AuditRule(
      "deaf-replica", .medium, on: .presentSite,
      "a replica has no connection to a primary, so its data is stale"
    ) { site in
      site.databaseReports.compactMap { node in
        guard node.role == .replica, !node.isConnected, let source = node.source else { return nil }
        return Flaw(
          node.name, Evidence(["show database"], observation: "\(node.name) has no connection to \(source)"),
          fixes: site.reconnection(of: node.name, to: source))
      }
    },
    AuditRule("no-replica", .medium, "all data is on one disk") { site in
      guard site.topology.databaseNodes.count == 1 else { return [] }
      return site.databaseReports.map { node in
        // If reads go to replicas, the new replica would be another node whose failure makes reads fail.
        let readsReplicas = [.any, .replica].contains(site.topology.database.reads)
        return Flaw(
          node.name, Evidence(["show database"], observation: "it is the only database node"),
          fixes: [.addReplica] + (readsReplicas ? [.setDatabase("reads", .word("primary"))] : []))
      }
    },
    AuditRule("writes-refused", .high, "writes go to a replica, which refuses them") { site in
      guard site.topology.database.writes == .local else { return [] }
      return site.hosts { $0.app != nil && $0.mysql?.role == .replica }.prefix(1).map { host in
        let fix = FixStep.setDatabase("writes", .word("primary"))
        return Flaw(host.name, site.evidenceOfRefusedWrites(by: host, fixedBy: fix), fix: fix)
      }
    },
    AuditRule("failover-without-fencing", .medium, "a cut link alone makes a second primary") { site in
      let database = site.topology.database
      guard database.failover == .auto, !database.fencing, site.topology.databaseNodes.count > 1 else {
        return []
      }
      return [Flaw("database", site.evidenceOfTwoPrimaries(fixedBy: site.fencing), fixes: site.fencing)]
    },
  ]
}

extension Host {
  fileprivate var mysqlName: String { Address(name, .mysql).text }
}

extension Simulation {
  // MARK: Evidence

  /// Returns evidence from a run in which an application sends writes to a replica.
  fileprivate func evidenceOfRefusedWrites(by host: Host, fixedBy fix: FixStep) -> Evidence {
    let count = min(Simulation.traceLimit, max(4, 2 * topology.backends.count))
    let observation = FlawEvidence.failureObservation(count, .write) {
      "\($0) of \(count) failed: \(host.mysqlName) is read only (error 1290)"
    }
    return FlawEvidence().evidence(on: self, fixedBy: [fix], observation)
      ?? Evidence(["show database"], observation: "writes are local, and \(host.mysqlName) is read only")
  }

  /// Returns evidence from a run in which the link between the primary and a replica is cut.
  fileprivate func evidenceOfTwoPrimaries(fixedBy fix: [FixStep]) -> Evidence {
    let names = topology.databaseNodes.map { topology.hosts[$0].name }
    let primary = topology.primaries.first.map { topology.hosts[$0].name }
    for replica in names where replica != primary {
      let cut = primary.map { [InjectedFault.Plan(.link($0, replica))] } ?? []
      let run = FlawEvidence(failures: cut, wait: .seconds(60))
      let evidence = run.evidence(on: self, fixedBy: fix) { site in
        let primaries = site.primaryNames
        guard primaries.count > 1 else { return nil }
        return ("show database", "then \(primaries.joined(separator: " and ")) are both primary")
      }
      if let evidence { return evidence }
    }
    return Evidence(
      ["show database"], observation: "failover is automatic, and nothing stops the old primary")
  }

  // MARK: Fixes

  /// The steps that turn fencing on.
  ///
  /// A fenced node can no longer serve the application on its host, and that application cannot reach the
  /// other nodes either. If that makes requests fail, the steps add a health check of the database. Then the
  /// balancer skips that server.
  fileprivate var fencing: [FixStep] {
    let plain = [FixStep.setDatabase("fencing", .flag(true))]
    let deep = plain + balancerHosts.map { .set($0.name, "check-path", .word("database")) }
    let before = Set(failuresByCuts)
    guard let fenced = try? after(plain), !before.isSuperset(of: fenced.failuresByCuts),
      let checked = try? after(deep), before.isSuperset(of: checked.failuresByCuts)
    else { return plain }
    return deep
  }

  /// The failures caused by cutting the link between the primary and each other node in turn. Each text names
  /// the node and a kind of request.
  private var failuresByCuts: [String] {
    let names = topology.databaseNodes.map { topology.hosts[$0].name }
    guard let primary = topology.primaries.first.map({ topology.hosts[$0].name }) else { return [] }
    return names.filter { $0 != primary }.flatMap { name -> [String] in
      guard let trial = try? Trial(breaking: [InjectedFault.Plan(.link(primary, name))], on: self) else {
        return []
      }
      return RequestKind.allCases.filter { kind in
        (try? trial.send(kind, stopsAtFailure: true)).map { $0.failed > 0 } ?? true
      }.map { "\(name) \($0.rawValue)" }
    }
  }

  /// The name of the first database node that is a primary in the topology, or nil if there is none.
  fileprivate var newestPrimary: String? {
    topology.primaries.first.map { topology.hosts[$0].mysqlName }
  }

  /// Returns the steps that repair the faults of these nodes and of the links between them.
  fileprivate func repairs(concerning nodes: [String]) -> [FixStep] {
    let names = nodes.compactMap { $0.split(separator: ".").first.map(String.init) }
    return faults(concerning: names).map { FixStep.repair($0.target) }.unique
  }

  /// Returns the steps that reconnect a replica. They are repairs and, if the source's firewall blocks the
  /// replica, firewall rules.
  fileprivate func reconnection(of replica: String, to source: String) -> [FixStep] {
    let names = [replica, source].compactMap { $0.split(separator: ".").first.map(String.init) }
    guard names.count == 2 else { return [] }
    let isBlocked = !firewall(of: names[1], allows: .host(names[0]), at: .mysql)
    return repairs(concerning: [replica, source]) + (isBlocked ? [.addFirewall(names[1])] : [])
  }
}
