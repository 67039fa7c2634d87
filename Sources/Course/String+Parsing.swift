extension String {
  var trimmed: String { Substring(self).trimmed }

  /// The number of spaces and tabs at the beginning.
  var indent: Int { prefix { $0 == " " || $0 == "\t" }.count }

  /// Returns the text before and after the first occurrence of a mark.
  func parted(at mark: String) -> (before: String, behind: String)? {
    let wanted = Array(mark.utf8)
    guard let first = wanted.first else { return nil }
    var rest = utf8[...]
    while let start = rest.firstIndex(of: first) {
      if rest[start...].starts(with: wanted) {
        return (String(self[..<start]), String(self[utf8.index(start, offsetBy: wanted.count)...]))
      }
      rest = rest[utf8.index(after: start)...]
    }
    return nil
  }

  func has(_ words: String) -> Bool { words.isEmpty || parted(at: words) != nil }

  /// The 64-bit FNV-1a hash of the text, in hexadecimal. It is the same on every computer.
  var fingerprint: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

extension Substring {
  var trimmed: String {
    var rest = self
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return String(rest)
  }
}
