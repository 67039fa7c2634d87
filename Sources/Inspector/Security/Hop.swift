import Blueprint
import Simulator

/// One connection on the path of a request, from a user or a component to a component.
public struct Hop: Equatable, Sendable {
  /// The component that opened the connection, or nil for a user.
  public let from: Address?
  public let to: Address
  public let time: Span
  /// The time and the status of the response, both nil if there was none.
  public let answeredAt: Span?
  public let code: Int?

  /// The link between the hosts of the two components, or nil if both components are on the same host.
  public var link: String? {
    guard let from else { return Hop.link(FaultTarget.internet, to.host) }
    return from.host == to.host ? nil : Hop.link(from.host, to.host)
  }

  /// Returns the name of the link between two hosts. It does not depend on their order.
  public static func link(_ a: String, _ b: String) -> String { FaultTarget.link(a, b).normalised.text }

  /// Returns whether an eavesdropper can read this hop of a request that `balancer` received.
  func isReadable(in topology: Topology, balancer: String) -> Bool {
    let tls = topology.host(named: balancer)?.tls
    guard let from else { return tls == nil }
    if to.component == .mysql { return !topology.database.tls }
    if from.component == .haproxy { return tls?.coversServers != true }
    // The first proxy has decrypted the request. It is encrypted again only if TLS reaches the servers.
    return tls?.reach != .servers
  }
}
