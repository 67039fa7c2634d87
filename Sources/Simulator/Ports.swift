import Blueprint

/// Where somebody stands who knocks at doors.
public enum Vantage: Equatable, Sendable {
  /// An address that no rule names.
  case internet
  case host(String)

  public var text: String {
    switch self {
    case .internet: Breakable.internet
    case .host(let name): name
    }
  }
}

/// A door of a host, as somebody sees it who tries to connect.
public struct PortReport: Equatable, Sendable {
  public let host: String
  public let port: Int
  public let state: State
  /// What listens there; nil where nothing does.
  public let part: ComponentKind?

  public enum State: String, Sendable {
    /// The connection is accepted.
    case open
    /// It is refused: the host lets packets in, but nothing listens.
    case closed
    /// No answer at all, as from a firewall that drops what comes, or from a host that is not there.
    case filtered
  }
}

extension Simulation {
  /// The doors that are tried: those at which something of a site can listen.
  public static let scannedPorts = [80, 443, 3306, 8000, 9100]

  /// What a scan of a host finds.
  public func ports(of host: String, from vantage: Vantage) -> [PortReport] {
    let world = wired
    guard let place = world.topology.place(of: host) else { return [] }
    // Only balancers have certificates, so checking them is enough.
    let isEncrypted = world.desks.indices.contains { world.desks[$0].encryptsInside }
    return Simulation.scannedPorts.map { port in
      let listener = Simulation.listener(at: port, on: world.topology[place], isEncryptedInside: isEncrypted)
      let state = world.state(of: port, at: place, listener, from: vantage)
      return PortReport(host: host, port: port, state: state, part: listener)
    }
  }

  private static func listener(at port: Int, on host: Host, isEncryptedInside: Bool) -> ComponentKind? {
    switch port {
    case 80: return host.isBalancer ? .haproxy : host.nginx != nil ? .nginx : nil
    case 443:
      if host.tls != nil { return .haproxy }
      return host.nginx != nil && isEncryptedInside ? .nginx : nil
    case 8000: return host.app != nil ? .app : nil
    case 3306: return host.mysql != nil ? .mysql : nil
    case 9100: return host.monitor?.way == .pull ? .monitor : nil
    default: return nil
    }
  }

  private func state(of port: Int, at place: Int, _ listener: ComponentKind?, from vantage: Vantage)
    -> PortReport.State
  {
    let machine = machineAt[place]
    guard isHeard(machine, at: port, from: vantage) else { return .filtered }
    guard let listener else { return .closed }
    guard listener != .monitor else {
      let agent = Address(topology[place].name, .monitor)
      return breakages.at(.part(agent)).contains { $0.fault == .crash } ? .closed : .open
    }
    let station = stations[machines[Int(machine)].station(of: listener)]
    guard !station.isMuted else { return .filtered }
    switch station.condition {
    case .running, .hung: return .open
    case .crashed, .removed: return .closed
    }
  }

  private func isHeard(_ machine: Int32, at port: Int, from vantage: Vantage) -> Bool {
    switch vantage {
    case .internet:
      return reachesFromInternet(machine) && walls.admit(.outside(.stranger), to: machine, at: .tcp(port))
    case .host(let name):
      guard let place = topology.place(of: name) else { return false }
      let own = machineAt[place]
      return reaches(own, machine) && walls.admit(.machine(own), to: machine, at: .tcp(port))
    }
  }
}

extension IPv4 {
  /// Somebody outside whom nobody knows.
  static let stranger = IPv4(198, 51, 100, 200)
}

extension Simulation {
  /// Whether a host's firewall, if it has one, lets somebody in at a port, whatever else may keep them from it.
  public func firewall(of host: String, letsIn vantage: Vantage, at port: Port) -> Bool {
    let world = wired
    guard let place = world.topology.place(of: host) else { return false }
    switch vantage {
    case .internet: return world.walls.admit(.outside(.stranger), to: world.machineAt[place], at: port)
    case .host(let name):
      guard let other = world.topology.place(of: name) else { return false }
      return world.walls.admit(.machine(world.machineAt[other]), to: world.machineAt[place], at: port)
    }
  }

  /// The same for the operators who ask an agent.
  public func firewallLetsOperators(in host: String) -> Bool {
    let world = wired
    guard let place = world.topology.place(of: host) else { return false }
    return world.walls.admit(.outside(.operators), to: world.machineAt[place], at: .agent)
  }
}
