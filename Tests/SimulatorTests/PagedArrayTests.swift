import Testing

@testable import Simulator

@Suite struct PagedArrayTests {
  private static func pages(_ numbers: Range<Int>) -> PagedArray<Int> {
    var pages = PagedArray<Int>()
    for number in numbers { pages.append(number) }
    return pages
  }

  private static func elements(_ pages: PagedArray<Int>) -> [Int] { pages.indices.map { pages[$0] } }

  @Test func `pages keep every element that was appended`() {
    #expect(PagedArrayTests.elements(PagedArrayTests.pages(0..<2_000)) == Array(0..<2_000))
  }

  @Test func `writing to a copy does not change the original`() {
    let original = PagedArrayTests.pages(0..<2_000)
    var copy = original
    copy[0] = -1
    copy[1_999] = -2
    copy.append(-3)
    #expect(PagedArrayTests.elements(original) == Array(0..<2_000))
    #expect(PagedArrayTests.elements(copy) == [-1] + Array(1..<1_999) + [-2, -3])
  }

  @Test func `writing to the original does not change a copy`() {
    var original = PagedArrayTests.pages(0..<600)
    let copy = original
    original[599] = 7
    original.append(8)
    #expect(PagedArrayTests.elements(original) == Array(0..<599) + [7, 8])
    #expect(PagedArrayTests.elements(copy) == Array(0..<600))
  }

  @Test(arguments: [0, 1, 511, 512, 513, 1_024, 1_999, 2_000])
  func `the oldest elements can be dropped`(count: Int) {
    var pages = PagedArrayTests.pages(0..<2_000)
    let whole = pages
    pages.removeFirst(count)
    for number in 2_000..<2_600 { pages.append(number) }
    #expect(PagedArrayTests.elements(pages) == Array(count..<2_600))
    #expect(PagedArrayTests.elements(whole) == Array(0..<2_000))
  }

  @Test func `pages with equal elements are equal, whatever was dropped before`() {
    var dropped = PagedArrayTests.pages(0..<1_300)
    dropped.removeFirst(700)
    #expect(dropped == PagedArrayTests.pages(700..<1_300))
    dropped[599] = 0
    #expect(dropped != PagedArrayTests.pages(700..<1_300))
  }
}
