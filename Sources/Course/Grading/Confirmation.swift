import Inspector

/// The progress of a learner, confirmed by obeying each line of the exported journal again. The file alone is
/// not enough, because it can be edited.
public struct Confirmation: Equatable, Sendable {
  public let learner: String
  public let file: String
  /// The number of lines that Tripod did not write.
  public private(set) var foreignLines = 0
  public private(set) var lessons: [ConfirmedLesson] = []
  /// The lessons that are not available, and the unavailable tasks of lessons that are.
  public private(set) var unknown: [String] = []
  public private(set) var unknownTasks: [String] = []
  public private(set) var seal = JournalSeal.whole
  /// The number of runs with missing lines.
  public private(set) var incompleteRuns = 0
  /// Whether the confirmation needs more work than is allowed.
  public private(set) var exceedsWorkLimit = false
  /// The ids of the runs, which reveal a copied file.
  public private(set) var runs: [String] = []

  public struct ConfirmedLesson: Equatable, Sendable {
    public let id: String
    public var tasks: [ConfirmedTask]
    /// Whether the lesson has been edited since the learner worked on it.
    public var isEdited = false
  }

  public struct ConfirmedTask: Equatable, Sendable {
    public let id: String
    /// The status that the file claims.
    public var claimedStatus = Study.Status.open
    /// The status after obeying the lines again.
    public var confirmedStatus = Study.Status.open
    /// The wrong answers in order.
    public var wrong: [String] = []
    /// A line that was obeyed then and is refused now, for example because a file is missing.
    public var refused: String?

    /// Whether the file claims more than was confirmed.
    public var isUnfounded: Bool { claimedStatus == .solved && confirmedStatus != .solved }
  }

  /// Confirms the progress by obeying the lines of the journal in copies of the runner.
  public init<Runner: LessonRunner>(
    of learner: String, file: String, journal: String, lessons known: (String) -> Lesson?,
    on runner: Runner, while shouldContinue: () -> Bool
  ) {
    self.learner = learner
    self.file = file
    let written = JournalLine.lines(of: journal).filter { !$0.isEmpty }
    foreignLines = written.count { JournalLine($0) == nil }
    seal = JournalSeal(of: journal)
    let progress = Progress(journal.hasSuffix("\n") ? journal : journal + "\n")
    for claim in progress.lessons {
      guard let lesson = known(claim.id) else {
        unknown.append(claim.id)
        continue
      }
      var confirmed = ConfirmedLesson(id: lesson.id, tasks: lesson.tasks.map { ConfirmedTask(id: $0.id) })
      for task in claim.tasks {
        if confirmed[task.id] == nil { unknownTasks.append("\(claim.id) › \(task.id)") }
        confirmed[task.id]?.claimedStatus = task.status
      }
      for history in progress.runs(of: claim.id) {
        runs.append(history.run.id)
        if !history.run.isComplete { incompleteRuns += 1 }
        if history.run.fingerprint != lesson.fingerprint { confirmed.isEdited = true }
        confirmed.take(history, of: lesson, on: runner, while: shouldContinue)
      }
      lessons.append(confirmed)
    }
    exceedsWorkLimit = runner.isUsedUp
  }

  public subscript(lesson: String) -> ConfirmedLesson? { lessons.first { $0.id == lesson } }
}

extension Confirmation.ConfirmedLesson {
  public subscript(task: String) -> Confirmation.ConfirmedTask? {
    get { tasks.first { $0.id == task } }
    set {
      guard let index = tasks.firstIndex(where: { $0.id == task }), let newValue else { return }
      tasks[index] = newValue
    }
  }

  public func count(_ status: Study.Status) -> Int { tasks.count { $0.confirmedStatus == status } }

  /// Obeys the lines of a run again. The first lines belong to an earlier run, whose wrong answers are
  /// counted already.
  fileprivate mutating func take<Runner: LessonRunner>(
    _ history: Progress.RunHistory, of lesson: Lesson, on runner: Runner, while shouldContinue: () -> Bool
  ) {
    var runner = runner
    runner.allowNextCheck()
    guard runner.begin(lesson, keeping: history.kept, asksRecall: history.asksRecall) == nil else { return }
    var counted = 0
    for (number, line) in history.lines.enumerated() {
      if number == history.earlierLineCount { counted = runner.study?.reviewEntries.count ?? 0 }
      runner.allowNextCheck()
      guard shouldContinue() else { return }
      let result = runner.play(line)
      if let why = result.failure, let task = runner.study?.task {
        self[task.id]?.refused = "“\(line)”: \(why)"
      }
      // Lines that lead into another lesson do not count.
      guard runner.study?.lesson.id == lesson.id else { return }
    }
    if history.lines.count == history.earlierLineCount { return }
    for entry in (runner.study?.reviewEntries ?? []).dropFirst(counted) where !entry.isRight {
      if let task = entry.task { self[task]?.wrong.append(entry.answer) }
    }
    for record in runner.study?.tasks ?? [] where self[record.id]?.confirmedStatus != .solved {
      // A status kept from an earlier run is confirmed by that run.
      let isTakenOver = history.kept.contains { $0.id == record.id && $0.status == record.status }
      if record.status.isOver, !isTakenOver { self[record.id]?.confirmedStatus = record.status }
    }
  }
}
