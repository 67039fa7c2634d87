/// `uri`: the choice by the request's path, so that a page always comes from the same server and its cache.
///
/// The hash is sdbm, over the bytes before the question mark: `/a?x=1` and `/a?x=2` have the same hash. With
/// a table the hash is used unchanged; with `consistent` it is mixed first.
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
