import Blueprint

/// A generator of bytes that look like encrypted text. It does not encrypt anything.
///
/// The same site, request and link always give the same bytes.
struct Cipher {
  private var state: UInt64

  init(seed: UInt64, request: Int, link: String) {
    state = seed ^ UInt64(truncatingIfNeeded: request) &* 0x9E37_79B9_7F4A_7C15
    for byte in link.utf8 { state = (state ^ UInt64(byte)) &* 0x0100_0000_01B3 }
    if state == 0 { state = 1 }
  }

  private mutating func next() -> UInt8 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return UInt8(truncatingIfNeeded: state >> 32)
  }

  private static let digits = Array("0123456789abcdef".utf8)

  /// Returns the first `count` bytes of a text as if they were encrypted, in hexadecimal digits.
  mutating func hex(of text: [String], count: Int = 24) -> String {
    let plain = Array(text.joined(separator: "\r\n").utf8.prefix(count))
    var written: [UInt8] = []
    for byte in plain {
      let encrypted = byte ^ next()
      written += [Cipher.digits[Int(encrypted >> 4)], Cipher.digits[Int(encrypted & 15)]]
    }
    return String(decoding: written, as: UTF8.self)
  }

  /// Returns a random session identifier with `count` digits.
  mutating func token(_ count: Int = 12) -> String {
    String(decoding: (0..<count).map { _ in Cipher.digits[Int(next() & 15)] }, as: UTF8.self)
  }
}
