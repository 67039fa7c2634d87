/// An IPv4 address, stored as a number: 10.0.0.1 is 167772161.
public struct IPv4: Hashable, Sendable {
  public var number: UInt32

  public init(_ number: UInt32) { self.number = number }

  public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
    number = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
  }

  public var text: String {
    "\(number >> 24).\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
  }

  /// The default address of a user who sends requests.
  public static let defaultUser = IPv4(198, 51, 100, 7)
  /// The address of the operators, who are outside the site.
  public static let operatorAddress = IPv4(192, 0, 2, 50)

  public func isIn(_ network: IPv4, bits: Int) -> Bool {
    bits <= 0 || (number ^ network.number) >> UInt32(32 - bits) == 0
  }

  /// Returns the address with its first `bits` bits kept and the others set to 0.
  public func network(ofBits bits: Int) -> IPv4 {
    guard bits > 0 else { return IPv4(0) }
    let rest = UInt32(32 - bits)
    return IPv4((number >> rest) << rest)
  }
}

extension IPv4 {
  /// Reads an address such as `10.0.0.1`; nil for anything else.
  public init?(reading text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var number: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy(Numeral.isDigit), let byte = UInt8(part)
      else {
        return nil
      }
      number = number << 8 | UInt32(byte)
    }
    self.init(number)
  }

  /// Reads a network such as `10.0.0.0/8`: an address and the number of bits that count. Without the number,
  /// all bits count.
  public static func network(reading text: String) -> (IPv4, bits: Int)? {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard halves.count <= 2, let address = IPv4(reading: halves[0]) else { return nil }
    guard halves.count == 2 else { return (address, 32) }
    guard let bits = Numeral.whole(halves[1]), bits <= 32 else { return nil }
    return (address, bits)
  }
}
