import Course
import Foundation
import Testing

/// `true` comments: the words must be in the text above, and the fact must be true.
@Suite struct BackedPhraseTests {
  struct Case: CustomTestStringConvertible {
    /// A line of the small lesson, and the comment that is put below it.
    let below: String
    let comment: String
    /// The only failure, with its position and message, or an empty string.
    let failure: String

    var testDescription: String { "\(comment) below \(below)" }
  }

  static let fitting = [
    Case(
      below: "Take *four*\nrequests.", comment: "<!-- true \"Take four requests\": servers.count == 2 -->",
      failure: ""),
    // The site before the setup of the first task.
    Case(
      below: "Take *four*\nrequests.",
      comment: "<!-- true \"four\": run(send 1).by_server[server-1] == 1 -->", failure: ""),
    Case(
      below: "Take *four*\nrequests.",
      comment:
        "<!-- true\n  \"`four`\n  requests\":\n  servers.count\n  == 2 -->\n<!-- true \"Take\": 1 == 1 -->",
      failure: ""),
    Case(
      below: "- one\n- two of them",
      comment: "<!-- true \"two of\": run(send 2).by_server[server-2] == 1 -->", failure: ""),
    // A fact beside a prediction can use a field of its run.
    Case(below: "Count.", comment: "<!-- true \"Count\": .by_server[server-1] == 4 -->", failure: ""),
    Case(
      below: "turns are taken one by one\n```", comment: "<!-- true \"one by one\": .answered == 7 -->",
      failure: ""),
    Case(
      below: "turns are taken one by one\n```", comment: "<!-- true \"How many\": .answered == 7 -->",
      failure: ""),
    Case(
      below: "else \"both serve: {trace}\"\n```",
      comment: "<!-- true \"both serve\": run(send 4 read).by_server[server-2] == 2 -->", failure: ""),
    Case(
      below: "It drains.", comment: "<!-- true \"It drains\": run(send 4 read).by_server[server-2] == 2 -->",
      failure: ""),
    // After a task, the site is as its first solution leaves it.
    Case(
      below: "One serves.",
      comment: "<!-- true \"One serves\": run(send 4 read).by_server[server-2] == 0 -->", failure: ""),
    Case(
      below: "Say three.", comment: "<!-- true \"Say three\": run(send 4 read).by_server[server-2] == 2 -->",
      failure: ""),
  ]

  static let failing = [
    Case(
      below: "Take *four*\nrequests.", comment: "<!-- true \"five\": servers.count == 2 -->",
      failure: """
        small › true 1 12:12
        “five” is not in the text above; put the comment below the text, and copy its words
        """),
    Case(
      below: "## How many\n<!-- task: many -->", comment: "<!-- true \"four\": servers.count == 2 -->",
      failure: """
        small › many › true 1 27:12
        “four” is not in the text above; put the comment below the text, and copy its words
        """),
    Case(
      below: "<details><summary>Hint 1</summary>\n\nCount.\n</details>",
      comment: "<!-- true \"Count\": servers.count == 2 -->",
      failure: """
        small › many › true 1 42:12
        “Count” is not in the text above; put the comment below the text, and copy its words
        """),
    Case(
      below: "Take *four*\nrequests.", comment: "<!-- true \"four\":\n  servers.cuont == 2 -->",
      failure: """
        small › true 1 13:11
        “four”: a set of components has no “cuont”; count?
        """),
    Case(
      below: "Take *four*\nrequests.", comment: "<!-- true \"four\": servers.count -->",
      failure: """
        small › true 1 12:19
        “four”: a number is not true or false; compare it
        """),
    Case(
      below: "Count.", comment: "<!-- true \"Count\": run(break elephant).failed == 0 -->",
      failure: """
        small › many › true 1 41:20
        “Count” cannot be checked: break elephant: there is no “elephant” on this site
        """),
    Case(
      below: "Count.", comment: "<!-- true \"Count\": .by_server[server-1]\n  == 3 -->",
      failure: """
        small › many › true 1 41:20
        “Count” is not what happens
        expected: .by_server[server-1] == 3
        run: send 7
        seen: 7 of 7 answered: server-1 4, server-2 3
        """),
    Case(
      below: "One serves.", comment: "<!-- true \"One\": run(send 4 read).by_server[server-2] == 2 -->",
      failure: """
        small › fail › true 1 behind it 93:18
        “One” is not what happens
        expected: run(send 4 read).by_server[server-2] == 2
        run: send 4 read
        seen: 4 of 4 answered: server-1 4
        """),
    Case(
      below: "Say three.", comment: "<!-- true \"three\": run(send 3 static).answered == 2 -->",
      failure: """
        small › demonstration, true 1 97:20
        “three” is not what happens
        expected: run(send 3 static).answered == 2
        run: send 3 static
        seen: 3 of 3 answered: server-1 2, server-2 1
        """),
    Case(
      below: "Count.", comment: "<!-- true Count: .answered == 7 -->",
      failure: """
        small › parses 41:11
        the comment does not quote words of the text; true "WORDS": FACT
        """),
    Case(
      below: "Count.", comment: "<!-- ture \"Count\": .answered == 7 -->",
      failure: """
        small › parses 41:6
        there is no comment “ture”; true "WORDS": FACT
        """),
    Case(
      below: "Count.", comment: "<!-- true \"*\": .answered == 7 -->",
      failure: """
        small › parses 41:12
        the words are missing; true "WORDS": FACT
        """),
    Case(
      below: "Count.", comment: "<!-- true \"Count\": -->",
      failure: """
        small › parses 41:20
        the fact is missing
        """),
  ]

  /// The small lesson with more text.
  static let lesson = smallLesson.replacing(
    "# Small\n", with: "# Small\n\nTake *four*\nrequests.\n\n- one\n- two of them\n"
  )
  .replacing("`set server-2 state drain`\n", with: "It drains.\n")
  .replacing(
    "<details><summary>Demonstration",
    with: "## What you saw\n\nOne serves.\n\n<details><summary>Demonstration"
  )
  .replacing("```tripod present", with: "Say three.\n\n```tripod present")
  .replacing("```tripod predict", with: "How many of seven?\n\n```tripod predict")

  @Test(arguments: fitting + failing) func `words need a fact that is true`(_ sample: Case) {
    #expect(tested(BackedPhraseTests.lesson).failures == [])
    let text = BackedPhraseTests.lesson.replacing(
      sample.below, with: "\(sample.below)\n\(sample.comment)", maxReplacements: 1)
    #expect(text != BackedPhraseTests.lesson)
    #expect(tested(text).reports == [sample.failure].filter { !$0.isEmpty })
  }

  @Test func `a true comment is not a part of the page`() {
    let comment = "requests.\n<!-- true \"four\": servers.count == 2 -->"
    let text = BackedPhraseTests.lesson.replacing("requests.\n", with: comment + "\n")
    let blocks = [BackedPhraseTests.lesson, text].map { LessonReader($0, file: "small.md").lesson.opening }
    #expect(text.contains(comment))
    #expect(blocks[0].count == 3)
    #expect(blocks[0].prefix(2) == blocks[1].prefix(2))
  }
}
