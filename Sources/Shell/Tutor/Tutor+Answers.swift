import Blueprint
import Course
import Inspector

extension Tutor {
  /// Judges an answer on the learner's own site.
  mutating func answer(_ text: String) throws(Complaint) -> CommandResponse {
    let study = try learner.activeStudy()
    if study.stage == .summary { return try keepSummary(text) }
    guard let question = study.question else {
      throw .notNow(
        study.stage == .over ? "the lesson is over" : "this task asks nothing",
        hint: study.stage == .over ? "lessons lists the next ones" : "goal says what is to be reached")
    }
    switch AnswerJudge(question, in: factContext(of: study)).verdict(on: text) {
    case .unreadable(let problem): throw .unreadableAnswer(problem.message, hint: problem.hint)
    case .unchecked(let reason): throw .unchecked(reason)
    case .right(let feedback): return accept(text, feedback, question)
    case .wrong(let feedback): return reject(text, isFoggy ? feedback.outsideView : feedback, question)
    }
  }

  /// Whether a line that is not a command could be an answer to the open question.
  func isAnswer(_ line: String) -> Bool {
    guard learner.lessonBeforePlay == nil, let study = learner.study, study.isOpen,
      let question = study.question,
      let type = try? AnswerJudge(question, in: factContext(of: study)).type()
    else { return false }
    return (try? AnswerReader(question, type: type, topology: session.knownTopology).answer(from: line))
      != nil
  }

  private mutating func accept(_ text: String, _ feedback: Feedback, _ question: Question) -> CommandResponse
  {
    learner.recordAnswer(text, feedback, isRight: true)
    let lines =
      [Line("  \(feedback.headline)")]
      + feedback.points.flatMap { feedbackText.lines(of: $0, isRight: true) }
    return CommandResponse(lines + end(as: .solved), feedback.members(isRight: true) + learner.members)
  }

  private mutating func reject(_ text: String, _ feedback: Feedback, _ question: Question) -> CommandResponse
  {
    learner.recordAnswer(text, feedback, isRight: false)
    var lines = feedback.headline.isEmpty ? [] : [Line("  \(feedback.headline)")]
    lines += feedback.points.flatMap { feedbackText.lines(of: $0, isRight: false) }
    if isFoggy {
      lines.append(Line("  the fog is as it was\(learner.hintsLeft)", .faint))
    } else if question.isPrediction, learner.study?.record?.gotFollowUpQuestion == false {
      learner.study?.record?.gotFollowUpQuestion = true
      lines.append(Line("  What did happen? Answer once more; why plays it again.", .faint))
    } else {
      lines.append(Line("  why plays it again\(learner.hintsLeft)", .faint))
    }
    return CommandResponse(lines, feedback.members(isRight: false) + learner.members)
  }

  /// Ends the task, or the recall question before it, and records the result in the journal.
  mutating func end(as status: Study.Status) -> [Line] {
    guard let study = learner.study else { return [] }
    if study.stage == .recall {
      learner.study?.recall?.isOver = true
      return [Line("  next begins the lesson", .faint)]
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
    return liftTaskFog(as: status) + (status == .skipped ? [] : [Line("  next goes on", .faint)])
  }

  /// Lifts the task's fog. Returns what the fog hid, unless the learner skipped the task.
  private mutating func liftTaskFog(as status: Study.Status) -> [Line] {
    guard let fog = loadedSite.fog, fog.isActive, fog.isRaisedByTask else { return [] }
    loadedSite.fog?.isActive = false
    return status == .skipped ? [] : loadedSite.revealedLines.map { Line("  ") + $0 }
  }

  private mutating func keepSummary(_ text: String) throws(Complaint) -> CommandResponse {
    guard let study = learner.study else { throw .notInLesson }
    let summary = Words.trimmed(text)
    learner.study?.summary = summary
    learner.log.add(.said(lesson: study.lesson.id, summary))
    return CommandResponse([Line("  kept; next ends the lesson", .faint)], learner.members)
  }

  /// Runs again the commands that led to the last feedback, each on its own copy. Returns nil if there are
  /// none.
  func rerunRepeatableCommands() throws(Complaint) -> CommandResponse? {
    guard let repeatableCommands = learner.study?.repeatableCommands, !repeatableCommands.isEmpty else {
      return nil
    }
    var lines: [Line] = []
    var replies: [JSON] = []
    for command in repeatableCommands {
      let answer = try whatIf(command)
      lines += (repeatableCommands.count > 1 ? [Line("  \(command)", .accent)] : []) + answer.lines
      if case .array(let some) = answer.members.first?.value { replies += some }
    }
    return CommandResponse(lines, [JSON.Member(.replies, .array(replies))])
  }
}
