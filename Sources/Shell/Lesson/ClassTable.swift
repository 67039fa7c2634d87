import Blueprint
import Course

/// A table of a class's progress.
public struct ClassTable {
  public private(set) var lines: [Line] = []
  private let width = 80

  public init(_ report: ClassReport) {
    let count = report.learners.count
    lines.append(Line("\(count) \(count == 1 ? "learner" : "learners")"))
    let name = min(24, report.learners.map { Sentences.clean($0.learner).count }.max() ?? 0)
    for learner in report.learners { add(learner, name) }
    add(report.tasks)
    add(problemsOf: report)
  }

  /// Adds the number of tasks that a learner solved in each lesson.
  private mutating func add(_ learner: Confirmation, _ name: Int) {
    let lessons =
      learner.lessons.map { "\($0.id) \($0.count(.solved))/\($0.tasks.count)" }
      + learner.unknown.map { "\(Sentences.clean($0)): not at hand, see --lessons" }
    let solved = learner.lessons.reduce(0) { $0 + $1.count(.solved) }
    let head =
      "  \(Column.left(Sentences.clean(learner.learner, most: 24), name))  \(Column.right("\(solved)", 3)) solved  "
    let text = lessons.isEmpty ? "nothing begun" : lessons.joined(separator: ", ")
    lines += (Line(head) + Line(text, .faint)).wrapped(to: width)
  }

  /// Adds the tasks that some learners did not solve at the first attempt, the hardest first.
  private mutating func add(_ tasks: [ClassReport.TaskSummary]) {
    let hard = tasks.filter { $0.wrongCount + $0.count(.shown) + $0.count(.skipped) > 0 }
      .enumerated().sorted { ($1.element.difficulty, $0.offset) < ($0.element.difficulty, $1.offset) }
      .map { $0.element }
    guard !hard.isEmpty else { return }
    let name = min(36, hard.map { $0.name.count }.max() ?? 0)
    lines += [
      Line(),
      Line("  \(Column.left("what was hard", name))  solved  shown  skipped  open  wrong answers", .faint),
    ]
    for task in hard {
      let counts = [(Study.Status.solved, 8), (.shown, 7), (.skipped, 9), (.open, 6)]
      let cells = counts.map { Column.right("\(task.count($0.0))", $0.1) }.joined()
      lines.append(Line("  \(Column.left(task.name, name))\(cells)\(Column.right("\(task.wrongCount)", 15))"))
      let common = task.wrong.filter { $0.count > 1 }.sorted { $0.count > $1.count }.prefix(3)
      for answer in common {
        let learnerCount = answer.learners.count == 1 ? "one learner" : "\(answer.learners.count) learners"
        lines += Line("    “\(Sentences.clean(answer.text))” \(answer.count) times, \(learnerCount)").wrapped(
          to: width)
      }
    }
  }

  private mutating func add(problemsOf report: ClassReport) {
    for file in report.tests.files {
      for check in file.checks where !check.isOK {
        let text = "\(check.name): \(check.message.joined(separator: "; "))"
        lines += (lines.last?.text.hasPrefix("✗") == true ? [] : [Line()])
        lines += Line("✗ \(text)", .failed).wrapped(to: width)
      }
    }
    for files in report.copyGroups {
      let names = Sentences.listed(files.map { Sentences.clean($0) })
      lines += [Line()] + Line("These files have the same answers: \(names).", .failed).wrapped(to: width)
    }
  }
}

extension ClassReport.TaskSummary {
  fileprivate func count(_ status: Study.Status) -> Int { counts[status] ?? 0 }

  /// How hard the task was, from wrong answers, shown solutions and skips. It is 0 if there were none of
  /// these.
  fileprivate var difficulty: Int { wrongCount + 2 * count(.shown) + count(.skipped) }
}
