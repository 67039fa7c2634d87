import Blueprint
import Course
import Facts
import Inspector

extension Session {
  /// After a command in a lesson: what it means for the goal, and a line in the journal.
  mutating func follow(_ reply: inout Reply, isDeed: Bool) {
    let isOfLessons = Command.ofLessons.contains(reply.verb)
    // Going into a lesson begins a run, and is no line of it.
    let isKept = reply.isOK && (isDeed || isOfLessons) && !Command.besideLessons.contains(reply.verb)
    // What prepares a task on the way into it is no deed of the learner's.
    if reply.isOK, isDeed, !isOfLessons {
      // From here on why is asked about what was just done.
      learning.study?.proof = []
      followGoal(&reply)
    }
    if isKept { keepLine(reply.command) }
  }

  private mutating func followGoal(_ reply: inout Reply) {
    guard learning.parked == nil, let study = learning.study, let task = study.task, !task.goals.isEmpty
    else { return }
    let check = GoalCheck(task.goals, in: factWorld(of: study), ticked: study.ticked)
    let before = study.ticked
    learning.study?.ticked = check.ticks
    reply.lines += changes(of: check, since: before).wrapped(to: screen.width)
    if check.isMet, study.record?.status.isOver == false {
      let entry = entry(for: check, task)
      learning.study?.sheet.append(entry)
      reply.lines += witnesses(of: check) + end(as: .solved)
    }
    reply.members += check.members
  }

  /// The lines of the goal that changed, in words.
  private func changes(of check: GoalCheck, since before: [Bool]) -> [Line] {
    zip(check.lines, before + Array(repeating: false, count: check.lines.count)).compactMap { line, was in
      switch (line.state, was) {
      case (.met, false): Line("  ● \(line.goal.label): yes", .accent)
      case (.unmet, true): Line("  ○ \(line.goal.label): no longer", .failed)
      case (.unchecked(let reason), _): Line("  ○ \(line.goal.label): I could not check this: \(reason)")
      case (.met, true), (.unmet, false): nil
      }
    }
  }

  /// What was run to see that it is reached.
  private func witnesses(of check: GoalCheck) -> [Line] {
    let seen = check.lines.compactMap { $0.evidence }.filter { $0.isTelling }.map { $0.saw }
    let distinct = seen.unique
    return distinct.prefix(3).flatMap { part("seen", $0) }
  }

  private func entry(for check: GoalCheck, _ task: LessonTask) -> Study.ReviewEntry {
    let steps = history.steps.dropFirst(learning.study?.steps ?? 0)
    let commands = steps.map { $0.command }.suffix(20).joined(separator: "; ")
    let points = check.lines.compactMap { line in
      line.evidence.flatMap { $0.isTelling ? $0 : nil }.map {
        Feedback.Point(said: line.goal.label, ran: $0.commands.map { $0.withoutWhatIf }, saw: $0.saw)
      }
    }
    return Study.ReviewEntry(
      task: task.id, said: commands, isRight: true, confidence: nil,
      feedback: Feedback(headline: "", points: points, derived: ""))
  }

  /// Looks at the goal now, and says of each line how it stands and why.
  mutating func checkGoal() throws(Complaint) -> Answer {
    let study = try studying()
    guard let task = study.task, !task.goals.isEmpty else {
      throw .untimely(
        "there is no goal to check",
        hint: study.question == nil ? "next goes on" : "answer …, then it is checked")
    }
    let check = GoalCheck(task.goals, in: factWorld(of: study), ticked: study.ticked)
    var lines: [Line] = []
    for line in check.lines { lines += self.lines(of: line) }
    if check.isMet { lines.append(Line("  reached; next goes on", .faint)) }
    let open = check.lines.lazy.filter { $0.state != .met }.compactMap { $0.evidence }
    let shown = isFoggy ? nil : open.first { $0.isTelling }
    learning.study?.proof = shown?.commands.map { $0.withoutWhatIf } ?? []
    return Answer(lines, check.members + stageMembers)
  }

  private func lines(of line: GoalCheck.GoalResult) -> [Line] {
    switch line.state {
    case .met: return [Line("  ● \(line.goal.label): yes", .accent)]
    case .unchecked(let reason): return [Line("  ○ \(line.goal.label): I could not check this: \(reason)")]
    case .unmet:
      var lines = [Line("  ○ \(line.goal.label): not yet")]
      if let evidence = line.evidence, evidence.isTelling, !isFoggy {
        lines += ran(evidence.commands.map { $0.withoutWhatIf }, isOnCopy: true, indent: 4)
        lines += part("", evidence.saw, indent: 4)
      }
      if let remark = line.remark { lines += part("because", remark, indent: 4) }
      return lines
    }
  }
}

extension Evidence {
  /// Whether something was run, and not only the fact asked again.
  fileprivate var isTelling: Bool { !saw.isEmpty && commands.first?.hasPrefix("show ") == false }
}

extension GoalCheck {
  var members: [JSON.Member] {
    let lines = lines.map { line in
      JSON.object([
        JSON.Member("goal", .string(line.goal.label)),
        JSON.Member("met", line.state.isUnchecked ? .null : .flag(line.state == .met)),
      ])
    }
    return [JSON.Member("goals", .array(lines)), JSON.Member("reached", .flag(isMet))]
  }
}

extension GoalCheck.GoalState {
  fileprivate var isUnchecked: Bool { if case .unchecked = self { true } else { false } }
}
