import Course
import Foundation
import Testing

@Suite struct ReadingTests {
  @Test func `another format version differs from a broken file`() {
    let reader = LessonReader("---\nformat: 7\nid: a\ntitle: A\n---\n", file: "a.md")
    #expect(reader.isOfAnotherFormat)
    #expect(reader.problems.map { $0.place } == [FilePosition(2, 9)])
  }

  struct Fault: CustomTestStringConvertible {
    let old: String
    let new: String
    let place: String
    let sentence: String

    var testDescription: String { new }
  }

  static let faults = [
    Fault(old: "minutes: 5", new: "mintes: 5", place: "6:1", sentence: "there is no key “mintes”; minutes?"),
    Fault(
      old: "one by one\n```\n", new: "one by one\n", place: "22:1",
      sentence: "the block has no end; close it with ``` before line 29"),
    Fault(
      old: "answer 4\n```\n", new: "answer 4\n", place: "36:1",
      sentence: "the block has no end; close it with ``` before line 38"),
    Fault(
      old: "minutes: 5", new: "minutes: soon", place: "6:10",
      sentence: "“soon” is not a number of minutes; 1 to 600"),
    Fault(
      old: "```tripod demo", new: "```tripod deom", place: "10:11", sentence: "there is no role “deom”; demo?"
    ),
    Fault(
      old: "<!-- task: fail -->", new: "<!-- task: many -->", place: "53:12",
      sentence: "there is a task “many” already, in line 20; take another id"),
    Fault(old: "kind: number", new: "knid: number", place: "24:1", sentence: "there is no key “knid”; kind?"),
    Fault(
      old: "kind: number", new: "kind: nubmer", place: "24:7", sentence: "there is no kind “nubmer”; number?"),
    Fault(
      old: "Count.\n", new: "Count\u{1b}[31m.\n", place: "32:6",
      sentence: "a character that cannot be printed; take it out"),
    Fault(
      old: "answer 7 => turns are taken\n", new: "", place: "20:12",
      sentence: "many: the task has fewer than two wrong answers; ```tripod wrong: answer lb-1 => missing"),
    Fault(
      old: "end \"reads go", new: "end reads go", place: "60:5",
      sentence: "a label in quotes is missing; \"…\""),
    Fault(
      old: "run: send 3 static\n", new: "", place: "85:1",
      sentence: "a demonstration begins with a command; run: break server-1; send 4"),
    Fault(
      old: "run: send 3 static",
      new: Array(repeating: "run: send 3 static", count: 13).joined(separator: "\n"),
      place: "97:6", sentence: "the demonstration is too long for three minutes; 12 steps at most"),
    Fault(
      old: "note: Hands up.", new: "note: Hands up.\n```\n```tripod present\nrun: send 1", place: "91:1",
      sentence: "a lesson has one demonstration, and line 84 has it; put them together"),
    Fault(
      old: "b \"the second", new: "c \"the second", place: "88:1",
      sentence: "claims are lettered in order; b comes next"),
  ]

  @Test(arguments: faults) func `an error has a position and a correction`(_ fault: Fault) {
    let text = smallLesson.replacing(fault.old, with: fault.new, maxReplacements: 1)
    let problems = LessonReader(text, file: "small.md").problems
    #expect(problems.first.map { "\($0.place.text): \($0.sentence)" } == "\(fault.place): \(fault.sentence)")
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
