/// An array in one block of memory. All copies share the block until one of them calls `makeUnique`.
///
/// A Swift array checks at every write whether it is shared and whether the index is in range. A million
/// requests cause about fifty million writes. A simulation therefore calls `makeUnique` once, at the start of
/// an action, and then writes without checking for sharing.
struct Slab<Element: BitwiseCopyable>: @unchecked Sendable {
  private var block: SlabBlock
  private var base: UnsafeMutablePointer<Element>
  private(set) var count = 0

  init() {
    block = .none
    base = block.base.assumingMemoryBound(to: Element.self)
  }

  /// Gives this value its own block of memory. Call this before the first write of an action.
  mutating func makeUnique() {
    if block.capacity > 0, !isKnownUniquelyReferenced(&block) { move(toCapacity: block.capacity) }
  }

  private mutating func move(toCapacity capacity: Int) {
    let new = SlabBlock(capacity: capacity, stride: MemoryLayout<Element>.stride)
    let newBase = new.base.bindMemory(to: Element.self, capacity: capacity)
    newBase.update(from: base, count: count)
    block = new
    base = newBase
  }

  mutating func append(_ element: Element) {
    if count == block.capacity { move(toCapacity: max(16, count * 2)) }
    base[count] = element
    count += 1
  }

  mutating func removeLast() -> Element {
    precondition(count > 0)
    count -= 1
    return base[count]
  }

  mutating func removeAll() {
    count = 0
  }

  /// Calls `body` with the element. Its address is computed only once.
  @inline(__always)
  func edit<Result>(_ id: ID<Element>, _ body: (inout Element) -> Result) -> Result {
    precondition(id.raw >= 0 && Int(id.raw) < count)
    return body(&base[Int(id.raw)])
  }

  /// Returns a pointer to the element. It is valid until the slab grows.
  @inline(__always)
  func pointer(to i: Int) -> UnsafeMutablePointer<Element> {
    precondition(i >= 0 && i < count)
    return base + i
  }

  var last: Element? { count > 0 ? base[count - 1] : nil }

  var indices: Range<Int> { 0..<count }

  /// The identifiers of all current elements.
  var ids: IDs<Element> { IDs(count: count) }

  /// The identifier that the next appended element gets.
  var nextID: ID<Element> { ID(count) }

  /// The element, accessed in place: reading or writing a field moves only that field.
  subscript(i: Int) -> Element {
    unsafeAddress {
      precondition(i >= 0 && i < count)
      return UnsafePointer(base + i)
    }
    nonmutating unsafeMutableAddress {
      precondition(i >= 0 && i < count)
      return base + i
    }
  }

  subscript(id: ID<Element>) -> Element {
    unsafeAddress {
      precondition(id.raw >= 0 && Int(id.raw) < count)
      return UnsafePointer(base + Int(id.raw))
    }
    nonmutating unsafeMutableAddress {
      precondition(id.raw >= 0 && Int(id.raw) < count)
      return base + Int(id.raw)
    }
  }
}

/// The memory of a slab. The block does not depend on the type of the elements.
private final class SlabBlock: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let capacity: Int

  /// The block of every empty slab. It is never written to.
  static let none = SlabBlock(capacity: 0, stride: 1)

  init(capacity: Int, stride: Int) {
    base = .allocate(byteCount: capacity * stride, alignment: 16)
    self.capacity = capacity
  }

  deinit { base.deallocate() }
}

extension Slab: Equatable where Element: Equatable {
  static func == (a: Slab, b: Slab) -> Bool {
    guard a.count == b.count else { return false }
    return a.base == b.base || a.indices.allSatisfy { a[$0] == b[$0] }
  }
}
