import Blueprint

/// `source`: by the client's address, so that the same client gets the same server.
///
/// With a table the hash is the address itself, a number of 32 bits: of three equal servers `127.0.3.1` gets the third
/// (2130707201 mod 3 = 2), its neighbours the next ones. With `consistent` it is mixed first.
enum SourceHash {
  static func of(_ address: IPv4) -> UInt32 { address.number }
}
