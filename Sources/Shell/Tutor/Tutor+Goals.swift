import Blueprint
import Course
import Inspector

extension Tutor {
  /// Checks after a command in a lesson whether the goal is met, and records the command in the journal.
  mutating func trackProgress(_ reply: inout Reply, hasChangedSite: Bool) {
    let isLessonCommand = LessonVerbs.recordedVerbs.contains(reply.verb)
    // A command that enters a lesson begins a new run, so it is not recorded in that run.
    let isRecorded =
      reply.isOK && (hasChangedSite || isLessonCommand) && !LessonVerbs.unrecordedVerbs.contains(reply.verb)
    // Commands about lessons are ignored here: they run a task's setup, which the learner did not type.
    if reply.isOK, hasChangedSite, !isLessonCommand {
      // From now on, `why` explains this command.
      learner.study?.repeatablePoint = nil
      updateGoal(&reply)
    }
    if isRecorded { learner.log.add(line: reply.command) }
  }

  private mutating func updateGoal(_ reply: inout Reply) {
    guard learner.lessonBeforePlay == nil, let study = learner.study, let task = study.task,
      !task.goals.isEmpty
    else { return }
    let check = GoalCheck(task.goals, in: factContext(of: study), ticked: study.ticked)
    let before = study.ticked
    learner.study?.ticked = check.ticks
    reply.lines += feedbackText.changes(of: check, since: before).wrapped(to: screen.width)
    if check.isMet, let status = study.record?.status, status == .open || status == .skipped {
      let steps = history.steps.dropFirst(study.steps).map { $0.command }
      learner.study?.reviewEntries.append(check.reviewEntry(of: task, afterCommands: steps))
      reply.lines += feedbackText.evidence(of: check) + end(as: .solved)
    }
    reply.members += check.members
  }

  /// Checks the goals now. Returns whether each goal is met, and why.
  mutating func checkGoal() throws(Complaint) -> CommandResponse {
    let study = try learner.activeStudy()
    guard let task = study.task, !task.goals.isEmpty else {
      throw .notNow(
        "this task has no goal to check",
        hint: study.question == nil
          ? "type `next` to continue" : "answer the question; the answer is checked at once")
    }
    let check = GoalCheck(task.goals, in: factContext(of: study), ticked: study.ticked)
    var lines: [Line] = []
    for line in check.lines { lines += feedbackText.lines(of: line, isFoggy: isFoggy) }
    if check.isMet { lines += feedbackText.instruction("The goal is reached. Type `next` to continue.") }
    let open = check.lines.lazy.filter { $0.state != .met }.compactMap { $0.evidence }
    let shown = isFoggy ? nil : open.first { $0.isInformative }
    learner.study?.repeatablePoint = shown.map { evidence in
      Feedback.Point(
        answer: "", commandsRun: evidence.commands.map { $0.withoutWhatIf }, observation: evidence.observation
      )
    }
    return CommandResponse(lines, check.members + learner.members)
  }
}

/// The names of commands about lessons, grouped by whether the journal records them.
enum LessonVerbs {
  /// Commands within a lesson, which its journal records.
  static let recordedVerbs = [
    "answer", "hint", "solution", "skip", "next", "back", "play", "resume", "check", "why",
  ]

  /// Commands about lessons that are not part of any lesson.
  static let unrecordedVerbs = ["home", "learn", "leave", "lesson", "lessons", "progress"]
}
