import Testing

@testable import Shell

/// The drawing that `why` makes of a request: a row with a bar for each step.
@Suite struct WaterfallTests {
  @Test(arguments: ["lb-1.firewall", "lb-1.certificate"])
  func `a failed target is not offered for removal`(
    _ component: String
  ) {
    var session = Tutor.design("secured", ["break \(component)", "send 1"])
    let cures = session.do("why last failed").json["cures"]?.elements.compactMap { $0.string } ?? []
    #expect(!cures.isEmpty)
    #expect(cures.allSatisfy { $0.contains("repair") && !$0.contains("remove") }, "\(cures)")
  }

  @Test func `work that begins or ends after the user gave up is drawn`() {
    var session = Tutor.design("textbook", ["break lb-1.haproxy slow 10s", "send 3 rate 100/s", "send 3"])
    #expect(
      session.do("why 1").text == """
          request 1, read: timeout after 6.0 s
                                   0       5 s     10 s
          lb-1.haproxy       0 ms  ████████████████████  server-1's turn (of 2)
          user              6.0 s             ▏          gives up
          user              6.0 s             ▏          sees no answer
          server-1.nginx   10.0 s                     ▏  on to the application beside it
          server-1.app     10.0 s                     ▏  on to the node beside it
          server-1.mysql   10.0 s                     ▏  answers: OK
          █ at work   · waiting   ▏ too short to draw
          Fault on the path: lb-1.haproxy is slow: each request takes 10.0 s longer,
                             since 10.000 s
          This would have prevented the failure: repair lb-1.haproxy
        """)
    for number in 2...6 {
      #expect(session.do("why \(number)").lines.map(\.text).filter { $0.count > 80 } == [])
    }
  }
}
