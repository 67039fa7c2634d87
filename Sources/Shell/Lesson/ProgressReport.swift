import Blueprint
import Course
import Inspector

/// The learner's progress in each lesson.
extension KnownProgress {
  var answer: CommandResponse {
    var lines: [Line] = []
    var members: [JSON] = []
    for lesson in progress.lessons {
      let solved = lesson.count(.solved)
      let counts = [(solved, "solved"), (lesson.count(.shown), "shown"), (lesson.count(.skipped), "skipped")]
      let words = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
      lines.append(
        Line(
          "  \(Column.left(Sentences.clean(lesson.id), 16)) \(words.isEmpty ? "begun" : words)\(lesson.isFinished ? ", finished" : "")"
        ))
      members.append(
        [
          .id: .string(lesson.id), .solved: .integer(solved), .shown: .integer(lesson.count(.shown)),
          .skipped: .integer(lesson.count(.skipped)), .finished: .flag(lesson.isFinished),
        ])
    }
    if lines.isEmpty { lines = [Line("  nothing yet; lessons lists what there is", .faint)] }
    return CommandResponse(lines + warnings, [JSON.Member(.lessons, .array(members))])
  }

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
          "  \(count) \(count == 1 ? "line" : "lines") of the journal could not be read, perhaps cut off; the rest is kept",
          .faint)
      ]
  }
}

extension Progress.LessonProgress {
  func count(_ status: Study.Status) -> Int { tasks.filter { $0.status == status }.count }
}
