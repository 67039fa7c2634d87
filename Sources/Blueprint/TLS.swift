/// The encryption of users' connections, and the certificate for it.
public struct TLS: Equatable, Sendable {
  public var reach: Reach
  /// How long the certificate is valid, counted from the start of the site.
  public var validity = Span.seconds(90 * 86_400)

  public init(_ reach: Reach = .balancer) { self.reach = reach }

  /// The hops of a request that are encrypted.
  public enum Reach: String, CaseIterable, Sendable {
    /// Encryption ends at the balancer, which sends plain HTTP to the servers.
    case balancer
    /// The balancer decrypts requests and encrypts them again for the servers. Connections between servers
    /// are encrypted too.
    case servers = "to-servers"
    /// The balancer forwards encrypted bytes, which only a server's nginx can read.
    case through
  }

  /// The time that a TLS handshake adds to a user's connection, as measured on a real site.
  public static let handshake = Span.microseconds(2_400)

  /// Whether the balancer can read the requests that it forwards.
  public var isReadByBalancer: Bool { reach != .through }

  /// Whether connections between the balancer and the servers are encrypted.
  public var coversServers: Bool { reach != .balancer }
}
