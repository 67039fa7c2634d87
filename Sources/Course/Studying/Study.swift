import Simulator

/// Where somebody stands in a lesson.
public struct Study: Equatable, Sendable {
  public let lesson: Lesson
  public var stage = Stage.task(0)
  public var tasks: [TaskRecord]
  /// The question from an earlier lesson that opens this one.
  public var recall: Recall?
  /// The site when the task began.
  public var start: Simulation
  /// How many steps had been taken then.
  public var steps = 0
  /// What has been seen since.
  public var seen: [String] = []
  /// Which goal lines have been seen to hold.
  public var ticked: [Bool] = []
  /// What was answered and what came of it, in order.
  public var sheet: [Entry] = []
  /// Commands that play the last run of a feedback again.
  public var proof: [String] = []
  public var words = ""

  public enum Stage: Equatable, Sendable {
    case recall
    case task(Int)
    /// A line to a friend.
    case friend
    case over
  }

  public struct TaskRecord: Equatable, Sendable {
    public let id: String
    public var status = Status.open
    public var attempts = 0
    /// How many hints have been shown.
    public var hints = 0
    /// Whether a missed prediction was met with the question what did happen.
    public var wasAskedBack = false
    /// The right answer, where the solution was asked for.
    public var shown: Feedback?
  }

  public enum Status: String, CaseIterable, Sendable {
    case open, solved, shown, skipped

    public var isOver: Bool { self != .open }
  }

  /// A question of an earlier lesson, asked again on this site.
  public struct Recall: Equatable, Sendable {
    public let lesson: String
    public let question: Question
    public var isOver = false

    public init(lesson: String, question: Question) {
      self.lesson = lesson
      self.question = question
    }
  }

  /// One answer on the sheet that `review` writes.
  public struct Entry: Equatable, Sendable {
    /// Nil for the question from an earlier lesson.
    public let task: String?
    public let said: String
    public let isRight: Bool
    public let confidence: Given.Confidence?
    public let feedback: Feedback?

    public init(
      task: String?, said: String, isRight: Bool, confidence: Given.Confidence?, feedback: Feedback?
    ) {
      self.task = task
      self.said = said
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

  /// The task at hand.
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

  /// The question at hand, of the task or of an earlier lesson.
  public var question: Question? {
    switch stage {
    case .recall: recall?.question
    case .task(let number): lesson.tasks[number].question
    case .friend, .over: nil
    }
  }

  public var isOpen: Bool {
    switch stage {
    case .recall: recall?.isOver == false
    case .task(let number): !tasks[number].status.isOver
    case .friend: words.isEmpty
    case .over: false
    }
  }

  /// What comes behind the stage at hand.
  public var following: Stage {
    switch stage {
    case .recall: .task(0)
    case .task(let number): number + 1 < tasks.count ? .task(number + 1) : .friend
    case .friend, .over: .over
    }
  }

  /// The task before the one at hand, if there is one.
  public var preceding: Stage? {
    switch stage {
    case .recall: nil
    case .task(let number): number > 0 ? .task(number - 1) : nil
    case .friend, .over: .task(tasks.count - 1)
    }
  }

  /// Goes to a stage, where the site is as given.
  public mutating func go(to stage: Stage, start: Simulation, steps: Int) {
    self.stage = stage
    self.start = start
    self.steps = steps
    seen = []
    proof = []
    ticked = (task?.goals ?? []).map { _ in false }
  }

  public func count(_ status: Status) -> Int { tasks.filter { $0.status == status }.count }

  /// Takes over what was done in an earlier run, by the ids of the tasks.
  public mutating func adopt(_ statuses: [Progress.LessonProgress.Task]) {
    for i in tasks.indices {
      guard let known = statuses.first(where: { $0.id == tasks[i].id }) else { continue }
      tasks[i].status = known.status
    }
  }
}
