import Blueprint
import Course

/// A learner's work in a lesson, as Markdown: the answers, the results, the right answers and the reasons.
struct ReviewSheet {
  let study: Study

  var text: String {
    var lines = ["# \(study.lesson.title)", ""]
    if study.recall != nil { lines += section("From \(study.recall?.lesson ?? "an earlier lesson")", nil) }
    for (task, record) in zip(study.lesson.tasks, study.tasks) {
      lines += section(task.title, task.id) + solution(of: task, record) + [state(record), ""]
    }
    if !study.summary.isEmpty { lines += ["## To a friend", "", "> \(study.summary)", ""] }
    return lines.joined(separator: "\n")
  }

  private func state(_ record: Study.TaskRecord) -> String {
    let hints = record.hints == 0 ? "" : " with \(record.hints) \(record.hints == 1 ? "hint" : "hints")"
    return switch record.status {
    case .open: "This task is open."
    case .solved: "You solved it\(hints)."
    case .shown: "You had the solution shown."
    case .skipped: "You skipped it."
    }
  }

  /// Returns the solution if it was shown to the learner.
  private func solution(of task: LessonTask, _ record: Study.TaskRecord) -> [String] {
    guard record.status == .shown else { return [] }
    guard let shown = record.shown else {
      return task.solutions.map { "- One way: `\($0.lines.map { $0.text }.joined(separator: "; "))`" } + [""]
    }
    return ["- The answer is `\(shown.derived)`."] + shown.points.flatMap { $0.markdown } + [""]
  }

  private func section(_ title: String, _ task: String?) -> [String] {
    ["## \(title)", ""] + study.reviewEntries.filter { $0.task == task }.flatMap { entry($0, task) }
  }

  private func entry(_ entry: Study.ReviewEntry, _ task: String?) -> [String] {
    let question = task.map { study.lesson.task($0)?.question } ?? study.recall?.question
    let verb = question == nil ? "You did" : question?.isPrediction == true ? "You predicted" : "You answered"
    let confidence = entry.confidence.map { $0 == .sure ? ", and were sure" : ", as a guess" } ?? ""
    var lines = ["- \(verb) `\(entry.answer)`\(confidence): \(entry.isRight ? "right" : "not so")."]
    lines += (entry.feedback?.points ?? []).flatMap { $0.markdown }
    if let derived = entry.feedback?.derived, !derived.isEmpty, !entry.isRight {
      lines.append("  - the model says: \(derived)")
    }
    return lines + [""]
  }
}

extension Feedback.Point {
  /// The commands that were run, what they showed, and why, as a nested list.
  var markdown: [String] {
    commandsRun.map { "  - run: `\($0)`" } + (observation.isEmpty ? [] : ["  - seen: \(observation)"])
      + (reason.map { ["  - because \($0)"] } ?? [])
  }
}
