import Course
import Facts
import Inspector

extension Tutor {
  // MARK: Help with a task

  mutating func hint() throws(Complaint) -> CommandResponse {
    let study = try learner.activeStudy()
    guard let task = study.task, let record = study.record else {
      throw .notNow("there is no hint here", hint: "next goes on")
    }
    guard record.hints < task.hints.count else {
      throw .notNow("there are no more hints", hint: "solution shows the answer")
    }
    learner.study?.record?.hints += 1
    let left = task.hints.count - record.hints - 1
    let tail = left == 0 ? "that was the last; solution shows the answer" : "\(left) more"
    return CommandResponse(
      page(task.hints[record.hints]) + [Line("  \(tail)", .faint)],
      [JSON.Member(.hint, .integer(record.hints + 1)), JSON.Member(.left, .integer(left))] + learner.members
    )
  }

  mutating func solution() throws(Complaint) -> CommandResponse {
    let study = try learner.activeStudy()
    guard study.task != nil || study.question != nil else {
      throw .notNow("there is nothing to solve here", hint: "next goes on")
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
        lines.append(Line("  I could not work it out on your site: \(error.message)"))
      }
    }
    for (i, solution) in (task?.solutions ?? []).enumerated() where study.question == nil {
      lines.append(Line(i == 0 ? "  one way" : "  another way", .faint))
      lines += solution.lines.map { Line("    \($0.text)", .accent) }
    }
    lines += page(task?.explanation ?? [])
    return CommandResponse(lines + end(as: .shown), members + learner.members)
  }

  // MARK: Navigation

  mutating func skip() throws(Complaint) -> CommandResponse {
    let study = try learner.activeStudy()
    guard study.stage != .over else {
      throw .notNow("the lesson is over", hint: "lessons lists the next ones")
    }
    let lines = study.isOpen && study.task != nil ? end(as: .skipped) : []
    let words = study.isOpen && study.task != nil ? [Line("  skipped; back returns to it", .faint)] : []
    return try move(to: study.nextStage, lines + words)
  }

  mutating func next() throws(Complaint) -> CommandResponse {
    let study = try learner.activeStudy()
    guard study.stage != .over else {
      throw .notNow("the lesson is over", hint: library.suggestion(after: study.lesson, progress))
    }
    if study.isOpen, let task = study.task {
      throw .notNow(
        "this task is open",
        hint: task.question == nil ? "check, hint, solution or skip" : "answer …, hint, solution or skip")
    }
    return try move(to: study.nextStage, page(study.task?.after ?? []))
  }

  mutating func back() throws(Complaint) -> CommandResponse {
    let study = try learner.activeStudy()
    guard let stage = study.previousStage else {
      throw .notNow("this is the first task", hint: "next goes on")
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
    // Progress that was made in another shell counts too.
    let known = progress[study.lesson.id]
    let statuses = study.tasks.map { record in
      record.status == .open ? known?.tasks.first { $0.id == record.id }?.status ?? .open : record.status
    }
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
      throw .notNow("you are in free play already", hint: "resume goes back")
    }
    learner.lessonBeforePlay = .of(
      LearnerState.SuspendedLesson(loadedSite: loadedSite, history: history, study: learner.study))
    return CommandResponse("Free play: whatever you do now, resume goes back to exactly this site.")
  }

  mutating func endPlay() throws(Complaint) -> CommandResponse {
    guard let lessonBeforePlay = learner.lessonBeforePlay?.value else {
      throw .notNow("there is nothing to resume", hint: "play begins free play")
    }
    loadedSite = lessonBeforePlay.loadedSite
    history = lessonBeforePlay.history
    learner.study = lessonBeforePlay.study
    learner.lessonBeforePlay = nil
    return CommandResponse("Back where play began.")
  }
}
