import Blueprint
import Course

/// A learner's work in a lesson, as Markdown: the questions, the answers, what was right, and why.
struct ReviewSheet {
  let study: Study

  var text: String {
    var lines = ["# \(study.lesson.title)", ""]
    if let recall = study.recall, let text = recall.question.recall?.text {
      lines += ["## From the lesson \(recall.lesson)", "", text, ""]
      lines += options(of: recall.question) + entries(of: nil, recall.question)
    }
    for (number, (task, record)) in zip(study.lesson.tasks, study.tasks).enumerated() {
      lines += ["## \(number + 1). \(task.title)", ""]
      let entries = entries(of: task.id, task.question)
      // A task that the learner has not tried stays untold.
      if !entries.isEmpty || record.status == .shown {
        lines += task.text.flatMap { $0.markdown } + options(of: task.question)
      }
      lines += entries + solution(of: task, record) + [state(record), ""]
    }
    if !study.summary.isEmpty {
      lines += ["## Last task", "", study.lesson.friend, "", "> \(study.summary)", ""]
    }
    return lines.joined(separator: "\n")
  }

  private func options(of question: Question?) -> [String] {
    guard let question else { return [] }
    let run = question.run.map { ["Predict: `\($0.text)`", ""] } ?? []
    return run
      + (question.choices.isEmpty ? [] : question.choices.map { "- \($0.letter): \($0.text)" } + [""])
  }

  private func state(_ record: Study.TaskRecord) -> String {
    let hints = record.hints == 0 ? "" : " with \(record.hints) \(record.hints == 1 ? "hint" : "hints")"
    return switch record.status {
    case .open: "You have not solved this task."
    case .solved: "You solved this task\(hints)."
    case .shown: "You asked for the solution\(hints.isEmpty ? "" : ", after \(hints.dropFirst(6))")."
    case .skipped: "You skipped this task."
    }
  }

  /// Returns the solution if it was shown to the learner.
  private func solution(of task: LessonTask, _ record: Study.TaskRecord) -> [String] {
    guard record.status == .shown else { return [] }
    guard let shown = record.shown else {
      return task.solutions.map { "- One way: `\($0.lines.map { $0.text }.joined(separator: "; "))`" } + [""]
    }
    return ["- The right answer is `\(shown.derived)`."] + shown.points.flatMap { $0.markdown } + [""]
  }

  private func entries(of task: String?, _ question: Question?) -> [String] {
    study.reviewEntries.filter { $0.task == task }.flatMap { entry($0, question) }
  }

  private func entry(_ entry: Study.ReviewEntry, _ question: Question?) -> [String] {
    let verb = question == nil ? "You did" : question?.isPrediction == true ? "You predicted" : "You answered"
    let confidence = entry.confidence.map { $0 == .sure ? ", and were sure" : ", as a guess" } ?? ""
    let score = entry.feedback?.score.map { "partly right, \($0.right) of \($0.total)" }
    let verdict = entry.isRight ? "right" : score ?? "not right"
    var lines = ["- \(verb) `\(entry.answer)`\(confidence): \(verdict)."]
    lines += (entry.feedback?.points ?? []).flatMap { $0.markdown }
    if let derived = entry.feedback?.derived, !derived.isEmpty, !entry.isRight {
      lines.append("  - The right answer is `\(derived)`.")
    }
    return lines + [""]
  }
}

extension Feedback.Point {
  /// The commands that were run, what they showed, and why, as a nested list.
  var markdown: [String] {
    commandsRun.map { "  - I ran `\($0)`" } + (observation.isEmpty ? [] : ["  - Result: \(observation)"])
      + (reason.map { ["  - Because: \($0)"] } ?? [])
  }
}

extension Block {
  /// The block as lines of Markdown, with an empty line after it. A demo is left out, because its output depends
  /// on a site.
  var markdown: [String] {
    switch self {
    case .heading(let level, let text): ["\(String(repeating: "#", count: level)) \(text)", ""]
    case .paragraph(let text): [text, ""]
    case .quote(let text): ["> \(text)", ""]
    case .list(let items):
      items.map { "\(String(repeating: "  ", count: $0.depth))\($0.mark) \($0.text)" } + [""]
    case .table(let head, let rows):
      ([head, head.map { _ in "---" }] + rows).map { row in
        "| \(row.map { Block.cell($0) }.joined(separator: " | ")) |"
      } + [""]
    case .code(let code): ["```"] + code + ["```", ""]
    case .demo: []
    }
  }

  /// Returns the text with each vertical bar escaped, because a bar ends the table cell.
  private static func cell(_ text: String) -> String { text.map { $0 == "|" ? "\\|" : "\($0)" }.joined() }
}
