import Course
import Foundation
import Testing

/// Each lesson, with one mistake after another put into it, fails at that mistake.
@Suite struct SpoilingTests {
  static let names = lessons.map(\.name)

  /// A changed line of a file, and the checks of which one must fail.
  struct Spoiling {
    let line: Int
    let new: (String) -> String
    let task: String?
    let check: String
  }

  @Test(arguments: names) func `every mistake in a lesson is found`(_ name: String) throws {
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
      // The answer is changed, or the last step is removed.
      let wrong = task.question == nil ? "show" : task.wrongs.last?.input.text ?? ""
      all.append(
        Spoiling(
          line: line.place.line, new: { _ in wrong }, task: task.id, check: "\(task.id) › solution \(i + 1)"))
    }
    for (i, variant) in task.variants.enumerated() {
      // An answer that is wrong here may be right there.
      let right = variant.answer.text
      let wrong = task.wrongs.first { $0.input.text != right }?.input.text ?? ""
      all.append(
        Spoiling(
          line: variant.answer.place.line, new: { _ in wrong }, task: task.id,
          check: "\(task.id) › variant \(i + 1)"))
    }
    if task.question == nil, let steps = task.solutions.first?.lines.map(\.text) {
      // The setup reaches the goal at the start.
      let setup = (["```tripod setup"] + steps + ["```", ""]).joined(separator: "\n")
      let line = task.solutions[0].place.line
      all.append(Spoiling(line: line, new: { setup + $0 }, task: task.id, check: task.id))
    }
    return all + facts(of: task) + demos(task.text, task.id)
  }

  /// Reverses the question to the model: a wrong answer becomes right, and a goal is no longer reached.
  private static func facts(of task: LessonTask) -> [Spoiling] {
    let solved = "\(task.id) › solution 1"
    var all = task.goals.map { goal in
      spoiling(goal.fact, into: goal.when == .once ? "1 == 2" : "not (\(goal.fact.text))", task, solved)
    }
    guard let question = task.question else { return all }
    if let expect = question.expect, let wrong = task.wrongs.first?.input.text.dropFirst("answer ".count) {
      let elements = wrong.replacing(" and ", with: ", ")
      let fact = [.set: "{\(elements)}", .list: "[\(elements)]"][question.kind] ?? String(wrong)
      all.append(spoiling(expect, into: fact, task, task.id))
    }
    return all
      + question.choices.map { spoiling($0.fact, into: "not (\($0.fact.text))", task, "\(task.id) › ") }
  }

  private static func spoiling(
    _ fact: Phrase, into new: String, _ task: LessonTask, _ check: String
  ) -> Spoiling {
    Spoiling(
      line: fact.place.line, new: { $0.replacing(fact.text, with: new, maxReplacements: 1) }, task: task.id,
      check: check)
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
