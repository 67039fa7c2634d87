/// An array that stores its elements in pages, oldest first.
///
/// Copies share each page until one of them writes to it, so copying many elements is cheap. The oldest
/// elements can be dropped without moving the others.
struct PagedArray<Element: BitwiseCopyable>: Sendable {
  private var pages: [Slab<Element>] = []
  /// The number of elements that have been dropped from the beginning of the first page.
  private var dropped = 0
  private(set) var count = 0

  private static var pageSize: Int { 512 }

  var indices: Range<Int> { 0..<count }

  subscript(i: Int) -> Element {
    get {
      precondition(i >= 0 && i < count)
      let index = dropped + i
      return pages[index / Self.pageSize][index % Self.pageSize]
    }
    _modify {
      precondition(i >= 0 && i < count)
      let index = dropped + i
      let page = index / Self.pageSize
      pages[page].makeUnique()
      yield &pages[page][index % Self.pageSize]
    }
  }

  mutating func append(_ element: Element) {
    if (dropped + count) % Self.pageSize == 0 { pages.append(Slab()) }
    let last = pages.count - 1
    pages[last].makeUnique()
    pages[last].append(element)
    count += 1
  }

  /// Removes the oldest `gone` elements.
  mutating func removeFirst(_ gone: Int) {
    precondition(gone >= 0 && gone <= count)
    dropped += gone
    count -= gone
    pages.removeFirst(dropped / Self.pageSize)
    dropped %= Self.pageSize
  }
}

extension PagedArray: Equatable where Element: Equatable {
  static func == (a: PagedArray, b: PagedArray) -> Bool {
    guard a.count == b.count else { return false }
    if a.dropped == b.dropped, a.pages == b.pages { return true }
    return a.indices.allSatisfy { a[$0] == b[$0] }
  }
}
