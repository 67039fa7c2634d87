import Blueprint

/// Bytes that say nothing: what encryption leaves of a text for those who have no key. No real cipher; the same site, the
/// same request and the same wire give the same bytes.
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

  /// The first bytes of an encrypted text, in hexadecimal digits.
  mutating func hex(of text: [String], count: Int = 24) -> String {
    let plain = Array(text.joined(separator: "\r\n").utf8.prefix(count))
    var written: [UInt8] = []
    for byte in plain {
      let hidden = byte ^ next()
      written += [Cipher.digits[Int(hidden >> 4)], Cipher.digits[Int(hidden & 15)]]
    }
    return String(decoding: written, as: UTF8.self)
  }

  /// So many digits of chance, for a session's name.
  mutating func token(_ count: Int = 12) -> String {
    String(decoding: (0..<count).map { _ in Cipher.digits[Int(next() & 15)] }, as: UTF8.self)
  }
}
