import Foundation
import Testing

@testable import Shell

@Suite struct ReadmeTests {
  private static let readme: String = {
    let root = testFolder.deletingLastPathComponent().deletingLastPathComponent()
    return (try? String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)) ?? ""
  }()

  /// The lines of the first session that the README shows.
  private static let conversation: [String] = {
    let parts = readme.components(separatedBy: "```text\n")
    return parts.count > 1 ? parts[1].components(separatedBy: "```")[0].components(separatedBy: "\n") : []
  }()

  @Test func `the README's conversation equals the program's output`() {
    var session = Tutor(designs: designs)
    var output: [String] = []
    for line in ReadmeTests.conversation {
      guard let typed = line.wholeMatch(of: /tripod[^>]*> (.+)/) else { continue }
      output.append(session.prompt + typed.1)
      output += session.obey(String(typed.1)).lines.map(\.text)
    }
    #expect(output + [""] == ReadmeTests.conversation)
    #expect(output.count > 20)
  }

  @Test func `the README's list of lessons equals the program's`() {
    var session = Tutor(designs: designs, lessons: lessons)
    let members = session.do("lessons").json["lessons"]?.elements ?? []
    let rows = members.map { "| `\($0["id"]?.string ?? "")` | \($0["title"]?.string ?? "") |" }
    #expect(ReadmeTests.readme.contains(rows.joined(separator: "\n") + "\n\n"))
    #expect(rows.count == 18)
  }

  @Test func `each command in the README's table is possible`() {
    let purposes = ["look", "build", "act", "break and repair", "try", "judge", "learn"]
    let rows = ReadmeTests.readme.components(separatedBy: "\n").filter { line in
      purposes.contains { line.hasPrefix("| \($0) | `") }
    }
    #expect(rows.count == purposes.count)
    let commands = rows.joined().components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }
    #expect(commands.count > 20)
    for (_, command) in commands {
      let first = Words.split(firstOf: command)
      #expect(Command.all.contains { $0.name == first }, "\(command)")
    }
  }
}

extension Words {
  fileprivate static func split(firstOf command: String) -> String {
    String(command.split(separator: " ").first ?? "")
  }
}
