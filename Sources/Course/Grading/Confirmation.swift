import Inspector

/// What a learner has done, by the progress that was exported: every line of it is obeyed again, for a file can say
/// anything.
public struct Confirmation: Equatable, Sendable {
  public let learner: String
  public let file: String
  /// Lines that no journal holds.
  public private(set) var alien = 0
  public private(set) var lessons: [Lesson] = []
  /// Lessons, and tasks of those that are, that are not at hand.
  public private(set) var unknown: [String] = []
  public private(set) var unknownTasks: [String] = []
  public private(set) var seal = JournalSeal.whole
  /// Sittings from which lines were taken.
  public private(set) var torn = 0
  /// Whether it takes more work to do all of it again than may be done.
  public private(set) var isTooMuch = false
  /// The sittings, by which a copied file is known.
  public private(set) var runs: [String] = []

  public struct Lesson: Equatable, Sendable {
    public let id: String
    public var tasks: [Task]
    /// Whether its text is another one now.
    public var isEdited = false
  }

  public struct Task: Equatable, Sendable {
    public let id: String
    /// What the file says.
    public var claimed = Study.Status.open
    /// What doing it again came to.
    public var found = Study.Status.open
    /// The answers that were wrong, in order.
    public var wrong: [String] = []
    /// What was obeyed then, and is refused here, such as a file that is not at hand.
    public var refused: String?

    /// Whether the file claims more than was found.
    public var isUnfounded: Bool { claimed == .solved && found != .solved }
  }

  /// Obeys the journal in lessons that begin on that ground.
  public init<Ground: Playground>(
    of learner: String, file: String, journal: String, lessons known: (String) -> Course.Lesson?,
    on ground: Ground, while goesOn: () -> Bool
  ) {
    self.learner = learner
    self.file = file
    let written = JournalLine.lines(of: journal).filter { !$0.isEmpty }
    alien = written.count { JournalLine($0) == nil }
    seal = JournalSeal(of: journal)
    let progress = Progress(journal.hasSuffix("\n") ? journal : journal + "\n")
    for claim in progress.lessons {
      guard let lesson = known(claim.id) else {
        unknown.append(claim.id)
        continue
      }
      var confirmed = Lesson(id: lesson.id, tasks: lesson.tasks.map { Task(id: $0.id) })
      for task in claim.tasks {
        if confirmed[task.id] == nil { unknownTasks.append("\(claim.id) › \(task.id)") }
        confirmed[task.id]?.claimed = task.status
      }
      for way in progress.runs(of: claim.id) {
        runs.append(way.run.id)
        if !way.run.isWhole { torn += 1 }
        if way.run.fingerprint != lesson.fingerprint { confirmed.isEdited = true }
        confirmed.take(way, of: lesson, on: ground, while: goesOn)
      }
      lessons.append(confirmed)
    }
    isTooMuch = ground.isSpent
  }

  public subscript(lesson: String) -> Lesson? { lessons.first { $0.id == lesson } }
}

extension Confirmation.Lesson {
  public subscript(task: String) -> Confirmation.Task? {
    get { tasks.first { $0.id == task } }
    set {
      guard let place = tasks.firstIndex(where: { $0.id == task }), let newValue else { return }
      tasks[place] = newValue
    }
  }

  public func count(_ status: Study.Status) -> Int { tasks.count { $0.found == status } }

  /// Does a sitting again; the first lines belong to an earlier one, whose wrong answers have been counted.
  fileprivate mutating func take<Ground: Playground>(
    _ way: Progress.Way, of lesson: Course.Lesson, on ground: Ground, while goesOn: () -> Bool
  ) {
    var ground = ground
    ground.allowNextCheck()
    guard ground.begin(lesson, keeping: way.kept) == nil else { return }
    var counted = 0
    for (number, line) in way.lines.enumerated() {
      if number == way.before { counted = ground.study?.sheet.count ?? 0 }
      ground.allowNextCheck()
      guard goesOn() else { return }
      let echo = ground.play(line)
      if let why = echo.failure, let task = ground.study?.task {
        self[task.id]?.refused = "“\(line)”: \(why)"
      }
      // What is done in another lesson counts for nothing here.
      guard ground.study?.lesson.id == lesson.id else { return }
    }
    if way.lines.count == way.before { return }
    for entry in (ground.study?.sheet ?? []).dropFirst(counted) where !entry.isRight {
      if let task = entry.task { self[task]?.wrong.append(entry.said) }
    }
    for record in ground.study?.tasks ?? [] where self[record.id]?.found != .solved {
      // What was taken over is confirmed where it was done.
      let isTakenOver = way.kept.contains { $0.id == record.id && $0.status == record.status }
      if record.status.isOver, !isTakenOver { self[record.id]?.found = record.status }
    }
  }
}
