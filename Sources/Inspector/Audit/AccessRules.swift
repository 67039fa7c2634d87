import Blueprint
import Simulator

extension AuditRule {
  /// Rules about connections that should be blocked, and about connections that are blocked by mistake.
  static let access: [AuditRule] = [
    exposedPortRule(.mysql, "database-open", .high, "the database port is open to the internet"),
    exposedPortRule(
      .app, "application-open", .medium, "the internet can reach the application without the balancer"),
    exposedPortRule(.nginx, "web-server-open", .low, "the internet can reach nginx without the balancer"),
    exposedPortRule(.monitor, "agent-open", .low, "the internet can reach the monitoring agent"),
    AuditRule("no-firewall", .medium, cwe: 284, "no firewall: it blocks no port and no address") {
      site in
      site.hosts { $0.firewall == nil }.map { host in
        let isFiltered = site.ports(of: host.name, from: .internet).contains { $0.state == .filtered }
        return Flaw(
          host.name,
          isFiltered
            ? Evidence(["show \(host.name)"], observation: "the host has no firewall")
            : Evidence(["attack scan \(host.name)"], observation: "no port is filtered"),
          fix: .addFirewall(host.name))
      }
    },
    AuditRule("rule-cuts", .high, "a firewall blocks a connection that the site needs") { site in
      site.blockedConnections.map { connection in
        Flaw(
          Address(connection.to, .firewall).text, connection.evidence(in: site),
          fixes: connection.fix(in: site))
      }
    },
  ]

  /// Returns a rule about a port that any address can reach. If the host has a firewall, the fix replaces it.
  private static func exposedPortRule(
    _ kind: ComponentKind, _ id: String, _ severity: Finding.Severity, _ title: String
  ) -> AuditRule {
    AuditRule(id, severity, cwe: 668, title) { site in
      site.hosts { $0.has(kind) && !$0.isBalancer || kind == .monitor && $0.monitor != nil }.compactMap {
        host in
        let open = site.ports(of: host.name, from: .internet).first { $0.state == .open && $0.part == kind }
        guard let open else { return nil }
        let removal: [FixStep] = host.firewall == nil ? [] : [.removeFirewall(host.name)]
        return Flaw(
          Address(host.name, kind).text,
          Evidence(["attack scan \(host.name)"], observation: "\(host.name):\(open.port) is open"),
          fixes: removal + [.addFirewall(host.name)])
      }
    }
  }
}

/// A connection that the site needs.
private struct NeededConnection: Equatable {
  let from: ConnectionOrigin
  let to: String
  let port: Port

  enum ConnectionOrigin: Equatable {
    case internet, operators
    case host(String)
  }

  func isAllowed(in site: Simulation) -> Bool {
    switch from {
    case .internet: site.firewall(of: to, allows: .internet, at: port)
    case .operators: site.firewallAllowsOperators(in: to)
    case .host(let name): site.firewall(of: to, allows: .host(name), at: port)
    }
  }

  func evidence(in site: Simulation) -> Evidence {
    switch from {
    case .internet:
      Evidence(["attack scan \(to)"], observation: "users get no answer from \(to):\(port.text)")
    case .operators:
      Evidence(
        ["whatif wait \(site.timeOfSeveralPolls(of: to).command); alerts"],
        observation: "the operators' collector gets no answer from \(to):\(port.text)")
    case .host(let name):
      Evidence(
        [port == .vrrp ? "whatif wait 10s; show holders" : "attack scan \(to) from \(name)"],
        observation: "\(name) gets no answer from \(to):\(port.text)")
    }
  }

  /// Returns the steps that allow the connection. They add firewall rules or, if a rule denies the source,
  /// replace the firewall.
  func fix(in site: Simulation) -> [FixStep] {
    var copy = site
    _ = try? copy.perform(.change(.addFirewall(host: to, [], denying: [])))
    let removal: [FixStep] = isAllowed(in: copy) ? [] : [.removeFirewall(to)]
    return removal + [.addFirewall(to)]
  }
}

extension Simulation {
  /// Returns the time in which the agent of a host is polled four times.
  fileprivate func timeOfSeveralPolls(of host: String) -> Span {
    let interval = topology.host(named: host)?.monitor?.interval.nanoseconds ?? 0
    return Span(nanoseconds: min(interval, 1_000_000_000_000) * 4)
  }

  /// For each host with a firewall, the first needed connection that the firewall blocks.
  fileprivate var blockedConnections: [NeededConnection] {
    var hostsByKind: [ComponentKind: [String]] = [:]
    for kind in ComponentKind.allCases { hostsByKind[kind] = hosts { $0.has(kind) }.map { $0.name } }
    return topology.hosts.indices.filter { topology.hosts[$0].firewall != nil }.compactMap { index in
      neededConnections(to: index, hostsByKind).first { !$0.isAllowed(in: self) }
    }
  }

  /// Returns the connections to a host that the site needs, except those that a firewall rule clearly allows.
  private func neededConnections(to index: Int, _ hostsByKind: [ComponentKind: [String]])
    -> some Sequence<NeededConnection>
  {
    let host = topology.hosts[index]
    let openings = topology.neededOpenings(at: index).filter { opening in
      isNeeded(opening, at: host) && !isSurelyAllowed(opening, at: host)
    }
    return openings.lazy.flatMap { opening in
      Simulation.origins(of: opening.source, hostsByKind).lazy.filter { $0 != .host(host.name) }.map {
        NeededConnection(from: $0, to: host.name, port: opening.port)
      }
    }
  }

  /// Returns whether a rule allows all hosts of the source and no rule denies anything. Then the single hosts
  /// need no test.
  private func isSurelyAllowed(_ opening: Firewall.Opening, at host: Host) -> Bool {
    guard let firewall = host.firewall, firewall.denied.isEmpty else { return false }
    return firewall.allows(opening.source, in: opening.port)
  }

  /// Returns whether the site uses the port. A host uses either port 80 or port 443, depending on TLS.
  private func isNeeded(_ opening: Firewall.Opening, at host: Host) -> Bool {
    switch opening.port {
    case .http: host.isBalancer ? host.tls == nil : !isEncryptedInside
    case .https: host.isBalancer ? host.tls != nil : isEncryptedInside
    case .vrrp: topology.sharing == .activePassive
    default: true
    }
  }

  private var isEncryptedInside: Bool {
    topology.balancers.contains { topology.hosts[$0].tls?.coversServers == true }
  }

  private static func origins(of source: Source, _ hostsByKind: [ComponentKind: [String]])
    -> [NeededConnection.ConnectionOrigin]
  {
    switch source {
    case .internet: [.internet]
    case .operator: [.operators]
    case .host(let host): [.host(host)]
    case .hostsWith(let kind): hostsByKind[kind]?.map { .host($0) } ?? []
    case .network: []
    }
  }
}
