import Blueprint
import Simulator

/// The packets that an eavesdropper captures on a link, and what can be read in them.
public struct Capture: Equatable, Sendable {
  public let link: String
  public let packets: [Packet]
  /// The line that contains the login or the session, or nil if it cannot be read.
  public let login: String?
  /// The name of the site if only that name can be read; otherwise nil.
  public let hostName: String?
  public let evidence: Evidence

  public var isReadable: Bool { packets.contains { $0.isReadable } }

  /// The bytes of one message in one direction.
  public struct Packet: Equatable, Sendable {
    public let time: Span
    /// The addresses of the sender and the receiver. Only the server's has a port. In replication, they are
    /// `database` and `replica`.
    public let from: String
    public let to: String
    public let bytes: Int
    /// The text of the message or, if it cannot be read, one line that describes it.
    public let lines: [String]
    public let isReadable: Bool
  }
}

extension Simulation {
  /// Returns what an eavesdropper captures of the first login on a link. It sends enough logins to use every
  /// path, on a copy of the site.
  ///
  /// If no login uses the link, it captures the replication of a login or, failing that, the first page or
  /// picture. A session is as useful to an attacker as a login.
  public func sniff(_ link: String) -> Capture {
    let logins = paths(of: .write, count: requestsForAllPaths, to: Login.path)
    if let capture = capture(on: link, of: logins) { return capture }
    if let path = logins.first, replicationLinks.contains(link) {
      return Capture(ofReplicationOn: link, after: path, in: self)
    }
    for kind in [RequestKind.read, .static] {
      if let capture = capture(on: link, of: paths(of: kind, count: requestsForAllPaths)) { return capture }
    }
    return Capture(
      link: link, packets: [], login: nil, hostName: nil,
      evidence: Evidence(
        ["attack sniff \(link)"], observation: "no request or reply of a user uses this link"))
  }

  private func capture(on link: String, of paths: [RequestPath]) -> Capture? {
    for path in paths {
      guard let hop = path.hops.first(where: { $0.link == link }) else { continue }
      return Capture(of: hop, on: path, in: self)
    }
    return nil
  }
}

extension Capture {
  fileprivate init(of hop: Hop, on path: RequestPath, in simulation: Simulation) {
    let hop = SniffedHop(hop, on: path, in: simulation)
    self.init(
      link: hop.hop.link ?? "", packets: hop.packets, login: hop.isReadable ? hop.login : nil,
      hostName: hop.showsSiteName ? Topology.siteName : nil,
      evidence: Evidence(["attack sniff \(hop.hop.link ?? "")"], observation: hop.observation))
  }

  /// Creates a capture of the replication of a login's database row.
  fileprivate init(ofReplicationOn link: String, after path: RequestPath, in simulation: Simulation) {
    var cipher = Cipher(seed: simulation.topology.site.seed, request: path.number, link: "session")
    let text = [Login.insert(session: cipher.token())]
    let isReadable = !simulation.topology.database.tls
    var encrypted = Cipher(seed: simulation.topology.site.seed, request: path.number, link: link)
    let bytes = SniffedHop.size(of: text) + (isReadable ? 0 : SniffedHop.overhead)
    let packet = Packet(
      time: path.endedAt, from: "database", to: "replica", bytes: bytes,
      lines: isReadable ? text : ["application data \(encrypted.hex(of: text))…"], isReadable: isReadable)
    self.init(
      link: link, packets: [packet], login: isReadable ? text[0] : nil, hostName: nil,
      evidence: Evidence(
        ["attack sniff \(link)"],
        observation: isReadable
          ? "the unencrypted row on its way to the replica" : "\(bytes) encrypted bytes"))
  }
}
