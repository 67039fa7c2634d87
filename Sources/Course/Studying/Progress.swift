/// What a journal tells.
public struct Progress: Equatable, Sendable {
  public private(set) var lessons: [LessonProgress] = []
  private var runs: [Run] = []
  /// The lesson that was worked on last.
  public private(set) var last: String?
  /// How many lines could not be read; the last one may have been cut off in the middle.
  public private(set) var unreadable = 0

  public struct LessonProgress: Equatable, Sendable {
    public let id: String
    public var tasks: [Task] = []
    public var isFinished = false
    public var words: String?

    public struct Task: Equatable, Sendable {
      public let id: String
      public var status: Study.Status
    }
  }

  /// One sitting in a lesson, as it can be played again.
  public struct Run: Equatable, Sendable {
    public let id: String
    public let lesson: String
    public let fingerprint: String
    fileprivate let after: JournalLine.Continuation?
    fileprivate var lines: [String] = []
    /// Whether none of its lines is missing before the last, and each stands where it was written.
    public fileprivate(set) var isWhole = true
  }

  public init(_ journal: String = "") {
    var lines = JournalLine.lines(of: journal)
    // A line without an end is not whole, whatever it says.
    if lines.popLast()?.isEmpty == false { unreadable = 1 }
    for line in lines where !line.isEmpty {
      if let event = JournalLine(line)?.event { take(event) } else { unreadable += 1 }
    }
  }

  public subscript(lesson: String) -> LessonProgress? { lessons.first { $0.id == lesson } }

  /// The last run of a lesson, and all the lines that led to where it stands.
  public func lastRun(of lesson: String) -> (run: Run, lines: [String])? {
    guard let run = runs.last(where: { $0.lesson == lesson }) else { return nil }
    return (run, lines(of: run, depth: 0))
  }

  /// Every run of a lesson, with all the lines that led to its end, so many of them from before it.
  public func runs(of lesson: String) -> [(run: Run, lines: [String], before: Int)] {
    runs.filter { $0.lesson == lesson }.map { run in
      let lines = lines(of: run, depth: 0)
      return (run, lines, lines.count - run.lines.count)
    }
  }

  private func lines(of run: Run, depth: Int) -> [String] {
    guard let after = run.after, depth < 1_000,
      let before = runs.last(where: { $0.id == after.run && $0.id != run.id })
    else { return run.lines }
    return lines(of: before, depth: depth + 1).prefix(after.lines) + run.lines
  }

  private mutating func take(_ event: JournalLine.Event) {
    switch event {
    case .began(let run, let lesson, let fingerprint, let after):
      // A run goes on with an earlier one; what says otherwise was not written by us.
      guard !runs.contains(where: { $0.id == run }) else { return }
      let after = after.flatMap { after in runs.contains { $0.id == after.run } ? after : nil }
      runs.append(Run(id: run, lesson: lesson, fingerprint: fingerprint, after: after))
      change(lesson) { _ in }
      last = lesson
    case .line(let id, let number, let line):
      guard let place = runs.lastIndex(where: { $0.id == id }) else { return }
      runs[place].lines.append(line)
      if let number, number != runs[place].lines.count { runs[place].isWhole = false }
    case .ended(let lesson, let task, let status): end(task, of: lesson, status)
    case .finished(let lesson): change(lesson) { $0.isFinished = true }
    case .said(let lesson, let words): change(lesson) { $0.words = words }
    case .forgot(nil): self = Progress()
    case .forgot(let lesson?):
      lessons.removeAll { $0.id == lesson }
      runs.removeAll { $0.lesson == lesson }
      if last == lesson { last = nil }
    }
  }

  private mutating func change(_ lesson: String, _ change: (inout LessonProgress) -> Void) {
    if !lessons.contains(where: { $0.id == lesson }) { lessons.append(LessonProgress(id: lesson)) }
    guard let place = lessons.firstIndex(where: { $0.id == lesson }) else { return }
    change(&lessons[place])
  }

  /// What was solved once stays solved.
  private mutating func end(_ task: String, of lesson: String, _ status: Study.Status) {
    change(lesson) { progress in
      guard let place = progress.tasks.firstIndex(where: { $0.id == task }) else {
        progress.tasks.append(LessonProgress.Task(id: task, status: status))
        return
      }
      if progress.tasks[place].status != .solved { progress.tasks[place].status = status }
    }
  }
}
