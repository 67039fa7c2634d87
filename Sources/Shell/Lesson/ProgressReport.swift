import Blueprint
import Course
import Inspector

extension LessonLibrary {
  /// Returns the learner's progress: a line for each lesson, and what to type to continue.
  func overview(of known: KnownProgress) -> CommandResponse {
    let course = course
    let others = known.progress.lessons.filter { lesson in !course.contains { $0.id == lesson.id } }
    var lines = course.map { lesson in
      LessonLibrary.line(for: lesson.id, known.progress[lesson.id], taskCount: lesson.tasks.count)
    }
    lines += others.map { LessonLibrary.line(for: $0.id, $0, taskCount: $0.tasks.count) }
    let doneCount = course.count { known.progress[$0.id]?.isFinished == true }
    lines.append(Line("  \(doneCount) of \(course.count) lessons done."))
    if let next = lessonToContinue(isShort: false, known.progress) {
      lines += FeedbackText(width: 80).instruction("Type `lesson \(next)` to continue.")
    }
    let members = known.progress.lessons.map { lesson -> JSON in
      [
        .id: .string(lesson.id), .solved: .integer(lesson.count(.solved)),
        .shown: .integer(lesson.count(.shown)), .skipped: .integer(lesson.count(.skipped)),
        .finished: .flag(lesson.isFinished),
      ]
    }
    return CommandResponse(lines + known.warnings, [JSON.Member(.lessons, .array(members))])
  }

  /// Returns a line with a bar for the tasks that are solved, their number, and the state of the lesson.
  private static func line(for id: String, _ lesson: Progress.LessonProgress?, taskCount: Int) -> Line {
    let solved = lesson?.count(.solved) ?? 0
    let bar = Column.left(Column.bar(solved, of: taskCount, width: 10), 10)
    let head =
      Line("  \(Column.left(Sentences.clean(id), 16)) ", .accent)
      + Line("\(bar)  \(Column.right("\(solved) of \(taskCount)", 8))  ")
    guard let lesson else { return head + Line("not begun", .faint) }
    let others = [(lesson.count(.shown), "shown"), (lesson.count(.skipped), "skipped")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    let details = others.isEmpty ? "" : " (\(others))"
    return head + (lesson.isFinished ? Line("done", .good) : Line("begun")) + Line(details)
  }
}

extension KnownProgress {
  /// Warnings about parts of the journal that could not be read.
  var warnings: [Line] {
    if let reason = obstacle {
      return [
        Line(
          "  Your progress could not be read: \(Sentences.clean(reason, most: 300))", .failed)
      ]
    }
    let count = progress.unreadable
    return count == 0
      ? []
      : [
        Line(
          "  \(count) \(count == 1 ? "line" : "lines") of your progress could not be read; the rest is kept.",
          .attention)
      ]
  }
}

extension Progress.LessonProgress {
  func count(_ status: Study.Status) -> Int { tasks.filter { $0.status == status }.count }
}
