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
      learner.study?.repeatableCommands = []
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
    if check.isMet, study.record?.status.isOver == false {
      let entry = entry(for: check, task)
      learner.study?.reviewEntries.append(entry)
      reply.lines += feedbackText.evidence(of: check) + end(as: .solved)
    }
    reply.members += check.members
  }

  private func entry(for check: GoalCheck, _ task: LessonTask) -> Study.ReviewEntry {
    let steps = history.steps.dropFirst(learner.study?.steps ?? 0)
    let commands = steps.map { $0.command }.suffix(20).joined(separator: "; ")
    let points = check.lines.compactMap { line in
      line.evidence.flatMap { $0.isInformative ? $0 : nil }.map {
        Feedback.Point(
          answer: line.goal.label, commandsRun: $0.commands.map { $0.withoutWhatIf },
          observation: $0.observation)
      }
    }
    return Study.ReviewEntry(
      task: task.id, answer: commands, isRight: true, confidence: nil,
      feedback: Feedback(headline: "", points: points, derived: ""))
  }

  /// Checks the goals now. Returns whether each goal is met, and why.
  mutating func checkGoal() throws(Complaint) -> CommandResponse {
    let study = try learner.activeStudy()
    guard let task = study.task, !task.goals.isEmpty else {
      throw .notNow(
        "there is no goal to check",
        hint: study.question == nil ? "next goes on" : "answer …, then it is checked")
    }
    let check = GoalCheck(task.goals, in: factContext(of: study), ticked: study.ticked)
    var lines: [Line] = []
    for line in check.lines { lines += feedbackText.lines(of: line, isFoggy: isFoggy) }
    if check.isMet { lines.append(Line("  reached; next goes on", .faint)) }
    let open = check.lines.lazy.filter { $0.state != .met }.compactMap { $0.evidence }
    let shown = isFoggy ? nil : open.first { $0.isInformative }
    learner.study?.repeatableCommands = shown?.commands.map { $0.withoutWhatIf } ?? []
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
