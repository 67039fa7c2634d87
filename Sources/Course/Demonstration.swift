import Blueprint

/// A demonstration that takes a class three minutes: commands, and a question before each of them.
public struct Demonstration: Equatable, Sendable {
  public let steps: [DemonstrationStep]
  public let position: FilePosition

  /// The most steps that fit into three minutes.
  public static let mostSteps = 12
}

/// A step of a demonstration: commands, and a question about them.
public struct DemonstrationStep: Equatable, Sendable {
  /// The commands of the step, on one line.
  public let run: Phrase
  /// The text of the question to the class.
  public var questionText: Phrase?
  /// The same question in a form that the model can answer. It is a prediction about the commands of the
  /// step.
  public var question: Question?
  /// Notes for the teacher.
  public var notes: [Phrase] = []
  /// Whether the step begins on the lesson's first site, without the earlier steps.
  public var startsOnFirstSite = false

  public init(run: Phrase) { self.run = run }
}

extension Lesson {
  /// The author's demonstration or, without one, a demonstration made of the demos and tasks.
  public var shownDemonstration: Demonstration {
    if let demonstration { return demonstration }
    var taskSteps = tasks.flatMap { $0.steps }
    if !taskSteps.isEmpty { taskSteps[0].startsOnFirstSite = true }
    let steps = (opening.demoSteps + taskSteps).prefix(Demonstration.mostSteps)
    return Demonstration(steps: Array(steps), position: FilePosition(1))
  }
}

extension [Block] {
  /// The commands of the demos as steps, without commands that must be refused.
  fileprivate var demoSteps: [DemonstrationStep] {
    flatMap { block -> [DemonstrationStep] in
      guard case .demo(let demo) = block else { return [] }
      return demo.steps.filter { !$0.isRefused }.map { DemonstrationStep(run: $0.command) }
    }
  }
}

extension LessonTask {
  /// The steps that prepare the task. They end with the commands of its question or of its first solution.
  fileprivate var steps: [DemonstrationStep] {
    var steps: [DemonstrationStep] = []
    if let first = setup.first {
      let commands = setup.map { $0.text }.joined(separator: "; ")
      steps.append(DemonstrationStep(run: Phrase(commands, at: first.position)))
    }
    if let question, let run = question.run {
      var step = DemonstrationStep(run: run)
      step.questionText = Phrase(title, at: position)
      step.question = question
      step.notes = notes
      return steps + [step]
    }
    guard question == nil, let lines = solutions.first?.lines else { return [] }
    return steps + lines.map { DemonstrationStep(run: $0) }
  }
}
