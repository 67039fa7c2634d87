/// Runs a demo and compares what comes out with what the page says.
public struct DemoTrial {
  private let demo: Demo

  public init(_ demo: Demo) { self.demo = demo }

  /// Why the first step that came out otherwise did; nil where all is as written.
  func mismatch<Ground: Playground>(on ground: inout Ground) -> [String]? {
    for step in demo.steps {
      let (lines, failure) = DemoTrial.play(step, on: &ground)
      if let failure, !step.isRefused {
        return ["line \(step.command.place.line): “\(step.command.text)” is refused: \(failure)"]
      }
      if step.isRefused, failure == nil {
        return [
          "line \(step.command.place.line): “\(step.command.text)” is obeyed, and !tripod> says that it is refused"
        ]
      }
      let wanted = step.output.map { $0.text }
      guard !DemoTrial.matches(wanted[...], lines[...]) else { continue }
      return [
        "line \(step.command.place.line): “\(step.command.text)” says something else", "  the page says",
      ]
        + wanted.map { "    \($0)" } + ["  the program says"] + lines.prefix(24).map { "    \($0)" }
    }
    return nil
  }

  static func play<Ground: Playground>(_ step: Demo.Step, on ground: inout Ground) -> ([String], String?) {
    var lines: [String] = []
    for command in Ground.commands(in: step.command.text) {
      let echo = ground.play(command)
      lines += echo.lines + (echo.failure.map { [$0] } ?? [])
      if let failure = echo.failure { return (lines.map { $0.trimmedAtEnd }, failure) }
    }
    return (lines.map { $0.trimmedAtEnd }, nil)
  }

  /// `...` stands for any lines, none included.
  static func matches(_ patterns: ArraySlice<String>, _ lines: ArraySlice<String>) -> Bool {
    // Which beginnings of the lines the patterns so far can account for.
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

  /// `[..]` stands for anything within a line.
  static func matches(_ pattern: String, _ line: String) -> Bool {
    guard let (head, behind) = pattern.parted(at: "[..]") else { return pattern == line }
    guard line.hasPrefix(head) else { return false }
    var rest = String(line.dropFirst(head.count))
    var piece = behind
    // The first place where a piece fits leaves the most for those behind it.
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
