import Blueprint
import Course
import Inspector
import Simulator

extension Tutor {
  /// Enters a lesson where the learner left it, or at its start.
  mutating func enter(
    _ lesson: Lesson, anew: Bool, _ journal: ProgressJournal
  ) throws(Complaint) -> CommandResponse {
    let progress = progress
    let siteBeforeLesson =
      learner.siteBeforeLesson
      ?? .of(
        LearnerState.SuspendedSite(
          loadedSite: loadedSite, history: history, lessonBeforePlay: learner.lessonBeforePlay))
    if !anew, let runHistory = progress.lastRun(of: lesson.id),
      runHistory.run.fingerprint == lesson.fingerprint,
      !runHistory.lines.isEmpty, var answer = try resume(lesson, runHistory, journal)
    {
      learner.siteBeforeLesson = siteBeforeLesson
      answer.lines += knownProgress.warnings
      return answer
    }
    let kept = anew ? [] : progress[lesson.id]?.tasks ?? []
    let before = self
    do throws(Complaint) {
      try start(lesson, keeping: kept, asksRecall: true)
      // A question from a lesson that the learner has not taken is not asked.
      let asksRecall =
        learner.study?.recall.map { recall in
          progress[recall.lesson]?.tasks.contains { $0.status.isOver } == true
        } ?? true
      if !asksRecall { try start(lesson, keeping: kept, asksRecall: false) }
      learner.siteBeforeLesson = siteBeforeLesson
      learner.log.begin(lesson, from: .start(kept: kept, asksRecall: asksRecall), in: journal)
      var answer = try opening(of: lesson)
      answer.lines += [Tutor.leaveHint] + knownProgress.warnings
      return answer
    } catch {
      // If the lesson cannot be entered, the session is left unchanged.
      self = before
      throw error
    }
  }

  static let leaveHint = Line("  Type `leave` to return to the site that was there before.", .faint)

  /// Returns the opening of a lesson and its first question.
  private mutating func opening(of lesson: Lesson) throws(Complaint) -> CommandResponse {
    var lines = [Line("\(lesson.title) · about \(lesson.minutes) minutes")]
    if learner.study?.tasks.contains(where: { $0.status.isOver }) == true {
      lines += feedbackText.instruction("What you did before is kept. Type `tasks` to see it.")
    }
    lines += page(lesson.opening)
    return try CommandResponse(lines + currentTaskLines(), learner.members)
  }

  /// Loads the lesson's design and goes to the first unfinished task, or to the recall question before it.
  ///
  /// Unless `asksRecall` is true, no question from an earlier lesson comes first.
  mutating func start(_ lesson: Lesson, keeping kept: [Progress.TaskProgress], asksRecall: Bool)
    throws(Complaint)
  {
    try start(lesson, on: try site(of: lesson), asksRecall: asksRecall)
    learner.study?.adopt(kept)
    let next = learner.study?.tasks.firstIndex { !$0.status.isOver } ?? 0
    if next > 0, learner.study?.stage != .recall { try go(to: .task(next)) }
  }

  mutating func site(of lesson: Lesson) throws(Complaint) -> LoadedSite {
    if let design = session.designs.design(named: lesson.start.text) {
      return try withAuthorLimits { tutor throws(Complaint) in try tutor.build(design) }
    }
    guard lesson.start.text == "new" else {
      throw .brokenLesson(lesson.id, problem: "there is no design “\(Sentences.clean(lesson.start.text))”")
    }
    return LoadedSite(Simulation(), design: "new")
  }

  private mutating func start(_ lesson: Lesson, on loadedSite: LoadedSite, asksRecall: Bool)
    throws(Complaint)
  {
    self.loadedSite = loadedSite
    history = History()
    let before = learner
    learner = LearnerState()
    learner.log.runs = before.log.runs
    learner.log.unwritten = before.log.unwritten
    learner.isReplaying = before.isReplaying
    learner.lessonStart = .of(loadedSite)
    learner.taskStart = .of(loadedSite)
    learner.study = Study(lesson, start: loadedSite.simulation)
    if asksRecall, let recall = library.recall(for: lesson, in: factContext()) {
      learner.study = Study(lesson, start: loadedSite.simulation, recall: recall)
    } else {
      try go(to: .task(0))
    }
  }

  /// Goes to a stage, prepares its task, and checks which of its goals are already met.
  mutating func go(to stage: Study.LessonStage) throws(Complaint) {
    // A task that needs fog raises new fog, so fog from before is lifted.
    loadedSite.fog?.isActive = false
    learner.study?.go(to: stage, start: session.loadedSite.simulation, steps: session.history.steps.count)
    if let task = learner.study?.task, !task.setup.isEmpty {
      try prepare(task)
      learner.study?.go(to: stage, start: session.loadedSite.simulation, steps: session.history.steps.count)
    }
    learner.taskStart = .of(loadedSite)
    guard let study = learner.study, let task = study.task, !task.goals.isEmpty else { return }
    let check = GoalCheck(task.goals, in: factContext(of: study), ticked: [])
    learner.study?.ticked = check.ticks
  }

  private mutating func prepare(_ task: LessonTask) throws(Complaint) {
    let typed = session.line
    depth += 1
    session.beginScript("the setup of \(task.id)")
    let trouble = arrange(task.setup.map { $0.text })
    // The flag is set before the script ends, so that undo and redo keep it.
    loadedSite.fog?.isRaisedByTask = true
    session.endScript()
    depth -= 1
    session.line = typed
    if let trouble { throw trouble }
  }

  /// Runs commands of the lesson's author. Returns the first complaint, or nil.
  mutating func arrange(_ lines: [String]) -> Complaint? {
    learner.isRunningSetup = true
    defer { learner.isRunningSetup = false }
    do throws(Complaint) {
      try withAuthorLimits { tutor throws(Complaint) in
        for command in lines.flatMap(Session.commands) {
          if let failure = tutor.obey(command).failure { throw .inWhatIf(command, failure) }
        }
      }
      return nil
    } catch {
      return error
    }
  }
}
