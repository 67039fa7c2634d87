/// The identifier of a `Thing`: its index in a table.
///
/// Identifiers of different things have different types, so they cannot be confused.
struct ID<Thing>: BitwiseCopyable, Hashable, Sendable {
  let raw: Int32

  @inline(__always)
  init(_ raw: Int32) { self.raw = raw }

  @inline(__always)
  init(_ index: Int) { raw = Int32(truncatingIfNeeded: index) }

  /// The null identifier. An optional would enlarge every structure that stores an identifier.
  @inline(__always)
  static var none: ID { ID(Int32(-1)) }

  @inline(__always)
  var exists: Bool { raw >= 0 }

  /// The identifier as an index of an array.
  @inline(__always)
  var index: Int { Int(raw) }

  @inline(__always)
  static func == (a: ID, b: ID) -> Bool { a.raw == b.raw }

  @inline(__always)
  static func != (a: ID, b: ID) -> Bool { a.raw != b.raw }
}

/// The identifiers of `count` consecutive things in a table.
struct IDs<Thing>: Sequence, IteratorProtocol {
  private var index: Int32
  private let end: Int32

  init(count: Int) { self.init(from: .init(0), count: count) }

  init(from first: ID<Thing>, count: Int) {
    index = first.raw
    end = first.raw + Int32(truncatingIfNeeded: count)
  }

  @inline(__always)
  mutating func next() -> ID<Thing>? {
    guard index < end else { return nil }
    index += 1
    return ID(index - 1)
  }
}

extension Array {
  /// The element with this identifier.
  subscript(id: ID<Element>) -> Element {
    @inline(__always) _read { yield self[id.index] }
    @inline(__always) _modify { yield &self[id.index] }
  }

  var ids: IDs<Element> { IDs(count: count) }
}
