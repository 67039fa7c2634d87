import Blueprint
import Simulator

extension AuditRule {
  /// Who gets in, and who is kept out by mistake.
  static let admitting: [AuditRule] = [
    exposed(.mysql, "database-open", .high, "the database answers the internet"),
    exposed(.app, "application-open", .medium, "the application answers the internet past the balancer"),
    exposed(.nginx, "web-server-open", .low, "the web server answers the internet past the balancer"),
    exposed(.monitor, "agent-open", .low, "the monitoring agent answers the internet"),
    AuditRule("no-firewall", .medium, cwe: 284, "no firewall: no port is closed, no address is kept out") {
      site in
      site.hosts { $0.firewall == nil }.map { host in
        let isFiltered = site.ports(of: host.name, from: .internet).contains { $0.state == .filtered }
        return Flaw(
          host.name,
          isFiltered
            ? Evidence(["show \(host.name)"], saw: "no firewall is among its parts")
            : Evidence(["attack scan \(host.name)"], saw: "no port is filtered"),
          fix: .addFirewall(host.name))
      }
    },
    AuditRule("rule-cuts", .high, "a firewall keeps out what the site needs") { site in
      site.unmetNeeds.map { need in
        Flaw(Address(need.to, .firewall).text, need.evidence(in: site), fixes: need.cure(in: site))
      }
    },
  ]

  /// What listens on a part's port answers an address that nobody knows. A rule that says so goes with its firewall.
  private static func exposed(
    _ kind: ComponentKind, _ id: String, _ severity: Finding.Severity, _ title: String
  ) -> AuditRule {
    AuditRule(id, severity, cwe: 668, title) { site in
      site.hosts { $0.carries(kind) && !$0.isBalancer || kind == .monitor && $0.monitor != nil }.compactMap {
        host in
        let open = site.ports(of: host.name, from: .internet).first { $0.state == .open && $0.part == kind }
        guard let open else { return nil }
        let anew: [Remedy] = host.firewall == nil ? [] : [.removeFirewall(host.name)]
        return Flaw(
          Address(host.name, kind).text,
          Evidence(["attack scan \(host.name)"], saw: "\(host.name):\(open.port) is open"),
          fixes: anew + [.addFirewall(host.name)])
      }
    }
  }
}

/// A connection that the site cannot do without.
struct Need: Equatable, Sendable {
  let from: Knock
  let to: String
  let port: Port

  enum Knock: Equatable, Sendable {
    case internet, operators
    case host(String)
  }

  func isMet(in site: Simulation) -> Bool {
    switch from {
    case .internet: site.firewall(of: to, letsIn: .internet, at: port)
    case .operators: site.firewallLetsOperators(in: to)
    case .host(let name): site.firewall(of: to, letsIn: .host(name), at: port)
    }
  }

  func evidence(in site: Simulation) -> Evidence {
    switch from {
    case .internet: Evidence(["attack scan \(to)"], saw: "users at \(to):\(port.text) are met with silence")
    case .operators:
      Evidence(
        ["whatif wait \(site.patienceOfOperators(for: to).command); alerts"],
        saw: "the operators who ask \(to):\(port.text) are met with silence")
    case .host(let name):
      Evidence(
        [port == .vrrp ? "whatif wait 10s; show holders" : "attack scan \(to) from \(name)"],
        saw: "\(name) is met with silence at \(to):\(port.text)")
    }
  }

  /// More rules, or, where one that denies stands in the way, new ones.
  func cure(in site: Simulation) -> [Remedy] {
    var copy = site
    _ = try? copy.perform(.change(.addFirewall(host: to, [], denying: [])))
    let anew: [Remedy] = isMet(in: copy) ? [] : [.removeFirewall(to)]
    return anew + [.addFirewall(to)]
  }
}

extension Simulation {
  /// By then they have asked a host's agent more than once.
  fileprivate func patienceOfOperators(for host: String) -> Span {
    let interval = topology.host(named: host)?.monitor?.interval.nanoseconds ?? 0
    return Span(nanoseconds: min(interval, 1_000_000_000_000) * 4)
  }

  /// For each host with a firewall, the first connection that the site needs and the firewall blocks.
  fileprivate var unmetNeeds: [Need] {
    var carriers: [ComponentKind: [String]] = [:]
    for kind in ComponentKind.allCases { carriers[kind] = hosts { $0.carries(kind) }.map { $0.name } }
    return topology.hosts.indices.filter { topology.hosts[$0].firewall != nil }.compactMap { place in
      needs(at: place, carriers).first { !$0.isMet(in: self) }
    }
  }

  /// Returns the connections that the site needs to a host, except those that a rule surely lets in for a whole group.
  private func needs(at place: Int, _ carriers: [ComponentKind: [String]]) -> some Sequence<Need> {
    let host = topology.hosts[place]
    let openings = topology.neededOpenings(at: place).filter { opening in
      isNeeded(opening, at: host) && !isSurelyLetIn(opening, at: host)
    }
    return openings.lazy.flatMap { opening in
      Simulation.knocks(of: opening.source, carriers).lazy.filter { $0 != .host(host.name) }.map {
        Need(from: $0, to: host.name, port: opening.port)
      }
    }
  }

  /// Where a rule names the whole group and none denies anybody, nobody of it need be tried.
  private func isSurelyLetIn(_ opening: Firewall.Opening, at host: Host) -> Bool {
    guard let firewall = host.firewall, firewall.denied.isEmpty else { return false }
    return firewall.lets(opening.source, in: opening.port)
  }

  /// Of 80 and 443 only the one that is spoken is needed; a database is needed by those who ask it.
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

  private static func knocks(of source: Source, _ carriers: [ComponentKind: [String]]) -> [Need.Knock] {
    switch source {
    case .internet: [.internet]
    case .operator: [.operators]
    case .host(let host): [.host(host)]
    case .carrying(let kind): carriers[kind]?.map { .host($0) } ?? []
    case .network: []
    }
  }
}
