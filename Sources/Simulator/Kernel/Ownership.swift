/// Detects whether a value with several slabs shares their memory with a copy.
///
/// This takes one check instead of one for each slab.
struct Ownership: Equatable, Sendable {
  private var token = OwnershipToken()

  /// Returns whether the memory is shared with a copy. If so, call `own` of every slab at once. Until the
  /// next copy, this then returns false.
  @inline(__always)
  mutating func isShared() -> Bool {
    if isKnownUniquelyReferenced(&token) { return false }
    token = OwnershipToken()
    return true
  }

  static func == (a: Ownership, b: Ownership) -> Bool { true }
}

private final class OwnershipToken: Sendable {}
