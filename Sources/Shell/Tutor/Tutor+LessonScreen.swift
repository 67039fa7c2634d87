import Blueprint
import Course
import Facts
import Inspector
import Simulator

/// The text that is shown in a lesson.
extension Tutor {
  var feedbackText: FeedbackText {
    FeedbackText(width: width, hasSiteChanged: learner.hasChangedSite(loadedSite))
  }

  /// Returns the blocks of a lesson as lines. A demo runs on a copy of the current site.
  func page(_ blocks: [Block]) -> [Line] {
    var page = Page(width: min(screen.width, 90))
    var copy = rehearsalCopy
    copy.screen = Screen(width: screen.width - 2)
    var room = Limits.mostAuthorLines
    page.add(blocks) { demo in
      let lines = copy.play(demo, most: room)
      room = max(0, room - lines.count)
      return lines.map { Line("  ") + $0 }
    }
    return page.lines.isEmpty ? [] : [Line()] + page.lines
  }

  /// Runs a demo. Returns its commands and their output, in at most `most` lines.
  mutating func play(_ demo: Demo, most: Int = Limits.mostAuthorLines) -> [Line] {
    var lines: [Line] = []
    for step in demo.steps where lines.count < most {
      lines.append(Line("tripod> \(step.command.text)", .accent))
      for command in Session.commands(in: step.command.text) where lines.count < most {
        lines += obey(command).shown
      }
    }
    return lines.cut(to: most)
  }

  /// Returns the text of the current task or question.
  func currentTaskLines() throws(Complaint) -> [Line] {
    guard let study = learner.study else { throw .notInLesson }
    switch study.stage {
    case .recall:
      let text = study.recall?.question.recall?.text ?? ""
      return [Line(), Line("First, a question from the lesson \(study.recall?.lesson ?? "")")]
        + InlineText(text).wrapped(to: width, first: "  ", rest: "  ") + questionLines(study)
        + feedbackText.instruction("Type `next` to go on without it.")
    case .task(let number):
      let task = study.lesson.tasks[number]
      return [
        Line(), Line("\(number + 1) of \(study.tasks.count) · \(InlineText.plain(task.title))"),
      ]
        + page(task.text).dropFirst() + questionLines(study) + feedbackText.goal(of: task, study.ticked)
    case .summary:
      return [Line(), Line("Last task")]
        + InlineText(study.lesson.friend).wrapped(to: width, first: "  ", rest: "  ")
        + feedbackText.instruction("Type `answer` and your sentence. It is kept for you, and not judged.")
    case .over:
      return feedbackText.summary(
        of: study, study.tasks.map { progress.status(of: $0, in: study.lesson.id) },
        next: library.suggestion(after: study.lesson, progress))
        + (learner.siteBeforeLesson == nil ? [] : [Tutor.leaveHint])
    }
  }

  var width: Int { min(screen.width, 90) }

  private func questionLines(_ study: Study) -> [Line] {
    guard let question = study.question else { return [] }
    let judge = AnswerJudge(question, in: factContext(of: study))
    var lines =
      question.run.map { [Line()] + feedbackText.labelledLines("predict", $0.text, .accent) } ?? []
    if question.kind.isOfClaims { lines.append(Line()) }
    for choice in question.choices {
      lines += InlineText(choice.text).wrapped(to: width, first: "  \(choice.letter)  ", rest: "     ")
    }
    let type = (try? judge.type()) ?? .text
    let form = AnswerReader(question, type: type, topology: loadedSite.simulation.topology).form
    let isFirstPrediction =
      question.isPrediction
      && study.task?.id == study.lesson.tasks.first { $0.question?.isPrediction == true }?.id
    let sure = isFirstPrediction ? " You may add `sure` or `guess`; `review` shows it later." : ""
    return lines + feedbackText.instruction(form + sure)
  }
}
