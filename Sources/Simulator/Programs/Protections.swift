import Blueprint

/// Updates firewalls and certificates while the site runs.
enum Protections {
  /// Applies the current firewall rules of these hosts.
  static func updateFirewalls(at places: [Int], in site: inout SiteState) {
    DatabaseReplication.settle(in: &site)
    if site.network.firewalls.exist {
      for place in places {
        site.network.firewalls.set(site.topology[place].firewall, on: site.network.hostAt[place])
      }
    } else {
      makeFirewalls(in: &site)
    }
    FaultInjection.connectionsChanged(in: &site)
  }

  /// A firewall was removed from a host, with its faults.
  static func firewallRemoved(at place: Int, in site: inout SiteState) {
    SiteWiring.wire(&site)
    FaultInjection.apply(to: .part(Address(site.topology[place].name)), in: &site)
    updateFirewalls(at: [place], in: &site)
  }

  static func makeFirewalls(in site: inout SiteState) {
    site.network.firewalls = Firewalls(
      site.topology, hostAt: site.network.hostAt, count: site.network.hosts.count)
  }

  /// Updates a balancer's certificate from its settings and faults.
  static func updateCertificate(of b: ID<Balancer>, in site: inout SiteState) {
    guard let place = site.topology.place(of: site.name(of: b)) else { return }
    let tls = site.topology[place].tls
    let isBroken = !site.faults.at(.part(Address(site.topology[place].name, .certificate))).isEmpty
    site[b].certificate = ServedCertificate(
      speaksTLS: tls != nil, encryptsInside: tls?.coversServers == true,
      isBlind: tls?.isReadByBalancer == false, expires: isBroken ? 0 : tls?.validity.nanoseconds ?? .max)
  }
}
