import Blueprint

extension LessonTest {
  /// Returns the text with the current output in its demos. Patterns that still match stay.
  public static func updated(_ text: String, file: String, runner: Runner) -> String {
    let reader = LessonReader(text, file: file)
    guard reader.problems.isEmpty else { return text }
    var update = DemoUpdate(runner: runner)
    update.collectEdits(of: reader.lesson)
    return update.applied(to: text)
  }
}

/// Plays a lesson as its author meant it, and collects the lines of demos that have changed.
private struct DemoUpdate<Runner: LessonRunner> {
  private var runner: Runner
  /// Ranges of lines of the file, and the lines that replace them.
  private var edits: [(lines: Range<Int>, text: [String])] = []

  init(runner: Runner) { self.runner = runner }

  mutating func collectEdits(of lesson: Lesson) {
    runner.allowNextCheck()
    guard runner.begin(lesson) == nil else { return }
    compareDemos(in: lesson.opening)
    if runner.study?.stage == .recall { _ = runner.play("skip") }
    for task in lesson.tasks {
      runner.allowNextCheck()
      for blocks in [task.text, task.explanation] + task.hints { compareDemos(in: blocks) }
      for line in task.solutions.first?.lines ?? [] { _ = runner.playAll(line.text) }
      compareDemos(in: task.after)
      if runner.play("next").failure != nil { _ = runner.play("skip") }
    }
  }

  private mutating func compareDemos(in blocks: [Block]) {
    var copy = runner
    copy.leave()
    for case .demo(let demo) in blocks {
      for step in demo.steps {
        let (lines, failure) = DemoTest.play(step, on: &copy)
        // A command that is wrongly obeyed or refused is a mistake of the lesson, so its output is not
        // updated.
        guard (failure != nil) == step.isRefused else { return }
        let wanted = step.output.map { $0.text }
        guard !DemoTest.matches(wanted[...], lines[...]) else { continue }
        let first = step.command.position.line
        edits.append((first..<(step.endLine - 1), DemoUpdate.merged(wanted, lines)))
      }
    }
  }

  /// Returns the current output. Patterns that still match stay in their places.
  private static func merged(_ wanted: [String], _ lines: [String]) -> [String] {
    let isSameShape = wanted.count == lines.count && !wanted.contains { $0.trimmed == "..." }
    if isSameShape {
      return zip(wanted, lines).map { DemoTest.isPattern($0) && DemoTest.matches($0, $1) ? $0 : $1 }
    }
    return filled(wanted, lines) ?? lines
  }

  /// Replaces the lines that no longer match, or returns nil if the patterns cannot be aligned.
  private static func filled(_ wanted: [String], _ lines: [String]) -> [String]? {
    let fits = reach(wanted, lines)
    guard fits[0][0] else { return nil }
    var filled: [String] = []
    var index = 0
    for (i, pattern) in wanted.enumerated() {
      if pattern.trimmed == "..." {
        filled.append(pattern)
        while !fits[i + 1][index] { index += 1 }
      } else {
        filled.append(DemoTest.matches(pattern, lines[index]) ? pattern : lines[index])
        index += 1
      }
    }
    return filled
  }

  /// Returns whether the patterns from index i on can match the lines from index j on.
  private static func reach(_ wanted: [String], _ lines: [String]) -> [[Bool]] {
    var fits = Array(repeating: Array(repeating: false, count: lines.count + 1), count: wanted.count + 1)
    fits[wanted.count][lines.count] = true
    for (i, pattern) in wanted.enumerated().reversed() {
      let isOpen = pattern.trimmed == "..."
      let isStale = !lines.contains { DemoTest.matches(pattern, $0) }
      if isOpen { fits[i][lines.count] = fits[i + 1][lines.count] }
      for j in lines.indices.reversed() {
        fits[i][j] =
          isOpen
          ? fits[i + 1][j] || fits[i][j + 1]
          : fits[i + 1][j + 1] && (isStale || DemoTest.matches(pattern, lines[j]))
      }
    }
    return fits
  }

  /// Returns the text with all edits. Their lines are counted from one, but their ranges from zero.
  func applied(to text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for edit in edits.sorted(by: { $0.lines.lowerBound > $1.lines.lowerBound })
    where edit.lines.upperBound <= lines.count {
      lines.replaceSubrange(edit.lines, with: edit.text)
    }
    return lines.joined(separator: "\n")
  }
}
