import Testing

@testable import Simulator

@Suite struct WriteHistoryTests {
  /// Returns a first term with `count` writes, one per nanosecond from 1 ns on, and their positions.
  private static func history(_ count: Int) -> (WriteHistory, [WritePosition]) {
    var history = WriteHistory()
    history.begin()
    let positions = (0..<count).map {
      history.append(to: WritePosition.start.term, request: Int32($0), now: Int64($0) + 1)
    }
    return (history, positions)
  }

  @Test func `a later position contains an earlier one of its term`() {
    let (history, positions) = WriteHistoryTests.history(3)
    #expect(history.contains(positions[2], positions[0]))
    #expect(!history.contains(positions[0], positions[2]))
  }

  @Test func `a term contains what its primary had when it began`() {
    var (history, positions) = WriteHistoryTests.history(3)
    let start = history.beginTerm(at: positions[1])
    #expect(history.contains(start, positions[1]))
    #expect(!history.contains(start, positions[2]))
    #expect(history.contains(positions[2], start), "a new term adds no write")
    let next = history.append(to: start.term, request: 9, now: 7)
    #expect(!history.contains(positions[2], next))
    #expect(history.total(start) == 2)
  }

  @Test func `a node receives the writes that were stored early enough`() {
    let (history, positions) = WriteHistoryTests.history(5)
    #expect(history.advance(.start, to: positions[4], storedBy: 3) == positions[2])
    #expect(history.advance(.start, to: positions[4], storedBy: 9) == positions[4])
  }

  @Test func `a node replicates into a new term`() {
    var (history, positions) = WriteHistoryTests.history(3)
    let start = history.beginTerm(at: positions[1])
    let target = history.append(to: start.term, request: 9, now: 7)
    #expect(history.advance(positions[0], to: target, storedBy: 9) == target)
  }

  @Test func `only acknowledged writes that the other lacks are lost`() {
    var (history, positions) = WriteHistoryTests.history(4)
    for position in [positions[0], positions[2]] { history.acknowledge(position) }
    let start = history.beginTerm(at: positions[1])
    #expect(history.acknowledgedRequests(in: positions[3], missingIn: start) == [2])
    #expect(history.acknowledgedRequests(in: start, missingIn: positions[3]) == [])
  }
}
