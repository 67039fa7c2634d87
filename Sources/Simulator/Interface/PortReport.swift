import Blueprint

/// The origin of a port scan.
public enum ScanOrigin: Equatable, Sendable {
  /// An address on the internet that no firewall rule names.
  case internet
  case host(String)

  public var text: String {
    switch self {
    case .internet: FaultTarget.internet
    case .host(let name): name
    }
  }
}

/// The result of a scan of one port.
public struct PortReport: Equatable, Sendable {
  public let host: String
  public let port: Int
  public let state: PortState
  /// The component that listens on the port; nil if there is none.
  public let part: ComponentKind?
}

/// The state of a port, as a scan reports it.
public enum PortState: String, Sendable {
  /// The connection is accepted.
  case open
  /// The connection is refused: packets arrive, but nothing listens.
  case closed
  /// There is no answer: a firewall drops the packets, or they do not reach the host.
  case filtered
}
