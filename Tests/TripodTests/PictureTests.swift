import Foundation
import Testing

/// The drawings that the built program shows at a terminal, as a person approved them.
@Suite struct PictureTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "ShellTests/Pictures/Golden")

  /// Each design, a site with faults, and the legend.
  static let pictures: [(name: String, commands: String)] =
    DesignListTests.names.map { (name: $0, commands: "load \($0); send 10 mix; show") } + [
      ("broken", "load balancer-pair; break lb-1; break server-2; wait 20s; send 9; show"),
      ("legend", "show legend"),
    ]

  @Test(arguments: pictures.map(\.name), [60, 80, 120])
  func `a picture is drawn in colour, without colour, and in ASCII`(_ name: String, _ width: Int) throws {
    let colored = try pictureText(name, width, ["LANG": "C.UTF-8"])
    #expect(try colored.withColorMarks == golden("\(name)-\(width).looks"))
    let plain = try pictureText(name, width, ["LANG": "C.UTF-8", "NO_COLOR": "1"])
    #expect(try plain == golden("\(name)-\(width).txt"))
    let simple = try pictureText(name, width, ["LANG": "C", "NO_COLOR": "1"])
    #expect(try simple == golden("\(name)-\(width).ascii", updatedBy: simple))
    #expect(simple.utf8.allSatisfy { $0 < 128 })
    for line in plain.split(separator: "\n") { #expect(line.count <= width) }
  }

  @Test(arguments: [["TERM": "dumb"], ["NO_COLOR": "1"], ["TERM": ""]])
  func `there is no colour if it is turned off`(_ environment: [String: String]) throws {
    let output = try pictureText("textbook", 80, environment)
    #expect(try output == golden("textbook-80.txt"))
  }

  /// Returns the last picture after the commands, at a terminal with this width.
  private func pictureText(_ name: String, _ width: Int, _ environment: [String: String]) throws -> String {
    let commands = PictureTests.pictures.first { $0.name == name }?.commands ?? ""
    let terminal = try Terminal(
      program: [BuiltProgram.program.path, "-c", commands], environment: environment, columns: width)
    let text = terminal.readRest()
    #expect(terminal.child.waitForExit() == 0)
    guard let users = text.firstRange(of: /\n *users[^\n]*\n/) else { return text }
    return String(text[text.index(after: users.lowerBound)...])
  }

  private func golden(_ file: String, updatedBy new: String? = nil) throws -> String {
    let url = PictureTests.folder.appending(path: file)
    if let new, ProcessInfo.processInfo.environment["TRIPOD_UPDATE"] == "1" {
      try new.write(to: url, atomically: true, encoding: .utf8)
    }
    return try String(contentsOf: url, encoding: .utf8)
  }
}

extension String {
  /// The text with its colours as marks: `{accent}`, `+good+`, `!failed!`, `?attention?`, `~faint~`.
  fileprivate var withColorMarks: String {
    replacing(/\u{1b}\[(36|31|32|33|2)m([^\u{1b}]*)\u{1b}\[0m/) { match in
      switch match.1 {
      case "36": "{\(match.2)}"
      case "32": "+\(match.2)+"
      case "31": "!\(match.2)!"
      case "33": "?\(match.2)?"
      default: "~\(match.2)~"
      }
    }
  }
}
