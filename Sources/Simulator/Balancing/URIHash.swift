/// `uri`: by the path of the request, so that the same page comes from the same server and its cache.
///
/// The hash is sdbm, from the first byte up to the question mark: `/a?x=1` and `/a?x=2` are the same. With
/// a table it is taken as it is, with `consistent` it is mixed first.
enum URIHash {
  static func of(_ uri: String) -> UInt32 {
    var hash: UInt32 = 0
    for byte in uri.utf8 {
      if byte == UInt8(ascii: "?") { break }
      hash = hash &* 65_599 &+ UInt32(byte)
    }
    return hash
  }
}
