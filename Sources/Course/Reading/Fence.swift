import Blueprint

/// A fenced block: its info string, and the lines between the fences.
struct Fence {
  let info: Phrase
  let lines: [Phrase]
  let position: FilePosition

  /// The word after `tripod` in the info string.
  enum BlockRole: String, CaseIterable {
    case demo, setup, ask, predict, goal, solution, wrong, variant, present
  }

  /// The word after `tripod`, or nil if the block is not for Tripod.
  var role: Phrase? {
    let words = info.text.split(separator: " ").map(String.init)
    guard words.first == "tripod" else { return nil }
    // A missing word is reported directly after `tripod`, because the line may end there.
    return Phrase(
      words.dropFirst().joined(separator: " "), at: info.position.moved(by: words.count > 1 ? 7 : 6))
  }

  /// The lines that are neither empty nor comments.
  var content: [Phrase] { lines.filter { !$0.text.trimmed.isEmpty && !$0.text.trimmed.hasPrefix("#") } }

  /// The commands of a block that contains only commands.
  var commands: [Phrase] {
    content.map { Phrase($0.text.trimmed, at: $0.position.moved(by: $0.text.indent)) }
  }
}

extension Fence {
  /// Reads a demo: commands after prompts, each followed by its output.
  func demo() throws(LessonProblem) -> Demo {
    var steps: [DemoStep] = []
    for line in lines {
      if let command = Fence.command(of: line) {
        let isRefused = line.text.hasPrefix("!")
        steps.append(
          DemoStep(command: command, isRefused: isRefused, output: [], endLine: line.position.line + 1))
      } else if let last = steps.popLast() {
        steps.append(
          DemoStep(
            command: last.command, isRefused: last.isRefused, output: last.output + [line],
            endLine: line.position.line + 1))
      } else {
        throw LessonProblem(at: line.position, "a demo begins with a command", hint: "tripod> send 4")
      }
    }
    guard !steps.isEmpty else {
      throw LessonProblem(at: position, "the demo is empty", hint: "tripod> send 4")
    }
    return Demo(steps: steps, position: position)
  }

  /// Returns the command after a prompt.
  private static func command(of line: Phrase) -> Phrase? {
    let text = line.text.hasPrefix("!") ? String(line.text.dropFirst()) : line.text
    guard text.hasPrefix("tripod"), let (prompt, command) = text.parted(at: "> ") else { return nil }
    let start = prompt.count + 2 + (line.text.count - text.count)
    return Phrase(command.trimmed, at: line.position.moved(by: start + command.indent))
  }

  func wrongAnswers() throws(LessonProblem) -> [WrongAnswer] {
    var wrongAnswers: [WrongAnswer] = []
    for line in content {
      guard let (input, feedback) = line.text.parted(at: "=>"), !input.trimmed.isEmpty else {
        throw LessonProblem(
          at: line.position, "a wrong answer needs what its feedback must contain",
          hint: "answer lb-1 => missing")
      }
      guard !feedback.trimmed.isEmpty else {
        throw LessonProblem(
          at: line.position.moved(by: input.count), "what must the feedback contain?",
          hint: "answer lb-1 => missing")
      }
      wrongAnswers.append(
        WrongAnswer(
          input: Phrase(input.trimmed, at: line.position.moved(by: line.text.indent)),
          feedback: feedback.trimmed
        ))
    }
    return wrongAnswers
  }

  /// Reads commands, the last of which is the answer.
  func variant() throws(LessonProblem) -> Variant {
    let commands = commands
    guard let answer = commands.last, answer.text.hasPrefix("answer ") else {
      throw LessonProblem(
        at: position, "a variant ends with the answer that is right there", hint: "answer lb-1, web-1")
    }
    return Variant(commands: Array(commands.dropLast()), answer: answer)
  }

  func solution() throws(LessonProblem) -> Solution {
    let lines = commands
    guard !lines.isEmpty else { throw LessonProblem(at: position, "the solution is empty") }
    return Solution(lines: lines, position: position)
  }

  /// Reads lines such as `once "label": FACT else "text"`. An indented line continues the one before it.
  func goals() throws(LessonProblem) -> [Goal] {
    var goals: [Goal] = []
    for line in content {
      var line = LineCursor(line)
      let word = line.word()
      guard let when = Goal.When(rawValue: word.text) else {
        throw LessonProblem(
          at: word.position, "“\(word.text)” begins no goal",
          hint: "once \"label\": FACT, or end \"label\": FACT")
      }
      let label = try line.quoted("a label in quotes")
      try line.expect(":")
      let (fact, otherwiseText) = try line.factAndElse()
      goals.append(Goal(when: when, label: label.text, fact: fact, otherwiseText: otherwiseText))
    }
    guard !goals.isEmpty else {
      throw LessonProblem(at: position, "the goal is empty", hint: "end \"label\": FACT")
    }
    return goals
  }
}
