import Blueprint
import Simulator

/// One connection on the path of a request, from a component or a user to a component.
public struct Hop: Equatable, Sendable {
  /// The component that connected, or nil for a user.
  public let from: Address?
  public let to: Address
  public let time: Span
  /// When the answer arrived, and its status, or nil if there was none.
  public let answeredAt: Span?
  public let code: Int?

  /// The link between the hosts, or nil between components of one host.
  public var link: String? {
    guard let from else { return Hop.link(Breakable.internet, to.host) }
    return from.host == to.host ? nil : Hop.link(from.host, to.host)
  }

  /// Returns the name of a link, which is the same whichever end comes first.
  public static func link(_ a: String, _ b: String) -> String { Breakable.link(a, b).ordered.text }

  /// Whether an eavesdropper can read the hop of a request that this balancer received.
  func isReadable(in topology: Topology, balancer: String) -> Bool {
    let tls = topology.host(named: balancer)?.tls
    guard let from else { return tls == nil }
    if to.part == .mysql { return !topology.database.tls }
    if from.part == .haproxy { return tls?.coversServers != true }
    // The web server has decrypted the request, and encrypts it again only with `servers`.
    return tls?.reach != .servers
  }
}
