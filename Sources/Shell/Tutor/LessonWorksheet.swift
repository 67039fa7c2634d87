import Blueprint
import Course
import Facts
import Inspector

/// A lesson as Markdown to print. Its answer key is found by working through the lesson.
struct LessonWorksheet {
  private var tutor: Tutor
  private let lesson: String
  private let showsSolutions: Bool
  private(set) var lines: [String] = []

  /// Writes the worksheet. `tutor` must be at the lesson's start.
  init(_ lesson: Lesson, _ tutor: Tutor, showsSolutions: Bool) {
    self.tutor = tutor
    self.lesson = lesson.id
    self.showsSolutions = showsSolutions
    self.tutor.screen = Screen(width: 78)
    write(lesson)
  }

  private mutating func write(_ lesson: Lesson) {
    add("# \(lesson.title)")
    add(showsSolutions ? "The key: what the model derives." : "Name: \(LessonWorksheet.blank)")
    add(lesson.opening.filter { !$0.isHeading(lesson.title) })
    add("The site at the start:")
    add(code: tutor.obey("show").shown.map { $0.text })
    for (number, task) in lesson.tasks.enumerated() {
      tutor.allowNextCheck()
      add("## \(number + 1). \(task.title)")
      add(task.text)
      pose(task)
      if showsSolutions { solve(task) }
      if showsSolutions || number + 1 < lesson.tasks.count { completeTask(task) }
    }
    add("## To end with")
    add(lesson.friend)
    if !showsSolutions { add(LessonWorksheet.blank) }
  }

  // MARK: A task

  private mutating func pose(_ task: LessonTask) {
    if tutor.isFoggy { add("*The fog of this task is in the program: `tripod learn \(lesson)`.*") }
    add(list: task.goals.map { "- [ ] \($0.label)" })
    guard let question = task.question else { return }
    if let run = question.run { add("About to run: `\(run.text)`") }
    add(list: question.choices.map { "- [ ] \($0.letter): \($0.text)" })
    if question.isPrediction { add("I am … ( ) sure ( ) guessing") }
    if !question.kind.isOfClaims, !showsSolutions { add("Answer: \(LessonWorksheet.blank)") }
  }

  private mutating func solve(_ task: LessonTask) {
    guard let study = tutor.learner.study else { return }
    if let question = task.question {
      let judge = AnswerJudge(question, in: tutor.factContext(of: study))
      do throws(FactProblem) {
        let shown = try judge.shown(try judge.derived())
        add(list: ["**Answer:** \(shown.derived)"] + shown.points.flatMap { $0.markdown })
      } catch {
        add("**Answer:** could not be worked out: \(error.message)")
      }
    } else {
      add(list: task.solutions.map { "- One way: `\($0.lines.map { $0.text }.joined(separator: "; "))`" })
    }
    add(task.explanation)
    if !task.wrongAnswers.isEmpty { add("Not so:") }
    add(list: task.wrongAnswers.map { "- `\($0.input.text)`: \($0.feedback)" })
  }

  /// Solves the task, so that the next task starts on the right site.
  private mutating func completeTask(_ task: LessonTask) {
    for line in task.solutions.first?.lines ?? [] {
      for command in Session.commands(in: line.text) { _ = tutor.obey(command) }
    }
    if showsSolutions { add(task.after) }
    _ = tutor.obey(tutor.learner.study?.isOpen == true ? "skip" : "next")
  }

  // MARK: Markdown

  private static let blank = String(repeating: "_", count: 40)

  private mutating func add(_ paragraph: String) { lines += [paragraph, ""] }

  private mutating func add(list: [String]) {
    if !list.isEmpty { lines += list + [""] }
  }

  private mutating func add(code: [String]) { lines += ["```"] + code + ["```", ""] }

  private mutating func add(_ blocks: [Block]) {
    var copy = tutor.rehearsalCopy
    copy.screen = tutor.screen
    for block in blocks {
      if case .demo(let demo) = block {
        add(code: copy.play(demo).map { $0.text })
      } else {
        lines += block.markdown
      }
    }
  }
}

extension Block {
  fileprivate func isHeading(_ title: String) -> Bool {
    if case .heading(1, let text) = self { text == title } else { false }
  }
}
