import Testing

@testable import Simulator

/// Arrays whose copies share memory until one of them is made unique.
@Suite struct SlabTests {
  private static func slab(_ numbers: Int...) -> Slab<Int> {
    var slab = Slab<Int>()
    for number in numbers { slab.append(number) }
    return slab
  }

  private static func elements(_ slab: Slab<Int>) -> [Int] { slab.indices.map { slab[$0] } }

  @Test func `a slab keeps appended elements`() {
    var slab = Slab<Int>()
    for number in 0..<1_000 { slab.append(number) }
    #expect(SlabTests.elements(slab) == Array(0..<1_000))
    #expect(slab.last == 999)
  }

  @Test func `a copy writes only to its own block`() {
    let original = SlabTests.slab(1, 2, 3)
    var copy = original
    copy.makeUnique()
    copy[1] = 9
    #expect(SlabTests.elements(original) == [1, 2, 3])
    #expect(SlabTests.elements(copy) == [1, 9, 3])
  }

  @Test func `an original that was made unique does not change the copy`() {
    var original = SlabTests.slab(1, 2, 3)
    let copy = original
    original.makeUnique()
    original[0] = 7
    original.append(8)
    #expect(SlabTests.elements(original) == [7, 2, 3, 8])
    #expect(SlabTests.elements(copy) == [1, 2, 3])
  }

  @Test func `a growing copy does not change the original`() {
    let original = SlabTests.slab(1)
    var copy = original
    copy.makeUnique()
    for number in 2...100 { copy.append(number) }
    #expect(SlabTests.elements(original) == [1])
    #expect(SlabTests.elements(copy) == Array(1...100))
  }

  @Test func `the last element can be removed`() {
    var slab = SlabTests.slab(1, 2)
    #expect(slab.removeLast() == 2)
    #expect(SlabTests.elements(slab) == [1])
  }

  @Test func `nothing is left when all are removed`() {
    var slab = SlabTests.slab(1, 2)
    slab.removeAll()
    #expect(slab.count == 0)
    #expect(slab.last == nil)
  }

  @Test func `slabs with equal elements are equal`() {
    #expect(SlabTests.slab(1, 2) == SlabTests.slab(1, 2))
    #expect(SlabTests.slab(1, 2) != SlabTests.slab(1, 3))
    #expect(SlabTests.slab(1, 2) != SlabTests.slab(1))
  }
}
