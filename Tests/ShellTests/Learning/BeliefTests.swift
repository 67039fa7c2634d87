import Foundation
import Testing

@testable import Shell

/// Checks that the table of learners' beliefs, on the page for authors, is true.
@Suite struct BeliefTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let number: Int
    let lesson: String
    let task: String
    let experiment: String

    var testDescription: String { "\(number), \(lesson) › \(task)" }
  }

  static let rows: [Row] = {
    let root = testFolder.deletingLastPathComponent().deletingLastPathComponent()
    let page =
      (try? String(contentsOf: root.appendingPathComponent("Lessons/README.md"), encoding: .utf8)) ?? ""
    return page.matches(of: /\| (\d+) \| [^|]+ \| (\S+) › (\S+) \| `([^`]+)` \|\n/).map {
      Row(number: Int($0.1) ?? 0, lesson: String($0.2), task: String($0.3), experiment: String($0.4))
    }
  }()

  @Test func `all beliefs are refuted, except the two that the page names`() {
    #expect(Set(BeliefTests.rows.map(\.number)) == Set(1...45).subtracting([27, 44]))
  }

  @Test(arguments: rows) func `the command that should refute a belief does so at the start of the lesson`(
    _ row: Row
  ) throws {
    let text = try #require(lessons.first { $0.name == row.lesson }).text
    let start = text.firstMatch(of: /\nstart: (\S+)\n/).map { String($0.1) } ?? "textbook"
    var session = Tutor(designs: designs)
    session.do(start == "new" ? "new" : "load \(start)")
    let commands = Tutor.commands(in: row.experiment)
    #expect(commands.last?.hasPrefix("assert ") == true)
    for command in commands {
      let reply = session.obey(command)
      #expect(reply.isOK, "\(command): \(reply.failure?.message ?? "")")
    }
  }

  @Test(arguments: rows) func `the task shows the learner the experiment of the table`(_ row: Row) throws {
    let text = try #require(lessons.first { $0.name == row.lesson }).text
    let task = try #require(
      text.components(separatedBy: "<!-- task: ").first { $0.hasPrefix(row.task + " -->") })
    let pieces = row.experiment.replacing("assert ", with: ";").replacing(" and ", with: ";")
      .replacing(" == ", with: ";").replacing("run(", with: ";").replacing(")", with: ");")
      .split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
    let significantPieces = pieces.filter { $0.count > 5 && ($0.contains(" ") || $0.contains("(")) }
    let plain = significantPieces.map { $0.hasSuffix(")") && !$0.contains("(") ? String($0.dropLast()) : $0 }
    #expect(plain.contains { task.contains($0) }, "\(plain)")
  }
}
