/// Whether a value that consists of several slabs shares them with a copy.
///
/// One check replaces one for each slab.
struct Ownership: Equatable, Sendable {
  private var token = OwnershipToken()

  /// Returns whether there is a copy. If so, call `own` of every slab now: from then on this is false until the next copy.
  @inline(__always)
  mutating func isShared() -> Bool {
    if isKnownUniquelyReferenced(&token) { return false }
    token = OwnershipToken()
    return true
  }

  static func == (a: Ownership, b: Ownership) -> Bool { true }
}

private final class OwnershipToken: Sendable {}
