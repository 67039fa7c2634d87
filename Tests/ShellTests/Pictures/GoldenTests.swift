import Foundation
import Testing

@testable import Shell

/// The drawings of every design, as a person approved them. With `TRIPOD_UPDATE=1`, they are written again.
@Suite struct GoldenTests {
  private static let folder = testFolder.appendingPathComponent("Pictures/Golden")

  /// The drawings of each design, with the commands before them.
  static let drawings: [(name: String, commands: String)] =
    designs.map { ("\($0.name)", "load \($0.name); send 10 mix; show") } + [
      ("broken", "load balancer-pair; break lb-1; break server-2; wait 20s; send 9; show"),
      ("many", "new; \(servers(12)); set server-7 weight 3; break server-4.app; send 60; show"),
      ("waterfall", "break server-2.mysql; trace read; break server-1; trace write"),
      (
        "database",
        "load balancer-pair; set server-3 lag 2s; send 5 write; break server-2.mysql; show database"
      ),
      ("under-load", "set site service exponential; at 2s break server-1; send 3000 rate 100/s"),
      ("legend", "show legend"),
    ]

  static let widths = [60, 80, 120]

  private static func servers(_ count: Int) -> String {
    (1...count).map { "add server server-\($0)" }.joined(separator: "; ")
  }

  @Test(arguments: drawings.map(\.name), widths) func `each drawing equals the approved one`(
    _ name: String, _ width: Int
  )
    throws
  {
    let commands = GoldenTests.drawings.first { $0.name == name }?.commands ?? ""
    let lines = GoldenTests.lines(of: commands, width: width)
    try GoldenTests.expect(lines.map(\.text), as: "\(name)-\(width).txt")
    try GoldenTests.expect(lines.map(\.marked), as: "\(name)-\(width).looks")
  }

  /// Returns the last reply to the commands.
  private static func lines(of commands: String, width: Int) -> [Line] {
    var session = Tutor(designs: designs)
    session.screen = Screen(width: width)
    return session.do(commands).lines
  }

  private static func expect(_ lines: [String], as name: String) throws {
    let file = folder.appendingPathComponent(name)
    let text = lines.map { "\($0)\n" }.joined()
    if ProcessInfo.processInfo.environment["TRIPOD_UPDATE"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(try String(contentsOf: file, encoding: .utf8) == text, "\(name)")
    }
  }
}

extension Line {
  /// The text with its look as marks: `{accent}`, `+good+`, `!failed!`, `?attention?`, `~faint~`.
  fileprivate var marked: String {
    pieces.map { span in
      switch span.look {
      case .plain: span.text
      case .accent: "{\(span.text)}"
      case .good: "+\(span.text)+"
      case .failed: "!\(span.text)!"
      case .attention: "?\(span.text)?"
      case .faint: "~\(span.text)~"
      }
    }
    .joined()
  }
}
