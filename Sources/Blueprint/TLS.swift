/// The encryption of what users send, and the certificate that it stands on.
public struct TLS: Equatable, Sendable {
  public var reach: Reach
  /// How long the certificate is good, counted from the start of the site.
  public var validity = Span.seconds(90 * 86_400)

  public init(_ reach: Reach = .balancer) { self.reach = reach }

  /// How far it goes.
  public enum Reach: String, CaseIterable, Sendable {
    /// It ends at the balancer, which speaks plain HTTP to the servers.
    case balancer
    /// The balancer reads what users send, and encrypts it anew for the servers; so do they among each other.
    case servers = "to-servers"
    /// The balancer passes bytes on that only a server's nginx can read.
    case through
  }

  /// What a user waits longer for a connection: the handshake as measured on the real site.
  public static let handshake = Span.microseconds(2_400)

  /// Whether the balancer can read what it passes on.
  public var isReadByBalancer: Bool { reach != .through }

  /// Whether nobody between the balancer and a server can read it.
  public var coversServers: Bool { reach != .balancer }
}
