import Blueprint

/// What a class is shown of a lesson in three minutes: commands one after the other, and what it is asked before them.
public struct Demonstration: Equatable, Sendable {
  public let steps: [Step]
  public let place: Place

  /// More of them take longer than three minutes.
  public static let mostSteps = 12

  public struct Step: Equatable, Sendable {
    /// The commands of one line.
    public let run: Phrase
    /// What the class is asked before they run, in words.
    public var ask: Phrase?
    /// What the model says to that when it is asked; about commands that have not run yet.
    public var question: Question?
    /// For the teacher.
    public var notes: [Phrase] = []
    /// Whether it begins where the lesson does, whatever was done before.
    public var isFromStart = false

    public init(run: Phrase) { self.run = run }
  }
}

extension Lesson {
  /// What its author wrote, or else what can be made of its demos and tasks.
  public var staged: Demonstration {
    if let demonstration { return demonstration }
    var further = tasks.flatMap { $0.steps }
    if !further.isEmpty { further[0].isFromStart = true }
    let steps = (opening.demoSteps + further).prefix(Demonstration.mostSteps)
    return Demonstration(steps: Array(steps), place: Place(1))
  }
}

extension [Block] {
  /// The commands of its demos, but for those that are to be refused.
  fileprivate var demoSteps: [Demonstration.Step] {
    flatMap { block -> [Demonstration.Step] in
      guard case .demo(let demo) = block else { return [] }
      return demo.steps.filter { !$0.isRefused }.map { Demonstration.Step(run: $0.command) }
    }
  }
}

extension LessonTask {
  /// What prepares it, and what it is about: the run of its question, or a way to its goal.
  fileprivate var steps: [Demonstration.Step] {
    var steps: [Demonstration.Step] = []
    if let first = setup.first {
      let commands = setup.map { $0.text }.joined(separator: "; ")
      steps.append(Demonstration.Step(run: Phrase(commands, at: first.place)))
    }
    if let question, let run = question.run {
      var step = Demonstration.Step(run: run)
      step.ask = Phrase(title, at: place)
      step.question = question
      step.notes = notes
      return steps + [step]
    }
    guard question == nil, let ways = solutions.first?.lines else { return [] }
    return steps + ways.map { Demonstration.Step(run: $0) }
  }
}
