import Course
import Foundation
import Shell
import Testing

/// The page for authors of lessons, `Lessons/README.md`.
@Suite struct AuthorsPageTests {
  private static let page =
    (try? String(contentsOf: lessonFolder.appendingPathComponent("README.md"), encoding: .utf8)) ?? ""

  @Test func `the lesson on the page for authors passes`() {
    let sample = AuthorsPageTests.page.components(separatedBy: "````markdown\n").last?
      .components(separatedBy: "\n````")[0]
    #expect(tested(sample ?? "", isStrict: true).failures == [])
    #expect(tested(sample ?? "").checks.count > 10)
  }

  @Test func `the design on the page for authors passes`() throws {
    let section = try #require(AuthorsPageTests.page.components(separatedBy: "\n## Designs\n").last)
    let lines = section.components(separatedBy: "\n").drop { !$0.hasPrefix("    ") }
    let text = lines.prefix { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }.joined(separator: "\n")
    let runner = Tutor(designs: designs + [Document(name: "sample", text: text)], lessons: lessons)
    let result = DesignTest.test("sample", file: "sample.tripod", runner: runner, isStrict: true)
    #expect(result.failures == [])
    #expect(result.checks.count == 4)
  }

  @Test func `the page names every role and every kind of answer`() {
    for word in ["demo", "setup", "ask", "predict", "goal", "solution", "wrong", "variant", "present"] {
      #expect(AuthorsPageTests.page.contains("| `\(word)` |"))
    }
    for kind in Question.AnswerKind.allCases { #expect(AuthorsPageTests.page.contains(kind.rawValue)) }
  }
}
