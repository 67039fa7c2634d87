import Blueprint

/// Updates firewalls and certificates while the site runs.
enum Protections {
  /// Applies the current firewall rules of these hosts.
  static func updateFirewalls(at indices: [Int], in site: inout SiteState) {
    DatabaseReplication.settle(in: &site)
    if site.network.firewalls.hasAny {
      for index in indices {
        site.network.firewalls.set(site.topology[index].firewall, on: site.network.hostIDs[index])
      }
    } else {
      makeFirewalls(in: &site)
    }
    FaultInjection.connectionsChanged(in: &site)
  }

  /// Handles the removal of a firewall and its faults from a host.
  static func firewallRemoved(at index: Int, in site: inout SiteState) {
    SiteConfiguration.configure(&site)
    FaultInjection.apply(to: .component(Address(site.topology[index].name)), in: &site)
    updateFirewalls(at: [index], in: &site)
  }

  static func makeFirewalls(in site: inout SiteState) {
    site.network.firewalls = Firewalls(
      site.topology, hostIDs: site.network.hostIDs, count: site.network.hosts.count)
  }

  /// Updates a balancer's certificate from its settings and faults.
  static func updateCertificate(of b: ID<Balancer>, in site: inout SiteState) {
    guard let index = site.topology.index(of: site.name(of: b)) else { return }
    let tls = site.topology[index].tls
    let isBroken = !site.faults.at(.component(Address(site.topology[index].name, .certificate))).isEmpty
    site[b].certificate = ServedCertificate(
      usesTLS: tls != nil, encryptsInside: tls?.coversServers == true,
      passesTLSThrough: tls?.isReadByBalancer == false,
      expires: isBroken ? 0 : tls?.validity.nanoseconds ?? .max)
  }
}
