/// The destination of a packet on a host.
public enum Port: Hashable, Sendable, BitwiseCopyable {
  case tcp(Int)
  /// VRRP, the protocol for advertising which balancer holds a shared address. It has no ports.
  case vrrp

  public static let http = Port.tcp(80)
  public static let https = Port.tcp(443)
  public static let app = Port.tcp(8000)
  public static let mysql = Port.tcp(3306)
  /// The port on which a monitoring agent listens for the collector.
  public static let agent = Port.tcp(9100)

  public var text: String {
    switch self {
    case .tcp(let number): "\(number)"
    case .vrrp: "vrrp"
    }
  }

  /// Reads a port from 1 to 65535, or `vrrp`; nil for anything else.
  public init?(reading text: String) {
    if text.lowercased() == Port.vrrp.text {
      self = .vrrp
    } else {
      guard let number = Numeral.whole(text), (1...65_535).contains(number) else { return nil }
      self = .tcp(number)
    }
  }
}
