import Course
import Foundation
import Testing

/// Puts mistakes into each lesson, one at a time. The test of the lesson must fail at the mistake.
@Suite struct LessonMutationTests {
  static let names = lessons.map(\.name)

  /// A changed line of a lesson, and the name of the check that must fail, or the beginning of that name.
  struct Mutation {
    let line: Int
    let new: (String) -> String
    let task: String?
    let check: String
  }

  @Test(arguments: names) func `every mistake in a lesson is found`(_ name: String) throws {
    let text = try #require(lessons.first { $0.name == name }).text
    let lesson = LessonReader(text, file: name).lesson
    #expect(tested(text).failures == [])
    for mutation in lesson.tasks.flatMap({ LessonMutationTests.mutations(of: $0) })
      + LessonMutationTests.demos(lesson.opening, nil)
    {
      var lines = text.components(separatedBy: "\n")
      lines[mutation.line - 1] = mutation.new(lines[mutation.line - 1])
      let failures = tested(lines.joined(separator: "\n"), only: mutation.task).failures
      let position = "\(name):\(mutation.line)"
      #expect(failures.contains { $0.hasPrefix("\(name) › \(mutation.check)") }, "\(position): \(failures)")
    }
  }

  private static func mutations(of task: LessonTask) -> [Mutation] {
    var all: [Mutation] = []
    for (i, wrong) in task.wrongAnswers.enumerated() {
      all.append(
        Mutation(
          line: wrong.input.position.line, new: { $0 + " and an elephant" }, task: task.id,
          check: "\(task.id) › wrong \(i + 1)"))
    }
    for (i, solution) in task.solutions.enumerated() {
      guard let line = solution.lines.last else { continue }
      // The answer is changed, or the last step is removed.
      let wrong = task.question == nil ? "show" : task.wrongAnswers.last?.input.text ?? ""
      all.append(
        Mutation(
          line: line.position.line, new: { _ in wrong }, task: task.id,
          check: "\(task.id) › solution \(i + 1)"))
    }
    for (i, variant) in task.variants.enumerated() {
      // The right answer to the variant may be a wrong answer to the task.
      let right = variant.answer.text
      let wrong = task.wrongAnswers.first { $0.input.text != right }?.input.text ?? ""
      all.append(
        Mutation(
          line: variant.answer.position.line, new: { _ in wrong }, task: task.id,
          check: "\(task.id) › variant \(i + 1)"))
    }
    if task.question == nil, let steps = task.solutions.first?.lines.map(\.text) {
      // With this setup, the goal is already reached when the task begins.
      let setup = (["```tripod setup"] + steps + ["```", ""]).joined(separator: "\n")
      let line = task.solutions[0].position.line
      all.append(Mutation(line: line, new: { setup + $0 }, task: task.id, check: task.id))
    }
    return all + facts(of: task) + demos(task.text, task.id)
  }

  /// Returns mutations of facts: a wrong answer becomes right, or a goal or a choice becomes false.
  private static func facts(of task: LessonTask) -> [Mutation] {
    let solved = "\(task.id) › solution 1"
    var all = task.goals.map { goal in
      mutation(goal.fact, into: goal.when == .once ? "1 == 2" : "not (\(goal.fact.text))", task, solved)
    }
    guard let question = task.question else { return all }
    if let expect = question.expect,
      let wrong = task.wrongAnswers.first?.input.text.dropFirst("answer ".count)
    {
      let elements = wrong.replacing(" and ", with: ", ")
      let fact = [.set: "{\(elements)}", .list: "[\(elements)]"][question.kind] ?? String(wrong)
      all.append(mutation(expect, into: fact, task, task.id))
    }
    return all
      + question.choices.map { mutation($0.fact, into: "not (\($0.fact.text))", task, "\(task.id) › ") }
  }

  private static func mutation(
    _ fact: Phrase, into new: String, _ task: LessonTask, _ check: String
  ) -> Mutation {
    Mutation(
      line: fact.position.line, new: { $0.replacing(fact.text, with: new, maxReplacements: 1) },
      task: task.id,
      check: check)
  }

  private static func demos(_ blocks: [Block], _ task: String?) -> [Mutation] {
    blocks.flatMap { block -> [Mutation] in
      guard case .demo(let demo) = block else { return [] }
      return demo.steps.map { step in
        Mutation(
          line: step.command.position.line, new: { $0 + "\nno program says this" }, task: task,
          check: task.map { "\($0) › demo" } ?? "demo")
      }
    }
  }
}
