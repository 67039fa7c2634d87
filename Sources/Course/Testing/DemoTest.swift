/// Runs a demo and compares its output with the page.
public struct DemoTest {
  private let demo: Demo

  public init(_ demo: Demo) { self.demo = demo }

  /// Returns a report about the first step whose output differs from the page, or nil if none does.
  func mismatch<Runner: LessonRunner>(on runner: inout Runner) -> [String]? {
    for step in demo.steps {
      let (lines, failure) = DemoTest.play(step, on: &runner)
      if let failure, !step.isRefused {
        return ["line \(step.command.position.line): “\(step.command.text)” is refused: \(failure)"]
      }
      if step.isRefused, failure == nil {
        return [
          "line \(step.command.position.line): “\(step.command.text)” is obeyed, and !tripod> says that it is refused"
        ]
      }
      let wanted = step.output.map { $0.text }
      guard !DemoTest.matches(wanted[...], lines[...]) else { continue }
      return [
        "line \(step.command.position.line): “\(step.command.text)” says something else", "  the page says",
      ]
        + wanted.map { "    \($0)" } + ["  the program says"] + lines.prefix(24).map { "    \($0)" }
    }
    return nil
  }

  static func play<Runner: LessonRunner>(_ step: DemoStep, on runner: inout Runner) -> ([String], String?) {
    var lines: [String] = []
    for command in Runner.commands(in: step.command.text) {
      let result = runner.play(command)
      lines += result.lines + (result.failure.map { [$0] } ?? [])
      if let failure = result.failure { return (lines.map { $0.trimmedAtEnd }, failure) }
    }
    return (lines.map { $0.trimmedAtEnd }, nil)
  }

  /// Whether the patterns match the lines. `...` matches any number of lines.
  static func matches(_ patterns: ArraySlice<String>, _ lines: ArraySlice<String>) -> Bool {
    // `reached[n]` is true if the patterns so far match the first n lines.
    var reached = [true] + Array(repeating: false, count: lines.count)
    let lines = Array(lines)
    for pattern in patterns {
      var next = Array(repeating: false, count: lines.count + 1)
      if pattern.trimmed == "..." {
        var isOpen = false
        for i in reached.indices {
          isOpen = isOpen || reached[i]
          next[i] = isOpen
        }
      } else {
        for i in lines.indices where reached[i] && matches(pattern.trimmedAtEnd, lines[i]) {
          next[i + 1] = true
        }
      }
      reached = next
    }
    return reached[lines.count]
  }

  /// Whether the pattern matches the line. `[..]` matches any text.
  static func matches(_ pattern: String, _ line: String) -> Bool {
    guard let (head, behind) = pattern.parted(at: "[..]") else { return pattern == line }
    guard line.hasPrefix(head) else { return false }
    var rest = String(line.dropFirst(head.count))
    var piece = behind
    // The first match of a piece leaves the most text for the next ones.
    while let (middle, more) = piece.parted(at: "[..]") {
      guard middle.isEmpty || rest.has(middle) else { return false }
      rest = rest.parted(at: middle)?.behind ?? rest
      piece = more
    }
    return rest.hasSuffix(piece)
  }

  static func isPattern(_ line: String) -> Bool { line.trimmed == "..." || line.has("[..]") }
}

extension String {
  var trimmedAtEnd: String {
    var text = self
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
