import Course
import Facts
import Inspector

extension Tutor {
  // MARK: Help with a task

  mutating func hint() throws(Complaint) -> CommandResponse {
    let study = try learner.activeStudy()
    guard let task = study.task, let record = study.record else {
      throw .notNow("there is no hint here", hint: "type `next` to continue")
    }
    guard record.hints < task.hints.count else {
      throw .notNow("there are no more hints", hint: "type `solution` for the answer")
    }
    learner.study?.record?.hints += 1
    let left = task.hints.count - record.hints - 1
    let number = "Hint \(record.hints + 1) of \(task.hints.count)."
    let tail = left == 0 ? "\(number) Type `solution` for the answer." : number
    return CommandResponse(
      page(task.hints[record.hints]) + feedbackText.instruction(tail),
      [JSON.Member(.hint, .integer(record.hints + 1)), JSON.Member(.left, .integer(left))] + learner.members
    )
  }

  mutating func solution() throws(Complaint) -> CommandResponse {
    let study = try learner.activeStudy()
    guard study.task != nil || study.question != nil else {
      throw .notNow("there is nothing to solve here", hint: "type `next` to continue")
    }
    let task = study.task
    var lines: [Line] = []
    var members: [JSON.Member] = []
    if let question = study.question {
      let judge = AnswerJudge(question, in: factContext(of: study))
      do throws(FactProblem) {
        let derived = try judge.derived()
        let shown = try judge.shown(derived)
        learner.study?.record?.shown = shown
        lines +=
          feedbackText.labelledLines("answer", shown.derived, .accent)
          + shown.points.flatMap { feedbackText.lines(of: $0, isRight: true) }
        members.append(JSON.Member(.value, derived.value.json))
      } catch {
        lines += feedbackText.labelledLines("answer", "cannot be found on this site: \(error.message)")
      }
    }
    for (i, solution) in (task?.solutions ?? []).enumerated() where study.question == nil {
      lines.append(Line(i == 0 ? "  One way:" : "  Another way:"))
      lines += solution.lines.map { Line("    \($0.text)", .accent) }
    }
    lines += page(task?.explanation ?? [])
    return CommandResponse(lines + end(as: .shown), members + learner.members)
  }

  // MARK: Navigation

  mutating func skip() throws(Complaint) -> CommandResponse {
    let study = try learner.activeStudy()
    guard study.stage != .over else {
      throw .notNow("the lesson is over", hint: "type `lessons` for the next one")
    }
    guard study.isOpen, study.task != nil else { return try move(to: study.nextStage, []) }
    return try move(
      to: study.nextStage,
      end(as: .skipped) + feedbackText.instruction("Skipped. Type `back` to return to the task."))
  }

  mutating func next() throws(Complaint) -> CommandResponse {
    let study = try learner.activeStudy()
    guard study.stage != .over else {
      throw .notNow("the lesson is over", hint: library.suggestion(after: study.lesson, progress))
    }
    if let record = study.record, let task = study.task,
      !progress.status(of: record, in: study.lesson.id).isOver
    {
      throw .notNow(
        task.question == nil ? "the goal is not reached yet" : "the question is not answered yet",
        hint: task.question == nil
          ? "type `check` to see why, `hint` for help, or `skip` to go on"
          : "type your answer, `hint` for help, or `skip` to go on")
    }
    return try move(to: study.nextStage, page(study.task?.after ?? []))
  }

  mutating func back() throws(Complaint) -> CommandResponse {
    let study = try learner.activeStudy()
    guard let stage = study.previousStage else {
      throw .notNow("this is the first task", hint: "type `next` to continue")
    }
    return try move(to: stage, [])
  }

  private mutating func move(to stage: Study.LessonStage, _ lines: [Line]) throws(Complaint)
    -> CommandResponse
  {
    let before = self
    do {
      try go(to: stage)
      return CommandResponse(lines + (try currentTaskLines()), learner.members)
    } catch {
      self = before
      throw error
    }
  }

  func tasks() throws(Complaint) -> CommandResponse {
    guard let study = learner.study else { throw .notInLesson }
    let statuses = study.tasks.map { progress.status(of: $0, in: study.lesson.id) }
    let lines = zip(study.lesson.tasks, statuses).enumerated().map { number, pair in
      let mark = study.stage == .task(number) ? "▶" : " "
      return Line(
        "  \(mark) \(Column.right("\(number + 1)", 2))  \(Column.left(pair.1.rawValue, 8))  \(InlineText.plain(pair.0.title))"
      )
    }
    let members = zip(study.tasks, statuses).map { record, status in
      JSON.object([JSON.Member(.id, .string(record.id)), JSON.Member(.status, .string(status.rawValue))])
    }
    return CommandResponse(lines, [JSON.Member(.tasks, .array(members))] + learner.members)
  }

  // MARK: Free play

  mutating func play() throws(Complaint) -> CommandResponse {
    guard learner.lessonBeforePlay == nil else {
      throw .notNow("you are in free play already", hint: "type `resume` to return to the lesson")
    }
    learner.lessonBeforePlay = .of(
      LearnerState.SuspendedLesson(loadedSite: loadedSite, history: history, study: learner.study))
    return CommandResponse(
      feedbackText.instruction(
        "Free play: do what you like. Type `resume` to return to the site as it is now."))
  }

  mutating func endPlay() throws(Complaint) -> CommandResponse {
    guard let lessonBeforePlay = learner.lessonBeforePlay?.value else {
      throw .notNow("there is nothing to resume", hint: "type `play` to begin free play")
    }
    loadedSite = lessonBeforePlay.loadedSite
    history = lessonBeforePlay.history
    learner.study = lessonBeforePlay.study
    learner.lessonBeforePlay = nil
    return CommandResponse("You are back in the lesson, on the site as it was before free play.")
  }
}
