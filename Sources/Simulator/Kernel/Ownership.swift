/// Detects whether a value with several slabs shares their memory with a copy.
///
/// This takes one check instead of one for each slab.
struct Ownership: Equatable, Sendable {
  private var token = OwnershipToken()

  /// Returns whether the memory is shared with a copy. If so, call `makeUnique` on every slab, and then
  /// `renew`.
  @inline(__always)
  mutating func isShared() -> Bool { !isKnownUniquelyReferenced(&token) }

  /// Records that every slab has its own memory.
  ///
  /// Call this last: afterwards, another thread may find that its copy is no longer shared, and write to it.
  mutating func renew() { token = OwnershipToken() }

  static func == (a: Ownership, b: Ownership) -> Bool { true }
}

private final class OwnershipToken: Sendable {}
