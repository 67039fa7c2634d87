import Course

/// A lesson as a sheet of Markdown: what was done, what came of it, what is right and why.
struct ReviewSheet {
  let study: Study

  var text: String {
    var lines = ["# \(study.lesson.title)", ""]
    if study.recall != nil { lines += section("From \(study.recall?.lesson ?? "an earlier lesson")", nil) }
    for (task, record) in zip(study.lesson.tasks, study.tasks) {
      lines += section(task.title, task.id) + [state(record), ""]
    }
    if !study.words.isEmpty { lines += ["## To a friend", "", "> \(study.words)", ""] }
    return lines.joined(separator: "\n")
  }

  private func state(_ record: Study.TaskRecord) -> String {
    let hints = record.hints == 0 ? "" : " with \(record.hints) \(record.hints == 1 ? "hint" : "hints")"
    return "This task is \(record.status.rawValue)\(hints)."
  }

  private func section(_ title: String, _ task: String?) -> [String] {
    ["## \(title)", ""] + study.sheet.filter { $0.task == task }.flatMap { entry($0, task) }
  }

  private func entry(_ entry: Study.Entry, _ task: String?) -> [String] {
    let question = task.map { study.lesson.task($0)?.question } ?? study.recall?.question
    let verb = question == nil ? "You did" : question?.isPrediction == true ? "You predicted" : "You answered"
    let confidence = entry.confidence.map { $0 == .sure ? ", and were sure" : ", as a guess" } ?? ""
    var lines = ["- \(verb) `\(entry.said)`\(confidence): \(entry.isRight ? "right" : "not so")."]
    for exhibit in entry.feedback?.exhibits ?? [] {
      if !exhibit.ran.isEmpty { lines.append("  - run: `\(exhibit.ran.joined(separator: "; "))`") }
      if !exhibit.saw.isEmpty { lines.append("  - seen: \(exhibit.saw)") }
      if let because = exhibit.because { lines.append("  - because \(because)") }
    }
    if let derived = entry.feedback?.derived, !derived.isEmpty {
      lines.append("  - the model says: \(derived)")
    }
    return lines + [""]
  }
}

extension Session {
  func review(to path: String?) throws(Complaint) -> Answer {
    guard let study = learning.study else { throw .notInLesson }
    let text = ReviewSheet(study: study).text
    guard let path else {
      return Answer(text.split(separator: "\n", omittingEmptySubsequences: false).map { Line(String($0)) })
    }
    if let reason = world.write(path, text) { throw .file(path, reason: reason) }
    return Answer("Wrote \(Sentences.clean(path)).")
  }
}
