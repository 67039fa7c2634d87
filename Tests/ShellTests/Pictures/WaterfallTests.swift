import Testing

@testable import Shell

/// A request as a row of bars, drawn by `why`.
@Suite struct WaterfallTests {
  @Test func `work that begins or ends after the user has gone has its place`() {
    var session = Session.design("textbook", ["break lb-1.haproxy slow 10s", "send 3 rate 100/s", "send 3"])
    for number in 1...6 {
      let lines = session.do("why \(number)").lines.map(\.text)
      #expect(lines.contains { $0.contains("lb-1.haproxy") && $0.contains("·") })
      #expect(lines.filter { $0.count > 80 } == [])
    }
  }
}
