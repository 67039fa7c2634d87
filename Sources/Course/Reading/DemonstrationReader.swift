/// Reads the lines of a `present` block. A step begins with `run: COMMANDS`, and its question follows.
struct DemonstrationReader {
  private let fence: Fence
  private var steps: [DemonstrationStep] = []
  /// The lines of the current step that form its question.
  private var rest: [Phrase] = []

  static func demonstration(of fence: Fence) throws(LessonProblem) -> Demonstration {
    var reader = DemonstrationReader(fence: fence)
    for line in fence.content { try reader.read(line) }
    try reader.endStep()
    guard let last = reader.steps.last else {
      throw LessonProblem(
        at: fence.position, "the demonstration is empty", hint: "run: break server-1; send 4")
    }
    guard reader.steps.count <= Demonstration.mostSteps else {
      throw LessonProblem(
        at: last.run.position, "the demonstration is too long for three minutes",
        hint: "\(Demonstration.mostSteps) steps at most")
    }
    return Demonstration(steps: reader.steps, position: fence.position)
  }

  private init(fence: Fence) { self.fence = fence }

  private mutating func read(_ line: Phrase) throws(LessonProblem) {
    let field = Field(line.text, at: line.position)
    if let field, field.name == "run" { return try begin(field.value) }
    guard let step = steps.indices.last else {
      throw LessonProblem(
        at: line.position, "a demonstration begins with a command", hint: "run: break server-1; send 4")
    }
    switch field?.name {
    case "ask": steps[step].questionText = field?.value
    case "note": steps[step].notes += [field?.value].compactMap { $0 }
    default: rest.append(line)
    }
  }

  private mutating func begin(_ run: Phrase) throws(LessonProblem) {
    try endStep()
    guard !run.text.isEmpty else {
      throw LessonProblem(at: run.position, "run says nothing", hint: "run: send 4")
    }
    steps.append(DemonstrationStep(run: run))
  }

  /// Ends a step, and reads its other lines as a question about its commands. With claims, the kind defaults
  /// to a choice.
  private mutating func endStep() throws(LessonProblem) {
    guard let last = steps.indices.last, let first = rest.first else { return }
    let run = steps[last].run
    var lines = [Phrase("run: \(run.text)", at: FilePosition(run.position.line))]
    let names = rest.compactMap { Field($0.text, at: $0.position)?.name }
    if !names.contains("kind"), !names.contains("expect") {
      lines.append(Phrase("kind: \(Question.AnswerKind.choice.rawValue)", at: first.position))
    }
    steps[last].question = try QuestionReader.question(
      of: Fence(info: fence.info, lines: lines + rest, position: first.position), isPrediction: true)
    rest = []
  }
}
