import Blueprint

/// The firewalls of the hosts, and the properties of each host that a rule can name.
///
/// Firewalls check only new connections. An established connection continues, because the kernel tracks it. A
/// wrong rule may therefore cut off a replica much later, when the replica connects again.
struct Firewalls: Equatable, Sendable {
  /// The number of firewalls. If it is 0, the arrays below are empty.
  private var count = 0
  private var firewalls: [Firewall?] = []
  private var senders: [PacketSender] = []

  private static let outsiderNames: [Source] = [.internet]
  private static let operatorNames: [Source] = [.internet, .operator]

  init() {}

  init(_ topology: Topology, hostIDs: [ID<HostState>], count: Int) {
    guard topology.hosts.contains(where: { $0.firewall != nil }) else { return }
    firewalls = Array(repeating: nil, count: count)
    senders = Array(repeating: PacketSender(), count: count)
    let addresses = topology.addresses
    for (index, host) in topology.hosts.enumerated() {
      senders[hostIDs[index].index] = PacketSender(
        address: addresses[index],
        names: [.internet, .host(host.name)] + host.parts.map { .hostsWith($0) })
      if let firewall = host.firewall { set(firewall, on: hostIDs[index]) }
    }
  }

  /// Whether the site has any firewall.
  var hasAny: Bool { count > 0 }

  /// Replaces or removes the firewall of a host. The arrays must not be empty.
  mutating func set(_ firewall: Firewall?, on host: ID<HostState>) {
    count += (firewall == nil ? 0 : 1) - (firewalls[host.index] == nil ? 0 : 1)
    firewalls[host.index] = firewall
    if count == 0 { self = Firewalls() }
  }

  /// Returns whether a host's firewall allows another host to connect to a port. True if there is no
  /// firewall. A host's connections to itself do not go through its firewall.
  func allow(_ from: ID<HostState>, to host: ID<HostState>, at port: Port) -> Bool {
    guard host.index < firewalls.count, let firewall = firewalls[host.index], from != host else {
      return true
    }
    return firewall.allows(senders[from.index].names, at: senders[from.index].address, to: port)
  }

  /// Returns whether a host's firewall allows a connection from an address on the internet. True if there is
  /// no firewall.
  func allow(_ from: IPv4, to host: ID<HostState>, at port: Port) -> Bool {
    guard host.index < firewalls.count, let firewall = firewalls[host.index] else { return true }
    let names = from == .operatorAddress ? Firewalls.operatorNames : Firewalls.outsiderNames
    return firewall.allows(names, at: from, to: port)
  }
}

/// The properties of a host that a firewall rule can name.
private struct PacketSender: Equatable, Sendable {
  var address = IPv4(0)
  /// The sources, except networks, that a rule can use for the host.
  var names: [Source] = []
}
