import Course
import Foundation
import Shell
import Testing

/// Each check of `tripod test`, with a lesson that fails only that check.
@Suite struct LessonCheckTests {
  @Test func `the base lesson of these tests passes`() {
    #expect(tested(smallLesson).failures == [])
  }

  struct LessonMistake: CustomTestStringConvertible {
    let old: String
    let new: String
    let checks: [String]
    let message: String

    var testDescription: String { "\(old) becomes \(new)" }
  }

  static let mistakes = [
    LessonMistake(
      old: "4 of 4 answered", new: "5 of 5 answered", checks: ["demo 1"], message: "says something else"),
    LessonMistake(
      old: "!tripod> break nothing", new: "tripod> break nothing", checks: ["demo 1"], message: "is refused"),
    LessonMistake(
      old: "!tripod> break nothing", new: "!tripod> break server-1", checks: ["demo 1"], message: "is obeyed"),
    LessonMistake(
      old: "```tripod solution\nanswer 4", new: "```tripod solution\nanswer 5", checks: ["many › solution 1"],
      message: "not accepted"),
    LessonMistake(old: "answer 3\n", new: "answer 5\n", checks: ["many › variant 1"], message: "expected: 5"),
    LessonMistake(
      old: "=> the odd one", new: "=> the even one", checks: ["many › wrong 1"],
      message: "does not contain “the even one”"),
    LessonMistake(
      old: "answer 7 =>", new: "answer 4 =>", checks: ["many › wrong 2"], message: "it passes, and should not"
    ),
    LessonMistake(
      old: "answer 7 =>", new: "answer ? =>", checks: ["many › wrong 2"],
      message: "it is refused, and not judged"),
    LessonMistake(
      old: "expect: .by_server[server-1]", new: "expect: 4",
      checks: ["many › variant 1", "many › depends on the world"], message: "expected: 3"),
    LessonMistake(
      old: "set server-2 state drain\n```", new: "set server-2 state drain\nset server-1 weight 3\n```",
      checks: ["fail › solution 1"], message: "reached already before “set server-1 weight 3”"),
    LessonMistake(
      old: "show\nset server-2 state drain", new: "show", checks: ["fail › solution 1"],
      message: "does not reach the goal"),
    LessonMistake(
      old: "=> both serve", new: "=> nobody serves", checks: ["fail › wrong 1"],
      message: "does not contain “nobody serves”"),
    LessonMistake(
      old: "set server-2 weight 2 =>", new: "set server-2 state maint =>", checks: ["fail › wrong 2"],
      message: "it passes, and should not"),
    LessonMistake(
      old: "reset\n", new: "set server-2 state drain\n",
      checks: ["fail › not met at the start", "fail › wrong 1", "fail › wrong 2"],
      message: "reached at the start"),
    LessonMistake(
      old: "reset\n", new: "break elephant\n", checks: ["fail › setup", "fail › setup", "skipping"],
      message: "elephant"),
    LessonMistake(old: "start: textbook", new: "start: elephant", checks: ["start"], message: "no design"),
    LessonMistake(
      old: "minutes: 5", new: "needs: [elephant]", checks: ["needs"], message: "no lesson “elephant”"),
    LessonMistake(
      old: ".by_server[server-1]\nwhen", new: ".by_elephant\nwhen", checks: ["many › facts"],
      message: "by_elephant"),
    LessonMistake(
      old: "kind: number", new: "kind: set", checks: ["many › kind"],
      message: "a number is no answer of kind set"),
    LessonMistake(
      old: ".by_server[server-2] == 2", new: ".by_server[server-1] > 1", checks: ["demonstration"],
      message: "cannot be decided: more than one of the claims holds here"),
    LessonMistake(
      old: "note: Hands up.", new: "run: break elephant", checks: ["demonstration"],
      message: "“break elephant” is refused"),
    LessonMistake(
      old: """
        run: send 3 static
        ask: Who gets more of three?
        a "the first server": .by_server[server-1] == 2
        b "the second server": .by_server[server-2] == 2
        """, new: "run: show", checks: ["demonstration"],
      message: "nothing in it changes the site"),
    LessonMistake(
      old: ".by_server[server-2] == 2", new: ".by_elephant == 2", checks: ["demonstration"],
      message: "by_elephant"),
  ]

  @Test(arguments: mistakes) func `a mistake in a lesson is found, and only that mistake`(
    _ mistake: LessonMistake
  ) {
    let text = smallLesson.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
    #expect(text != smallLesson)
    let result = tested(text)
    #expect(result.failures == mistake.checks.map { "small › \($0)" })
    let message = result.checks.first { !$0.isOK }?.message.joined(separator: "\n") ?? ""
    #expect(message.contains(mistake.message), "\(message)")
  }

  @Test func `elements with a count of zero are not in the answer`() {
    let text = smallLesson.replacing("run: send 7", with: "run: send 1")
      .replacing("kind: number", with: "kind: set")
      .replacing(
        "expect: .by_server[server-1]",
        with: "expect: {server-1: .by_server[server-1], server-2: .by_server[server-2]}"
      )
      .replacing("when 3:", with: "when server-2:")
      .replacing("answer 4", with: "answer server-1")
      .replacing("answer 3\n", with: "answer server-2\n")
      .replacing("answer 3 =>", with: "answer server-2 =>")
      .replacing("answer 7", with: "answer lb-1")
    #expect(tested(text).failures == [])
    // In the variant, another server gets the request. Without the variant's command, its answer is wrong.
    #expect(
      tested(text.replacing("send 1\nanswer", with: "show\nanswer")).failures == ["small › many › variant 1"])
  }

  @Test func `an endless command is stopped, and the lesson fails`() {
    let text = smallLesson.replacing("send 4 static", with: "wait 365d")
    #expect(tested(text, allowance: Allowance(most: 60)).failures == ["small › demo 1"])
    // The work of all checks together is limited too.
    let spent = tested(text, allowance: Allowance(most: 60, checks: 1))
    #expect(spent.failures == ["small › demo 1", "small › work"])
  }
}
