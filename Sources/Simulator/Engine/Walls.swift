import Blueprint

/// The firewalls as packets meet them: by machine, with all that a rule can ask of a sender.
///
/// Only who connects is asked. What is established goes on, as the kernel's own tracking of connections lets it: so a
/// wrong rule may cut a replica long after it was made, when the replica connects again.
struct Walls: Equatable, Sendable {
  /// Whether there is any; where none is, nothing below is filled.
  private(set) var areUp = false
  private var walls: [Firewall?] = []
  private var senders: [Sender] = []

  /// What of a machine a rule can ask.
  private struct Sender: Equatable, Sendable {
    var address = IPv4(0)
    var host = ""
    var kinds: UInt16 = 0
  }

  /// Who knocks: a machine of the site, or somebody outside at an address.
  enum Knocker {
    case machine(Int32)
    case outside(IPv4)
  }

  init() {}

  init(_ topology: Topology, machineAt: [Int32], count: Int) {
    guard topology.hosts.contains(where: { $0.firewall != nil }) else { return }
    areUp = true
    walls = Array(repeating: nil, count: count)
    senders = Array(repeating: Sender(), count: count)
    let addresses = topology.addresses
    for (place, host) in topology.hosts.enumerated() {
      let machine = Int(machineAt[place])
      senders[machine].address = addresses[place]
      senders[machine].host = host.name
      for kind in host.parts { senders[machine].kinds |= Walls.bit(kind) }
      walls[machine] = host.firewall
    }
  }

  private static func bit(_ kind: ComponentKind) -> UInt16 {
    switch kind {
    case .haproxy: 1
    case .nginx: 2
    case .app: 4
    case .files: 8
    case .mysql: 16
    case .firewall, .certificate, .monitor: 0
    }
  }

  /// Whether a machine's firewall, if it has one, lets somebody in at a port.
  func admit(_ knocker: Knocker, to machine: Int32, at port: Port) -> Bool {
    guard Int(machine) < walls.count, let wall = walls[Int(machine)] else { return true }
    // What a host says to itself meets no firewall.
    if case .machine(machine) = knocker { return true }
    if wall.denied.contains(where: { covers($0, knocker) }) { return false }
    return wall.allowed.contains { $0.port == port && covers($0.source, knocker) }
  }

  private func covers(_ source: Source, _ knocker: Knocker) -> Bool {
    switch (source, knocker) {
    case (.internet, _): true
    case (.operator, .outside(let address)): address == .operators
    case (.network(let network, let bits), .outside(let address)): address.isIn(network, bits: bits)
    case (.network(let network, let bits), .machine(let machine)):
      senders[Int(machine)].address.isIn(network, bits: bits)
    case (.host(let name), .machine(let machine)): senders[Int(machine)].host == name
    case (.carrying(let kind), .machine(let machine)): senders[Int(machine)].kinds & Walls.bit(kind) != 0
    case (.operator, .machine), (.host, .outside), (.carrying, .outside): false
    }
  }
}
