import Course
import Foundation
import Testing

/// Every lesson, spoilt in every way, fails where it was spoilt.
@Suite struct SpoilingTests {
  static let names = lessons.map(\.name)

  /// A line of a file, changed, and the checks of which one must fail.
  struct Spoiling {
    let line: Int
    let new: (String) -> String
    let task: String?
    let check: String
  }

  @Test(arguments: names) func `whatever is spoilt in a lesson is found`(_ name: String) throws {
    let text = try #require(lessons.first { $0.name == name }).text
    let lesson = LessonReader(text, file: name).lesson
    #expect(tested(text).failures == [])
    for spoiling in lesson.tasks.flatMap({ SpoilingTests.spoilings(of: $0) })
      + SpoilingTests.demos(lesson.opening, nil)
    {
      var lines = text.components(separatedBy: "\n")
      lines[spoiling.line - 1] = spoiling.new(lines[spoiling.line - 1])
      let failures = tested(lines.joined(separator: "\n"), only: spoiling.task).failures
      let place = "\(name):\(spoiling.line)"
      #expect(failures.contains { $0.hasPrefix("\(name) › \(spoiling.check)") }, "\(place): \(failures)")
    }
  }

  private static func spoilings(of task: LessonTask) -> [Spoiling] {
    var all: [Spoiling] = []
    for (i, wrong) in task.wrongs.enumerated() {
      all.append(
        Spoiling(
          line: wrong.input.place.line, new: { $0 + " and an elephant" }, task: task.id,
          check: "\(task.id) › wrong \(i + 1)"))
    }
    for (i, solution) in task.solutions.enumerated() {
      guard let line = solution.lines.last else { continue }
      // Another answer; or the last step is missing.
      let wrong = task.question == nil ? "show" : task.wrongs.last?.input.text ?? ""
      all.append(
        Spoiling(
          line: line.place.line, new: { _ in wrong }, task: task.id, check: "\(task.id) › solution \(i + 1)"))
    }
    for (i, variant) in task.variants.enumerated() {
      // What is wrong here may be right there.
      let right = variant.answer.text
      let wrong = task.wrongs.first { $0.input.text != right }?.input.text ?? ""
      all.append(
        Spoiling(
          line: variant.answer.place.line, new: { _ in wrong }, task: task.id,
          check: "\(task.id) › variant \(i + 1)"))
    }
    if task.question == nil, let steps = task.solutions.first?.lines.map(\.text) {
      // It begins where it should end.
      let setup = (["```tripod setup"] + steps + ["```", ""]).joined(separator: "\n")
      let line = task.solutions[0].place.line
      all.append(Spoiling(line: line, new: { setup + $0 }, task: task.id, check: task.id))
    }
    return all + demos(task.text, task.id)
  }

  private static func demos(_ blocks: [Block], _ task: String?) -> [Spoiling] {
    blocks.flatMap { block -> [Spoiling] in
      guard case .demo(let demo) = block else { return [] }
      return demo.steps.map { step in
        Spoiling(
          line: step.command.place.line, new: { $0 + "\nno program says this" }, task: task,
          check: task.map { "\($0) › demo" } ?? "demo")
      }
    }
  }
}
