/// `source`: by the client's address, so that the same client comes to the same server.
///
/// With a table the hash is the address itself, a number of 32 bits: of three equal servers `127.0.3.1`
/// gets the third (2130707201 mod 3 = 2), its neighbours the next ones. With `consistent` it is mixed
/// first.
enum SourceHash {
  /// Of the four numbers of an IPv4 address.
  static func of(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> UInt32 {
    UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
  }

  /// Of an IPv4 address as it is written, or nil if it is none.
  static func of(_ address: String) -> UInt32? {
    var hash: UInt32 = 0
    var dots = 0
    var number: UInt32?
    for byte in address.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        number = (number ?? 0) * 10 + UInt32(byte - UInt8(ascii: "0"))
        if (number ?? 0) > 255 { return nil }
      case UInt8(ascii: "."):
        guard let part = number, dots < 3 else { return nil }
        hash = hash << 8 | part
        dots += 1
        number = nil
      default: return nil
      }
    }
    guard let part = number, dots == 3 else { return nil }
    return hash << 8 | part
  }
}
