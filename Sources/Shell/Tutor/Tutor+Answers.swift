import Blueprint
import Course
import Facts
import Inspector
import Simulator

extension Tutor {
  /// Judges an answer on the learner's own site.
  mutating func answer(_ text: String) throws(Complaint) -> CommandResponse {
    let study = try learner.activeStudy()
    if study.stage == .summary {
      let summary = Words.trimmed(text)
      learner.study?.summary = summary
      learner.log.add(.said(lesson: study.lesson.id, summary))
      return CommandResponse(
        feedbackText.instruction("Your sentence is kept. Type `next` to end the lesson."), learner.members)
    }
    guard let question = study.question else {
      throw .notNow(
        study.stage == .over ? "the lesson is over" : "this task has a goal, not a question",
        hint: study.stage == .over ? "type `lessons` for the next one" : "type `goal` to see the goal")
    }
    switch AnswerJudge(question, in: factContext(of: study)).verdict(on: text) {
    case .unreadable(let problem): throw .unreadableAnswer(problem.message, hint: problem.hint)
    case .unchecked(let reason): throw .unchecked(reason)
    case .right(let feedback): return accept(text, feedback, question)
    case .wrong(let feedback): return reject(text, isFoggy ? feedback.outsideView : feedback, question)
    }
  }

  /// Whether a line that is not a command answers the open question.
  func isAnswer(_ line: String) -> Bool {
    guard depth == 0, learner.lessonBeforePlay == nil, let study = learner.study,
      study.isOpen || study.record?.status == .skipped, let question = study.question
    else { return false }
    let context = factContext(of: study)
    guard let type = try? AnswerJudge(question, in: context).type() else { return false }
    return AnswerReader(question, type: type, topology: context.current.topology).isPlainAnswer(line)
  }

  private mutating func accept(_ text: String, _ feedback: Feedback, _ question: Question) -> CommandResponse
  {
    learner.recordAnswer(text, feedback, isRight: true)
    let lines =
      [feedbackText.verdict(on: feedback, isRight: true)]
      + feedbackText.labelledLines("you said", feedback.answers)
      + feedback.points.flatMap { feedbackText.lines(of: $0, isRight: true) }
    return CommandResponse(lines + end(as: .solved), feedback.members(isRight: true) + learner.members)
  }

  private mutating func reject(_ text: String, _ feedback: Feedback, _ question: Question) -> CommandResponse
  {
    learner.recordAnswer(text, feedback, isRight: false)
    var lines = [feedbackText.verdict(on: feedback, isRight: false)]
    if !feedback.headline.isEmpty { lines.append(Line("  \(feedback.headline)")) }
    lines += feedback.points.flatMap { feedbackText.lines(of: $0, isRight: false) }
    if isFoggy {
      lines += feedbackText.instruction("The fog has not lifted. Type \(learner.furtherHelp).")
    } else if question.isPrediction, learner.study?.record?.gotFollowUpQuestion == false {
      learner.study?.record?.gotFollowUpQuestion = true
      lines += feedbackText.instruction("Now answer again with what happened. Type `why` to run it again.")
    } else {
      lines += feedbackText.instruction("Type `why` to run it again, or \(learner.furtherHelp).")
    }
    return CommandResponse(lines, feedback.members(isRight: false) + learner.members)
  }

  /// Ends the task, or the recall question before it, and records the result in the journal.
  mutating func end(as status: Study.Status) -> [Line] {
    guard let study = learner.study else { return [] }
    if study.stage == .recall {
      learner.study?.recall?.isOver = true
      return feedbackText.instruction("Type `next` to begin the lesson.")
    }
    guard let record = study.record else { return [] }
    // A task whose solution was shown keeps the status `shown`. A skipped task can still be solved.
    if record.status == .open || (record.status == .skipped && status != .open) {
      learner.study?.record?.status = status
      learner.log.add(.ended(lesson: study.lesson.id, task: record.id, status))
      if learner.study?.tasks.allSatisfy({ $0.status.isOver }) == true {
        learner.log.add(.finished(lesson: study.lesson.id))
      }
    }
    return liftTaskFog(as: status)
      + (status == .skipped ? [] : feedbackText.instruction("Type `next` to continue."))
  }

  /// Lifts the task's fog. Returns what the fog hid, unless the learner skipped the task.
  private mutating func liftTaskFog(as status: Study.Status) -> [Line] {
    guard let fog = loadedSite.fog, fog.isActive, fog.isRaisedByTask else { return [] }
    loadedSite.fog?.isActive = false
    return status == .skipped ? [] : loadedSite.revealedLines.map { Line("  ") + $0 }
  }

  /// Runs again the commands that led to the last feedback, each on its own copy of the site on which the
  /// answer was judged. Returns nil if there are none.
  func rerunRepeatableCommands() throws(Complaint) -> CommandResponse? {
    guard let point = learner.study?.repeatablePoint else { return nil }
    var copy = self
    if let asked = learner.questionSite {
      copy.loadedSite = asked
      copy.loadedSite.fog = loadedSite.fog
    }
    var lines =
      learner.hasChangedSite(loadedSite) ? [Line("On the site as it was when the question was asked:")] : []
    var replies: [JSON] = []
    for command in point.commandsRun {
      let answer = try copy.whatIf(command)
      lines += (point.commandsRun.count > 1 ? [Line("  \(command)", .accent)] : []) + answer.lines
      if case .array(let some) = answer.members.first?.value { replies += some }
    }
    if !point.observation.isEmpty { lines += feedbackText.labelledLines("in short", point.observation) }
    return CommandResponse(lines, [JSON.Member(.replies, .array(replies))])
  }
}
