import Blueprint

/// `source`: the choice by the user's address, so that a user always gets the same server.
///
/// The hash is the address itself, as a 32-bit number. With a table of three equal servers, `127.0.3.1` gets
/// the third (2130707201 mod 3 = 2). The next two addresses get the first and the second server. With
/// `consistent`, the hash is mixed first.
enum SourceHash {
  static func of(_ address: IPv4) -> UInt32 { address.number }
}
