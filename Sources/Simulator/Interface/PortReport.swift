import Blueprint

/// The place from which ports are scanned.
public enum Vantage: Equatable, Sendable {
  /// An address on the internet that no rule names.
  case internet
  case host(String)

  public var text: String {
    switch self {
    case .internet: FaultTarget.internet
    case .host(let name): name
    }
  }
}

/// A port of a host, as a scan finds it.
public struct PortReport: Equatable, Sendable {
  public let host: String
  public let port: Int
  public let state: PortState
  /// The component that listens there.
  public let part: ComponentKind?
}

/// How a port answers a scan.
public enum PortState: String, Sendable {
  /// The connection is accepted.
  case open
  /// The connection is refused: packets arrive, but nothing listens.
  case closed
  /// There is no answer: a firewall drops the packets, or the host is not reached.
  case filtered
}
