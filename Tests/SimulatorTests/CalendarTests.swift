import Testing

@testable import Simulator

@Suite struct CalendarTests {
  private static func entry(at time: UInt64, _ order: UInt64) -> CalendarEntry {
    CalendarEntry(key: UInt128(time) << 64 | UInt128(order), event: 1, generation: 0, subject: Int32(order))
  }

  @Test func `a new calendar is empty`() {
    var calendar = Calendar()
    #expect(calendar.isEmpty)
    #expect(calendar.nextTime == nil)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 16, 17, 1_000]) func `entries are returned in sorted order`(
    _ count: Int
  ) {
    var generator = RandomGenerator(seed: UInt64(count))
    let entries = (0..<count).map { CalendarTests.entry(at: generator.below(50), UInt64($0)) }
    var calendar = Calendar()
    for entry in entries { calendar.insert(entry) }
    let actual = (0..<count).map { _ in calendar.next() }
    #expect(actual == entries.sorted { $0.key < $1.key })
    #expect(calendar.isEmpty)
  }

  @Test func `entries with the same time are returned in the order of scheduling`() {
    var calendar = Calendar()
    for order in 1...100 { calendar.insert(CalendarTests.entry(at: 7, UInt64(order))) }
    #expect((1...100).map { _ in Int(calendar.next().subject) } == Array(1...100))
  }

  @Test(arguments: 1...20) func `inserting and taking in any order agrees with a sorted list`(_ seed: UInt64)
  {
    var generator = RandomGenerator(seed: seed)
    var calendar = Calendar()
    var list: [CalendarEntry] = []
    var actual: [CalendarEntry] = []
    var expected: [CalendarEntry] = []
    for order in 0..<500 as Range<UInt64> {
      if generator.below(3) > 0 || list.isEmpty {
        let entry = CalendarTests.entry(at: generator.below(1_000), order)
        calendar.insert(entry)
        list.append(entry)
      } else {
        list.sort { $0.key > $1.key }
        actual.append(calendar.next())
        expected.append(list.removeLast())
      }
    }
    #expect(actual == expected)
    #expect(calendar.count == list.count)
  }
}
