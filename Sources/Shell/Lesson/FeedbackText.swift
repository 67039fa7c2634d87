import Blueprint
import Course
import Inspector

/// Formats feedback as lines: the answer, the commands that were run and their results, each with a label.
struct FeedbackText {
  let width: Int
  /// Whether the current site differs from the site on which the question is judged.
  var hasSiteChanged = false

  /// Returns the first line of feedback to an answer: whether it is right.
  func verdict(on feedback: Feedback, isRight: Bool) -> Line {
    if isRight { return Line("  ✓ Right", .good) }
    guard let score = feedback.score else { return Line("  ✗ Not right", .failed) }
    return Line("  Partly right: \(score.right) of \(score.total)", .attention)
  }

  /// Returns lines that tell the learner what to type. Commands are in backticks.
  func instruction(_ text: String) -> [Line] {
    InlineText(text).wrapped(to: width, first: "  ", rest: "  ")
  }

  /// Returns lines with a label before the first one.
  func labelledLines(_ label: String, _ texts: [String]) -> [Line] {
    texts.enumerated().flatMap { labelledLines($0.offset == 0 ? label : "", $0.element) }
  }

  func labelledLines(_ word: String, _ text: String, _ look: Line.Look = .plain, indent: Int = 2) -> [Line] {
    let margin = String(repeating: " ", count: indent)
    return (Line("\(margin)\(Column.left(word, 9))  ") + Line(text, look)).wrapped(to: width)
  }

  /// Returns one point of the feedback as lines. If the answer was right, they do not mention that commands
  /// ran on copies.
  func lines(of point: Feedback.Point, isRight: Bool) -> [Line] {
    let answer = isRight ? [] : labelledLines(point.isOmission ? "left out" : "you said", point.answer)
    return answer + commandsRun(point.commandsRun, isOnCopy: !isRight)
      + (point.observation.isEmpty ? [] : labelledLines("", point.observation))
      + (point.reason.map { labelledLines("because", $0) } ?? [])
  }

  /// Returns a line for each command that was run. If there are many, only the first ones are shown.
  func commandsRun(_ commands: [String], isOnCopy: Bool, indent: Int = 2) -> [Line] {
    let isNamed = isOnCopy && !hasSiteChanged && !commands.allSatisfy { $0.hasPrefix("show ") }
    if commands.count == 1 {
      return labelledLines(
        "I ran", commands[0] + (isNamed ? "   on a copy of your site" : ""), .accent, indent: indent)
        + siteLines(indent)
    }
    var lines: [Line] = []
    for (i, command) in commands.prefix(FeedbackText.mostRuns).enumerated() {
      lines += labelledLines(i == 0 ? "I ran" : "", command, .accent, indent: indent)
    }
    let more = commands.count - FeedbackText.mostRuns
    if more > 0 { lines += labelledLines("", "and \(more) more", indent: indent) }
    if commands.isEmpty { return [] }
    return lines + (isNamed ? labelledLines("", "each on a copy of your site", indent: indent) : [])
      + siteLines(indent)
  }

  private func siteLines(_ indent: Int) -> [Line] {
    hasSiteChanged
      ? labelledLines("", "on the site as it was when the question was asked", indent: indent) : []
  }

  private static let mostRuns = 4

  // MARK: Goals

  /// Returns a line for each goal of a task, marked if the goal is met.
  func goal(of task: LessonTask, _ ticked: [Bool]) -> [Line] {
    guard !task.goals.isEmpty else { return [] }
    let lines = zip(task.goals, ticked).map { goal, isTicked in
      isTicked
        ? Line("  ● \(goal.label): yes", .good)
        : Line("  ○ \(goal.label)\(goal.when == .once ? " (once)" : "")")
    }
    return lines.wrapped(to: width)
      + instruction(
        "Tripod checks \(lines.count == 1 ? "this" : "these") after every command. Type `check` to see why.")
  }

  /// Returns a line for each goal that is newly met, no longer met, or could not be checked.
  func changes(of check: GoalCheck, since before: [Bool]) -> [Line] {
    zip(check.lines, before + Array(repeating: false, count: check.lines.count)).compactMap { line, wasMet in
      switch (line.state, wasMet) {
      case (.met, false): Line("  ● \(line.goal.label): yes", .good)
      case (.unmet, true): Line("  ○ \(line.goal.label): no longer", .failed)
      case (.unchecked(let reason), _): uncheckedLine(line.goal, reason)
      case (.met, true), (.unmet, false): nil
      }
    }
  }

  /// Returns the evidence that the goals are met, as lines.
  func evidence(of check: GoalCheck) -> [Line] {
    let seen = check.lines.compactMap { $0.evidence }.filter { $0.isInformative }.map { $0.observation }
    // One run can be seen twice, the second time with a further value.
    let longest = seen.unique.filter { one in !seen.contains { $0 != one && $0.hasPrefix(one) } }
    return labelledLines("because", Array(longest.prefix(3)))
  }

  private func uncheckedLine(_ goal: Goal, _ reason: String) -> Line {
    Line("  ○ \(goal.label): this cannot be checked here, because \(reason)", .attention)
  }

  /// Returns the result for one goal as lines, with the reason if it is not met. In fog, the evidence is left
  /// out.
  func lines(of line: GoalCheck.GoalResult, isFoggy: Bool) -> [Line] {
    switch line.state {
    case .met: return [Line("  ● \(line.goal.label): yes", .good)]
    case .unchecked(let reason): return [uncheckedLine(line.goal, reason)]
    case .unmet:
      var lines = [Line("  ○ \(line.goal.label): not yet")]
      if let evidence = line.evidence, evidence.isInformative, !isFoggy {
        lines += commandsRun(evidence.commands.map { $0.withoutWhatIf }, isOnCopy: true, indent: 4)
        lines += labelledLines("", evidence.observation, indent: 4)
      }
      if let remark = line.remark { lines += labelledLines("because", remark, indent: 4) }
      return lines
    }
  }

  /// Returns how many tasks of a lesson have each status. `next` says what to type to continue.
  func summary(of study: Study, _ statuses: [Study.Status], next: String) -> [Line] {
    let all = [Study.Status.solved, .shown, .skipped, .open]
    let words = all.map { status in (statuses.count { $0 == status }, status) }.filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1.rawValue)" }.joined(separator: ", ")
    return [
      Line(), Line("\(study.lesson.title): \(words)."),
    ] + instruction("Type `review` to see your answers. \(next)")
  }
}

extension Evidence {
  /// Whether the evidence comes from a command other than `show`.
  var isInformative: Bool { !observation.isEmpty && commands.first?.hasPrefix("show ") == false }
}

extension GoalCheck {
  /// Returns the entry of the review sheet for a task whose goal is reached after these commands.
  func reviewEntry(of task: LessonTask, afterCommands commands: [String]) -> Study.ReviewEntry {
    let points = lines.compactMap { line in
      line.evidence.flatMap { $0.isInformative ? $0 : nil }.map { evidence in
        Feedback.Point(
          answer: line.goal.label, commandsRun: evidence.commands.map { $0.withoutWhatIf },
          observation: evidence.observation)
      }
    }
    return Study.ReviewEntry(
      task: task.id, answer: commands.suffix(20).joined(separator: "; "), isRight: true, confidence: nil,
      feedback: Feedback(headline: "", points: points, derived: ""))
  }

  var members: [JSON.Member] {
    let lines = lines.map { line in
      JSON.object([
        JSON.Member(.goal, .string(line.goal.label)),
        JSON.Member(.met, line.state.isUnchecked ? .null : .flag(line.state == .met)),
      ])
    }
    return [JSON.Member(.goals, .array(lines)), JSON.Member(.reached, .flag(isMet))]
  }
}

extension GoalCheck.GoalState {
  fileprivate var isUnchecked: Bool { if case .unchecked = self { true } else { false } }
}

extension Feedback {
  /// The feedback without the commands and their results, which would reveal what the fog hides.
  var outsideView: Feedback {
    Feedback(
      answers: answers, score: score, headline: headline,
      points: points.map {
        Point(
          answer: $0.answer, isOmission: $0.isOmission, commandsRun: [], observation: "", reason: $0.reason)
      },
      derived: "")
  }

  /// The JSON members of the feedback.
  func members(isRight: Bool) -> [JSON.Member] {
    let points = points.map { point in
      JSON.object([
        JSON.Member(.answer, .string(point.answer)),
        JSON.Member(.commandsRun, .array(point.commandsRun.map { .string($0) })),
        JSON.Member(.observation, .string(point.observation)),
        JSON.Member(.reason, point.reason.map { .string($0) } ?? .null),
      ])
    }
    return [JSON.Member(.right, .flag(isRight)), JSON.Member(.feedback, .array(points))]
  }
}
