import Blueprint

extension LessonTrial {
  /// The text with its demos as the program says them now: literal lines are written anew, patterns stay.
  public static func updated(_ text: String, file: String, ground: Ground) -> String {
    let reader = LessonReader(text, file: file)
    guard reader.problems.isEmpty else { return text }
    var update = DemoUpdate(ground: ground)
    update.walk(reader.lesson)
    return update.applied(to: text)
  }
}

/// Plays a lesson as its author meant it, and notes which lines of its demos come out otherwise.
private struct DemoUpdate<Ground: Playground> {
  private var ground: Ground
  /// Lines of the file that others take the place of.
  private var edits: [(lines: Range<Int>, text: [String])] = []

  init(ground: Ground) { self.ground = ground }

  mutating func walk(_ lesson: Lesson) {
    ground.allowNextCheck()
    guard ground.begin(lesson) == nil else { return }
    note(lesson.opening)
    if ground.study?.stage == .recall { _ = ground.play("skip") }
    for task in lesson.tasks {
      ground.allowNextCheck()
      for blocks in [task.text, task.explanation] + task.hints { note(blocks) }
      for line in task.solutions.first?.lines ?? [] { _ = ground.playAll(line.text) }
      note(task.after)
      if ground.play("next").failure != nil { _ = ground.play("skip") }
    }
  }

  private mutating func note(_ blocks: [Block]) {
    var copy = ground
    copy.leave()
    for case .demo(let demo) in blocks {
      for step in demo.steps {
        let (lines, failure) = DemoTrial.play(step, on: &copy)
        // A command that is obeyed where it should not, or the reverse, is a fault of the lesson, not of its output.
        guard (failure != nil) == step.isRefused else { return }
        let wanted = step.output.map { $0.text }
        guard !DemoTrial.matches(wanted[...], lines[...]) else { continue }
        let first = step.command.place.line
        edits.append((first..<(step.end - 1), DemoUpdate.merged(wanted, lines)))
      }
    }
  }

  /// Patterns that still fit something stay in their places; between them stands what comes out now.
  private static func merged(_ wanted: [String], _ lines: [String]) -> [String] {
    let isSameShape = wanted.count == lines.count && !wanted.contains { $0.trimmed == "..." }
    if isSameShape {
      return zip(wanted, lines).map { DemoTrial.isPattern($0) && DemoTrial.matches($0, $1) ? $0 : $1 }
    }
    return filled(wanted, lines) ?? lines
  }

  /// Every line that nothing fits any more gives way to the one that comes out in its place.
  private static func filled(_ wanted: [String], _ lines: [String]) -> [String]? {
    let fits = reach(wanted, lines)
    guard fits[0][0] else { return nil }
    var filled: [String] = []
    var place = 0
    for (i, pattern) in wanted.enumerated() {
      if pattern.trimmed == "..." {
        filled.append(pattern)
        while !fits[i + 1][place] { place += 1 }
      } else {
        filled.append(DemoTrial.matches(pattern, lines[place]) ? pattern : lines[place])
        place += 1
      }
    }
    return filled
  }

  /// Whether the patterns from one place on can account for the lines from another one on.
  private static func reach(_ wanted: [String], _ lines: [String]) -> [[Bool]] {
    var fits = Array(repeating: Array(repeating: false, count: lines.count + 1), count: wanted.count + 1)
    fits[wanted.count][lines.count] = true
    for (i, pattern) in wanted.enumerated().reversed() {
      let isOpen = pattern.trimmed == "..."
      let isStale = !lines.contains { DemoTrial.matches(pattern, $0) }
      if isOpen { fits[i][lines.count] = fits[i + 1][lines.count] }
      for j in lines.indices.reversed() {
        fits[i][j] =
          isOpen
          ? fits[i + 1][j] || fits[i][j + 1]
          : fits[i + 1][j + 1] && (isStale || DemoTrial.matches(pattern, lines[j]))
      }
    }
    return fits
  }

  /// The edits are of lines counted from one: the range holds their places from zero.
  func applied(to text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for edit in edits.sorted(by: { $0.lines.lowerBound > $1.lines.lowerBound })
    where edit.lines.upperBound <= lines.count {
      lines.replaceSubrange(edit.lines, with: edit.text)
    }
    return lines.joined(separator: "\n")
  }
}
