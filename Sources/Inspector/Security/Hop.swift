import Blueprint
import Simulator

/// One wire of a request's way: who connected to whom.
public struct Hop: Equatable, Sendable {
  /// The part that connected; nil for a user.
  public let from: Address?
  public let to: Address
  public let time: Span
  /// When the answer came back on it, and with which status; nil where none did.
  public let answeredAt: Span?
  public let code: Int?

  /// The link that it passes; nil between parts of one host.
  public var link: String? {
    guard let from else { return Hop.link(Breakable.internet, to.host) }
    return from.host == to.host ? nil : Hop.link(from.host, to.host)
  }

  /// A link has one name, whichever end is named first.
  public static func link(_ a: String, _ b: String) -> String { Breakable.link(a, b).ordered.text }

  /// Whether who listens to the wire can read what passes, for a request that came in by that balancer.
  func isReadable(in topology: Topology, balancer: String) -> Bool {
    let tls = topology.host(named: balancer)?.tls
    guard let from else { return tls == nil }
    switch (from.part, to.part) {
    case (_, .mysql): return !topology.database.tls
    case (.haproxy, _): return tls?.coversServers != true
    // What is only passed through the balancer has been decrypted here.
    default: return tls?.reach != .servers
    }
  }
}
