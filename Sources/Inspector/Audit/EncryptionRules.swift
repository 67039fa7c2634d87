import Blueprint
import Simulator

extension AuditRule {
  /// Rules about links on which requests and SQL statements can be read, and about certificates.
  static let encryption: [AuditRule] = [
    AuditRule("clear-text", .high, cwe: 319, "requests of users are unencrypted") { site in
      site.balancerHosts.filter { $0.tls == nil }.map { host in
        Flaw(host.name, site.evidenceOfReadableRequests(to: host), fix: .addTLS(host.name, .balancer))
      }
    },
    AuditRule(
      "certificate-expired", .high, cwe: 324, on: .repairedExceptCertificates, "the certificate has expired"
    ) { site in
      site.balancerHosts.filter { !site.isCertificateGood(of: $0.name) }.map { host in
        let address = Address(host.name, .certificate)
        return Flaw(
          address.text, site.evidenceOfExpiredCertificate(of: host),
          fixes: site.renewal(of: host))
      }
    },
    AuditRule("certificate-runs-out", .low, cwe: 324, "the certificate expires within two weeks") { site in
      site.balancerHosts.filter { site.isCertificateGood(of: $0.name) }.compactMap { host in
        guard let left = host.tls.map({ $0.validity - site.time }), left < twoWeeks else { return nil }
        return Flaw(
          Address(host.name, .certificate).text,
          Evidence(
            ["show clock", "show \(host.name).certificate"],
            observation: "it is valid for \(left.nanoseconds / day) more days"),
          fixes: site.renewal(of: host))
      }
    },
    AuditRule("clear-text-inside", .medium, cwe: 319, "requests between the hosts are unencrypted") { site in
      site.readableInnerLinks.map { balancer, link in
        Flaw(link, site.sniff(link).evidence, fix: .addTLS(balancer, .servers))
      }
    },
    AuditRule(
      "tls-ends-at-balancer", .low, cwe: 319, originRule: "clear-text-inside",
      "TLS ends at the balancer, so the links behind it are unencrypted"
    ) { site in
      site.balancerHosts.filter { $0.tls?.reach == .balancer }.map { host in
        Flaw(
          Address(host.name, .certificate).text, site.evidenceOfReadableRequests(behind: host),
          fix: .addTLS(host.name, .servers))
      }
    },
    AuditRule("clear-text-database", .medium, cwe: 319, "database statements between hosts are unencrypted") {
      site in
      guard let link = site.topology.oldestLink(of: site.linksWithReadableStatements) else { return [] }
      let capture = site.sniff(link)
      return [
        Flaw(
          link,
          capture.isReadable
            ? capture.evidence
            : Evidence(["show database"], observation: "tls is off; at the moment, nothing uses this link"),
          fix: .setDatabase("tls", .flag(true)))
      ]
    },
  ]

  fileprivate static let day: Int64 = 86_400_000_000_000
  fileprivate static let twoWeeks = Span(nanoseconds: 14 * day)
}

extension Simulation {
  /// Returns evidence from a run in which a user logs in through this balancer. If it is a standby, the other
  /// balancers are broken first.
  fileprivate func evidenceOfReadableRequests(to balancer: Host) -> Evidence {
    let (site, commands) = siteReaching(balancer)
    let link = Hop.link(FaultTarget.internet, balancer.name)
    let capture = site.sniff(link)
    guard capture.isReadable else {
      return Evidence(
        ["show \(balancer.name)"], observation: "it has no TLS; at the moment, no user reaches it")
    }
    return Evidence(["attack sniff \(link)"], observation: capture.evidence.observation, after: commands)
  }

  /// Returns evidence from a run in which this balancer passes requests on to the servers.
  fileprivate func evidenceOfReadableRequests(behind balancer: Host) -> Evidence {
    let (site, commands) = siteReaching(balancer)
    let found = site.readableLinks(for: .read)
    let balancerLinks = found.links.filter { FaultTarget(named: $0)?.concerns(host: balancer.name) == true }
    guard !balancerLinks.isEmpty else { return found.evidence }
    return Evidence(
      balancerLinks.prefix(4).map { "attack sniff \($0)" },
      observation: "readable on \(Evidence.listed(balancerLinks))", after: commands)
  }

  /// Returns evidence from a run in which requests are sent to this balancer.
  fileprivate func evidenceOfExpiredCertificate(of balancer: Host) -> Evidence {
    let observation = FlawEvidence.failureObservation(4, .static) {
      "browsers warn users, and they leave: \($0) of 4 failed"
    }
    return FlawEvidence(balancer: balancer).evidence(
      on: self, fixedBy: renewal(of: balancer), observation)
      ?? Evidence(["show \(balancer.name).certificate"], observation: "it has expired")
  }

  /// Returns the steps that repair the certificate if it has a fault, and extend it if it expires within two
  /// weeks.
  fileprivate func renewal(of host: Host) -> [FixStep] {
    let certificate = Address(host.name, .certificate)
    let isBroken = faults.contains { $0.target == .component(certificate) }
    let repair: [FixStep] = isBroken ? [.repair(.component(certificate))] : []
    guard let tls = host.tls, tls.validity - time < AuditRule.twoWeeks else { return repair }
    let days = time.nanoseconds / AuditRule.day + 90
    let validity = Span(nanoseconds: min(days, 400) * AuditRule.day)
    return repair + [.set(certificate.text, "validity", .span(validity))]
  }

  /// The oldest readable link behind each balancer. Balancers that end TLS by design are left out.
  fileprivate var readableInnerLinks: [(balancer: String, link: String)] {
    let paths = paths(of: .read, count: requestsForAllPaths)
    return paths.map { $0.balancer }.unique.compactMap { balancer in
      guard topology.host(named: balancer)?.tls?.reach != .balancer else { return nil }
      let hops = paths.filter { $0.balancer == balancer }.flatMap { $0.hops }.filter { hop in
        hop.from != nil && hop.to.component != .mysql && hop.isReadable(in: topology, balancer: balancer)
      }
      return topology.oldestLink(of: hops.compactMap { $0.link }).map { (balancer, $0) }
    }
  }

  /// The links on which SQL statements or replicated data can be read.
  fileprivate var linksWithReadableStatements: [String] {
    guard !topology.database.tls else { return [] }
    let hops = paths(of: .write, count: requestsForAllPaths).flatMap { $0.hops }
    return hops.filter { $0.to.component == .mysql }.compactMap { $0.link } + replicationLinks
  }
}

extension Topology {
  /// Returns the link whose hosts were added first. The choice does not depend on which server is next.
  fileprivate func oldestLink(of links: [String]) -> String? {
    links.unique.min { rank(of: $0) < rank(of: $1) }
  }

  private func rank(of link: String) -> (Int, Int) {
    guard let (a, b) = FaultTarget.ends(of: link) else { return (-1, -1) }
    return (index(of: a) ?? -1, index(of: b) ?? -1)
  }
}
