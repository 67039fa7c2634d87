import Blueprint
import Simulator

/// What an eavesdropper on a link has got of one login.
public struct Capture: Equatable, Sendable {
  public let link: String
  public let packets: [Packet]
  /// The login itself, where it can be read.
  public let login: String?
  /// The site's name, where it can be read in spite of encryption.
  public let hostName: String?
  public let evidence: Evidence

  public var isReadable: Bool { packets.contains { $0.isReadable } }

  /// What passed at once, in one direction.
  public struct Packet: Equatable, Sendable {
    public let time: Span
    /// Addresses with their ports.
    public let from: String
    public let to: String
    public let bytes: Int
    /// What it says, or what it looks like.
    public let lines: [String]
    public let isReadable: Bool
  }
}

extension Simulation {
  /// Listens to a link while a user logs in, on a copy: the first login that passes there, of as many as give everybody
  /// a turn. Where no login passes, the first page or picture that does: its session is as good as a login.
  public func sniff(_ link: String) -> Capture {
    let logins = ways(of: .write, count: requestsForAllWays, to: Login.path)
    if let capture = capture(on: link, of: logins) { return capture }
    if let way = logins.first, replicationLinks.contains(link) {
      return Capture(ofReplicationOn: link, after: way, in: self)
    }
    for kind in [RequestKind.read, .static] {
      if let capture = capture(on: link, of: ways(of: kind, count: requestsForAllWays)) { return capture }
    }
    return Capture(
      link: link, packets: [], login: nil, hostName: nil,
      evidence: Evidence(["attack sniff \(link)"], saw: "nothing of what users send or get passes there"))
  }

  private func capture(on link: String, of ways: [Way]) -> Capture? {
    for way in ways {
      guard let hop = way.hops.first(where: { $0.link == link }) else { continue }
      return Capture(of: hop, on: way, in: self)
    }
    return nil
  }
}

extension Capture {
  fileprivate init(of hop: Hop, on way: Way, in simulation: Simulation) {
    let wire = Wire(hop, on: way, in: simulation)
    self.init(
      link: hop.link ?? "", packets: wire.packets, login: wire.isReadable ? wire.login : nil,
      hostName: wire.namesSite ? Topology.siteName : nil,
      evidence: Evidence(["attack sniff \(hop.link ?? "")"], saw: wire.saw))
  }

  /// The same row once more, on its way to a replica.
  fileprivate init(ofReplicationOn link: String, after way: Way, in simulation: Simulation) {
    var cipher = Cipher(seed: simulation.topology.site.seed, request: way.number, link: "session")
    let text = [Login.insert(session: cipher.token())]
    let isReadable = !simulation.topology.database.tls
    var hidden = Cipher(seed: simulation.topology.site.seed, request: way.number, link: link)
    let bytes = Wire.size(of: text) + (isReadable ? 0 : Wire.overhead)
    let packet = Packet(
      time: way.endedAt, from: "database", to: "replica", bytes: bytes,
      lines: isReadable ? text : ["application data \(hidden.hex(of: text))…"], isReadable: isReadable)
    self.init(
      link: link, packets: [packet], login: isReadable ? text[0] : nil, hostName: nil,
      evidence: Evidence(
        ["attack sniff \(link)"],
        saw: isReadable ? "the row on its way to the replica in clear" : "\(bytes) bytes that say nothing"))
  }
}
