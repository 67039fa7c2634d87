/// Names a host, or a part on it: `server-1`, `server-1.mysql`.
public struct Address: Hashable, Sendable {
  public var host: String
  public var part: ComponentKind?

  public init(_ host: String, _ part: ComponentKind? = nil) {
    self.host = host
    self.part = part
  }

  public var text: String {
    guard let part else { return host }
    return "\(host).\(part.rawValue)"
  }
}

/// An IP version 4 address, as a number: 10.0.0.1 is 167772161.
public struct IPv4: Hashable, Sendable {
  public var number: UInt32

  public init(_ number: UInt32) { self.number = number }

  public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
    number = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
  }

  public var text: String {
    "\(number >> 24).\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
  }

  /// The user who sends when nobody else is named.
  public static let someUser = IPv4(198, 51, 100, 7)
}
