import Simulator

/// A learner's position in a lesson.
public struct Study: Equatable, Sendable {
  public let lesson: Lesson
  public var stage = LessonStage.task(0)
  public var tasks: [TaskRecord]
  /// The question from an earlier lesson, asked before the first task.
  public var recall: Recall?
  /// The site at the start of the task.
  public var start: Simulation
  /// The number of steps in the history at the start of the task.
  public var steps = 0
  /// The names of the events since the start of the task.
  public var seen: [String] = []
  /// Whether each line of the goal has been true.
  public var ticked: [Bool] = []
  /// The answers and their results in order.
  public var reviewEntries: [ReviewEntry] = []
  /// The point of the last feedback whose run can be repeated.
  public var repeatablePoint: Feedback.Point?
  public var summary = ""

  public enum LessonStage: Equatable, Sendable {
    case recall
    case task(Int)
    /// A sentence to a friend.
    case summary
    case over
  }

  public struct TaskRecord: Equatable, Sendable {
    public let id: String
    public var status = Status.open
    public var attempts = 0
    /// The number of hints that have been shown.
    public var hints = 0
    /// Whether the learner was asked what happened instead, after a wrong prediction.
    public var gotFollowUpQuestion = false
    /// The right answer, if the learner asked for the solution.
    public var shown: Feedback?
  }

  public enum Status: String, CaseIterable, Sendable {
    case open, solved, shown, skipped

    public var isOver: Bool { self != .open }
  }

  /// A question from an earlier lesson, asked again on this site.
  public struct Recall: Equatable, Sendable {
    public let lesson: String
    public let question: Question
    public var isOver = false

    public init(lesson: String, question: Question) {
      self.lesson = lesson
      self.question = question
    }
  }

  /// An answer on the sheet that `review` writes.
  public struct ReviewEntry: Equatable, Sendable {
    /// The id of the task, or nil for the question from an earlier lesson.
    public let task: String?
    public let answer: String
    public let isRight: Bool
    public let confidence: GivenAnswer.Confidence?
    public let feedback: Feedback?

    public init(
      task: String?, answer: String, isRight: Bool, confidence: GivenAnswer.Confidence?, feedback: Feedback?
    ) {
      self.task = task
      self.answer = answer
      self.isRight = isRight
      self.confidence = confidence
      self.feedback = feedback
    }
  }

  public init(_ lesson: Lesson, start: Simulation, recall: Recall? = nil) {
    self.lesson = lesson
    self.start = start
    self.recall = recall
    tasks = lesson.tasks.map { TaskRecord(id: $0.id) }
    if recall != nil { stage = .recall }
  }

  /// The current task.
  public var task: LessonTask? {
    guard case .task(let number) = stage else { return nil }
    return lesson.tasks[number]
  }

  public var record: TaskRecord? {
    get {
      guard case .task(let number) = stage else { return nil }
      return tasks[number]
    }
    set {
      guard case .task(let number) = stage, let newValue else { return }
      tasks[number] = newValue
    }
  }

  /// The current question, of the task or from an earlier lesson.
  public var question: Question? {
    switch stage {
    case .recall: recall?.question
    case .task(let number): lesson.tasks[number].question
    case .summary, .over: nil
    }
  }

  public var isOpen: Bool {
    switch stage {
    case .recall: recall?.isOver == false
    case .task(let number): !tasks[number].status.isOver
    case .summary: summary.isEmpty
    case .over: false
    }
  }

  /// The stage after the current one.
  public var nextStage: LessonStage {
    switch stage {
    case .recall: .task(0)
    case .task(let number): number + 1 < tasks.count ? .task(number + 1) : .summary
    case .summary, .over: .over
    }
  }

  /// The stage before the current one.
  public var previousStage: LessonStage? {
    switch stage {
    case .recall: nil
    case .task(let number): number > 0 ? .task(number - 1) : nil
    case .summary, .over: .task(tasks.count - 1)
    }
  }

  /// Enters a stage, which starts with the given site.
  public mutating func go(to stage: LessonStage, start: Simulation, steps: Int) {
    self.stage = stage
    self.start = start
    self.steps = steps
    seen = []
    repeatablePoint = nil
    ticked = (task?.goals ?? []).map { _ in false }
  }

  public func count(_ status: Status) -> Int { tasks.filter { $0.status == status }.count }

  /// Keeps the status of tasks from an earlier run.
  public mutating func adopt(_ statuses: [Progress.TaskProgress]) {
    for i in tasks.indices {
      guard let known = statuses.first(where: { $0.id == tasks[i].id }) else { continue }
      tasks[i].status = known.status
    }
  }
}
