/// Plain elements in one block of memory, shared by all copies of the value until one of them calls `own`.
///
/// An array asks at every write whether it is shared and whether the index is in range. A million requests write some
/// fifty million times, so a simulation asks once, at the start of an action, and then writes without asking. In debug
/// builds every access is checked.
///
/// Whether a type can be the element is looked up whenever a program starts: so no more is asked of it than is needed.
struct Slab<Element: BitwiseCopyable>: @unchecked Sendable {
  private var block: SlabBlock
  private var base: UnsafeMutablePointer<Element>
  private(set) var count = 0

  init() {
    block = .none
    base = block.base.assumingMemoryBound(to: Element.self)
  }

  /// To be called before the first write of an action.
  mutating func own() {
    if block.capacity > 0, !isKnownUniquelyReferenced(&block) { move(toCapacity: block.capacity) }
  }

  private mutating func move(toCapacity capacity: Int) {
    let new = SlabBlock(capacity: capacity, stride: MemoryLayout<Element>.stride)
    let place = new.base.bindMemory(to: Element.self, capacity: capacity)
    place.update(from: base, count: count)
    block = new
    base = place
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

  /// The element under one name for as long as it is worked on: its place in memory is found once.
  @inline(__always)
  func edit<Result>(_ i: Int32, _ body: (inout Element) -> Result) -> Result {
    precondition(i >= 0 && i < count)
    return body(&base[Int(i)])
  }

  /// Its place in memory, which lasts until the slab grows.
  @inline(__always)
  func place(of i: Int) -> UnsafeMutablePointer<Element> {
    precondition(i >= 0 && i < count)
    return base + i
  }

  var last: Element? { count > 0 ? base[count - 1] : nil }

  var indices: Range<Int> { 0..<count }

  /// In place: reading or writing a field moves that field only.
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

  subscript(i: Int32) -> Element {
    unsafeAddress {
      precondition(i >= 0 && i < count)
      return UnsafePointer(base + Int(i))
    }
    nonmutating unsafeMutableAddress {
      precondition(i >= 0 && i < count)
      return base + Int(i)
    }
  }
}

/// The memory of a slab; of which type its elements are is the slab's business.
private final class SlabBlock: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let capacity: Int

  /// What every slab begins with; nobody writes to it.
  static let none = SlabBlock(capacity: 0, stride: 1)

  init(capacity: Int, stride: Int) {
    base = .allocate(byteCount: capacity * stride, alignment: 16)
    self.capacity = capacity
  }

  deinit { base.deallocate() }
}

/// For a value that is made of several slabs and is not asked to own them before each change: tells in one question
/// whether it shares them with a copy.
struct Ownership: Equatable, Sendable {
  private var mark = Mark()

  private final class Mark: Sendable {}

  /// Where this is true, the slabs are to be owned now; it is false from then on, until there is another copy.
  @inline(__always)
  mutating func isShared() -> Bool {
    if isKnownUniquelyReferenced(&mark) { return false }
    mark = Mark()
    return true
  }

  static func == (a: Ownership, b: Ownership) -> Bool { true }
}

extension Slab: Equatable where Element: Equatable {
  static func == (a: Slab, b: Slab) -> Bool {
    guard a.count == b.count else { return false }
    return a.base == b.base || a.indices.allSatisfy { a[$0] == b[$0] }
  }
}
