import Testing

@testable import Simulator

@Suite struct ClockTests {
  private static func subjects(_ clock: inout Clock) -> [Int32] {
    var subjects: [Int32] = []
    while !clock.isEmpty { subjects.append(clock.next().subject) }
    return subjects
  }

  @Test func `events happen in the order of time, and at one moment in the order of scheduling`() {
    var clock = Clock()
    for (subject, delay) in [(1, 5), (2, 3), (3, 5), (4, 0)] as [(Int32, Int64)] {
      clock.schedule(event: 0, subject: subject, generation: 0, in: delay)
    }
    #expect(ClockTests.subjects(&clock) == [4, 2, 1, 3])
    #expect(clock.now == 5)
  }

  @Test func `timers of one length share a queue`() {
    var clock = Clock()
    #expect(clock.timerQueue(length: 7) == clock.timerQueue(length: 7))
    #expect(clock.timerQueue(length: 7) != clock.timerQueue(length: 8))
  }

  @Test func `only the first timer of a queue is scheduled`() {
    var clock = Clock()
    let queue = clock.timerQueue(length: 7)
    for subject in 1...40 as ClosedRange<Int32> {
      clock.start(1, subject: subject, generation: 0, in: queue, queueEvent: 9)
    }
    #expect(clock.count == 1)
    #expect(clock.next().event == 9)
    #expect((1...40).map { _ in clock.removeFirst(of: queue).subject } == Array(1...40))
    #expect(clock.first(of: queue) == nil)
  }
}
