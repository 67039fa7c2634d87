import Course
import Foundation
import Testing

@Suite struct LessonReaderTests {
  @Test func `another format version differs from a broken file`() {
    let reader = LessonReader("---\nformat: 7\nid: a\ntitle: A\n---\n", file: "a.md")
    #expect(reader.isOfAnotherFormat)
    #expect(reader.problems.map { $0.position } == [FilePosition(2, 9)])
  }

  struct LessonMistake: CustomTestStringConvertible {
    let old: String
    let new: String
    let position: String
    let sentence: String

    var testDescription: String { new }
  }

  static let mistakes = [
    LessonMistake(
      old: "minutes: 5", new: "mintes: 5", position: "6:1", sentence: "there is no key “mintes”; minutes?"),
    LessonMistake(
      old: "one by one\n```\n", new: "one by one\n", position: "22:1",
      sentence: "the block has no end; close it with ``` before line 29"),
    LessonMistake(
      old: "answer 4\n```\n", new: "answer 4\n", position: "36:1",
      sentence: "the block has no end; close it with ``` before line 38"),
    LessonMistake(
      old: "minutes: 5", new: "minutes: soon", position: "6:10",
      sentence: "“soon” is not a number of minutes; 1 to 600"),
    LessonMistake(
      old: "```tripod demo", new: "```tripod deom", position: "10:11",
      sentence: "there is no role “deom”; demo?"
    ),
    LessonMistake(
      old: "<!-- task: fail -->", new: "<!-- task: many -->", position: "53:12",
      sentence: "there is a task “many” already, in line 20; take another id"),
    LessonMistake(
      old: "kind: number", new: "knid: number", position: "24:1", sentence: "there is no key “knid”; kind?"),
    LessonMistake(
      old: "kind: number", new: "kind: nubmer", position: "24:7",
      sentence: "there is no kind “nubmer”; number?"),
    LessonMistake(
      old: "Count.\n", new: "Count\u{1b}[31m.\n", position: "32:6",
      sentence: "a character that cannot be printed; take it out"),
    LessonMistake(
      old: "answer 7 => turns are taken\n", new: "", position: "20:12",
      sentence: "many: the task has fewer than two wrong answers; ```tripod wrong: answer lb-1 => missing"),
    LessonMistake(
      old: "end \"reads go", new: "end reads go", position: "60:5",
      sentence: "a label in quotes is missing; \"…\""),
    LessonMistake(
      old: "run: send 3 static\n", new: "", position: "85:1",
      sentence: "a demonstration begins with a command; run: break server-1; send 4"),
    LessonMistake(
      old: "run: send 3 static",
      new: Array(repeating: "run: send 3 static", count: 13).joined(separator: "\n"),
      position: "97:6", sentence: "the demonstration is too long for three minutes; 12 steps at most"),
    LessonMistake(
      old: "note: Hands up.", new: "note: Hands up.\n```\n```tripod present\nrun: send 1", position: "91:1",
      sentence: "a lesson has one demonstration, and line 84 has it; put them together"),
    LessonMistake(
      old: "b \"the second", new: "c \"the second", position: "88:1",
      sentence: "claims are lettered in order; b comes next"),
  ]

  @Test(arguments: mistakes) func `an error has a position and a correction`(_ mistake: LessonMistake) {
    let text = smallLesson.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
    let problems = LessonReader(text, file: "small.md").problems
    #expect(
      problems.first.map { "\($0.position.text): \($0.sentence)" }
        == "\(mistake.position): \(mistake.sentence)")
  }

  @Test(arguments: [40: [], 41: ["too many tasks; 40 at most"]])
  func `a lesson can have at most forty tasks`(count: Int, problems: [String]) throws {
    let start = try #require(smallLesson.range(of: "## How many")).lowerBound
    let end = try #require(smallLesson.range(of: "## Fail")).lowerBound
    let task = String(smallLesson[start..<end])
    let tasks = (2...count).map { task.replacing("task: many", with: "task: t\($0)") }.joined()
    let text = smallLesson.replacingCharacters(in: start..<smallLesson.endIndex, with: task + tasks)
    let reader = LessonReader(text, file: "small.md")
    #expect(reader.lesson.tasks.count == count)
    #expect(reader.problems.map(\.sentence) == problems)
  }

  @Test func `inserting a task does not change ids`() {
    let ids = LessonReader(smallLesson, file: "small.md").lesson.tasks.map(\.id)
    #expect(ids == ["many", "fail"])
  }
}
