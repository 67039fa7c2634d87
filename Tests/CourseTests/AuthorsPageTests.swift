import Course
import Foundation
import Testing

/// The page for authors of lessons, `Lessons/README.md`.
@Suite struct AuthorsPageTests {
  private static let page =
    (try? String(contentsOf: lessonFolder.appendingPathComponent("README.md"), encoding: .utf8)) ?? ""

  @Test func `the lesson on the page for authors passes`() {
    let sample = AuthorsPageTests.page.components(separatedBy: "````markdown\n").last?
      .components(separatedBy: "\n````")[0]
    #expect(tested(sample ?? "").failures == [])
    #expect(tested(sample ?? "").checks.count > 10)
  }

  @Test func `the page names every role and every kind of answer`() {
    for word in ["demo", "setup", "ask", "predict", "goal", "solution", "wrong", "variant", "present"] {
      #expect(AuthorsPageTests.page.contains("| `\(word)` |"))
    }
    for kind in Question.AnswerKind.allCases { #expect(AuthorsPageTests.page.contains(kind.rawValue)) }
  }
}
