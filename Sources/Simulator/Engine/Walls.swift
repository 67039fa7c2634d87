import Blueprint

/// The firewalls as packets meet them: by machine, with all that a rule can ask of a sender.
///
/// Only who connects is asked. What is established goes on, as the kernel's own tracking of connections lets it: so a
/// wrong rule may cut a replica long after it was made, when the replica connects again.
struct Walls: Equatable, Sendable {
  /// The number of firewalls. If it is 0, the arrays below are empty.
  private var count = 0
  private var walls: [Firewall?] = []
  private var senders: [Sender] = []

  /// What of a machine a rule can ask.
  private struct Sender: Equatable, Sendable {
    var address = IPv4(0)
    /// The sources, except networks, by which a rule can name the host.
    var names: [Source] = []
  }

  /// Who knocks: a machine of the site, or somebody outside at an address.
  enum Knocker {
    case machine(Int32)
    case outside(IPv4)
  }

  private static let outsiderNames: [Source] = [.internet]
  private static let operatorNames: [Source] = [.internet, .operator]

  init() {}

  init(_ topology: Topology, machineAt: [Int32], count: Int) {
    guard topology.hosts.contains(where: { $0.firewall != nil }) else { return }
    walls = Array(repeating: nil, count: count)
    senders = Array(repeating: Sender(), count: count)
    let addresses = topology.addresses
    for (place, host) in topology.hosts.enumerated() {
      senders[Int(machineAt[place])] = Sender(
        address: addresses[place],
        names: [.internet, .host(host.name)] + host.parts.map { .carrying($0) })
      if let firewall = host.firewall { set(firewall, at: machineAt[place]) }
    }
  }

  /// Whether the site has a firewall.
  var areUp: Bool { count > 0 }

  /// Replaces or removes the firewall of a host. The arrays must not be empty.
  mutating func set(_ firewall: Firewall?, at machine: Int32) {
    count += (firewall == nil ? 0 : 1) - (walls[Int(machine)] == nil ? 0 : 1)
    walls[Int(machine)] = firewall
    if count == 0 { self = Walls() }
  }

  /// Whether a machine's firewall, if it has one, lets somebody in at a port.
  func admit(_ knocker: Knocker, to machine: Int32, at port: Port) -> Bool {
    guard Int(machine) < walls.count, let wall = walls[Int(machine)] else { return true }
    switch knocker {
    // What a host says to itself meets no firewall.
    case .machine(machine): return true
    case .machine(let machine):
      return wall.admits(senders[Int(machine)].names, at: senders[Int(machine)].address, to: port)
    case .outside(let address):
      let names = address == .operators ? Walls.operatorNames : Walls.outsiderNames
      return wall.admits(names, at: address, to: port)
    }
  }
}
