/// The learner's progress according to a journal.
public struct Progress: Equatable, Sendable {
  public private(set) var lessons: [LessonProgress] = []
  private var runs: [LessonRun] = []
  /// The id of the lesson that was worked on last.
  public private(set) var last: String?
  /// The number of complete lines that could not be read.
  private var damagedLines = 0
  /// Whether the last line is incomplete.
  private var isIncomplete = false
  /// The index of each run in `runs`, by id.
  private var indices: [String: Int] = [:]

  /// The number of lines that could not be read. The last one may be incomplete.
  public var unreadable: Int { damagedLines + (isIncomplete ? 1 : 0) }

  public struct LessonProgress: Equatable, Sendable {
    public let id: String
    public var tasks: [TaskProgress] = []
    public var isFinished = false
    public var summary: String?
  }

  /// The status of a task.
  public struct TaskProgress: Equatable, Sendable {
    public let id: String
    public var status: Study.Status
  }

  /// One run of a lesson, which can be replayed.
  public struct LessonRun: Equatable, Sendable {
    public let id: String
    public let lesson: String
    public let fingerprint: String
    fileprivate let origin: RunOrigin
    fileprivate var lines: [String] = []
    /// The number of lines from the start of the lesson to the end of the run.
    fileprivate var total = 0
    /// Whether all lines up to its end are there, in their original order.
    public fileprivate(set) var isComplete = true
  }

  public init(_ journal: String = "") { add(journal) }

  /// Adds journal text after the complete lines that were read before.
  public mutating func add(_ text: String) {
    var lines = JournalLine.lines(of: text)
    // A line without a line ending is incomplete.
    isIncomplete = lines.popLast()?.isEmpty == false
    for line in lines where !line.isEmpty {
      if let event = JournalLine(line)?.event { take(event) } else { damagedLines += 1 }
    }
  }

  private init(isIncomplete: Bool) { self.isIncomplete = isIncomplete }

  public subscript(lesson: String) -> LessonProgress? { lessons.first { $0.id == lesson } }

  /// A run, and all lines that led to it from the start of the lesson.
  public struct RunHistory: Equatable, Sendable {
    public let run: LessonRun
    /// The status of tasks kept from before the start.
    public let kept: [TaskProgress]
    /// Whether a question from an earlier lesson may come first.
    public let asksRecall: Bool
    public let lines: [String]
    /// The number of lines that belong to earlier runs.
    public let earlierLineCount: Int
  }

  public func lastRun(of lesson: String) -> RunHistory? { runs.last { $0.lesson == lesson }.map(history) }

  public func runs(of lesson: String) -> [RunHistory] { runs.filter { $0.lesson == lesson }.map(history) }

  private func history(to run: LessonRun) -> RunHistory {
    let whole = wholeHistory(to: run, depth: 0)
    return RunHistory(
      run: run, kept: whole.kept, asksRecall: whole.asksRecall, lines: whole.lines,
      earlierLineCount: whole.lines.count - run.lines.count)
  }

  private func wholeHistory(to run: LessonRun, depth: Int)
    -> (kept: [TaskProgress], asksRecall: Bool, lines: [String])
  {
    switch run.origin {
    case .start(let kept, let asksRecall): return (kept, asksRecall, run.lines)
    case .after(let after):
      guard depth < 1_000, after.run != run.id, let before = indices[after.run] else {
        return ([], true, run.lines)
      }
      let history = wholeHistory(to: runs[before], depth: depth + 1)
      return (history.kept, history.asksRecall, history.lines.prefix(after.lines) + run.lines)
    }
  }

  private mutating func take(_ event: JournalEvent) {
    switch event {
    case .began(let id, let lesson, let fingerprint, let origin):
      guard indices[id] == nil else { return }
      var run = LessonRun(id: id, lesson: lesson, fingerprint: fingerprint, origin: origin)
      if case .after(let after) = origin {
        run.total = after.lines
        let before = indices[after.run].map { runs[$0] }
        run.isComplete = before.map { $0.lesson == lesson && $0.total >= after.lines } == true
      }
      indices[id] = runs.count
      runs.append(run)
      change(lesson) { _ in }
      last = lesson
    case .line(let id, let number, let line):
      guard let index = indices[id] else { return }
      runs[index].lines.append(line)
      runs[index].total += 1
      if let number, number != runs[index].lines.count { runs[index].isComplete = false }
    case .ended(let lesson, let task, let status): end(task, of: lesson, status)
    case .finished(let lesson): change(lesson) { $0.isFinished = true }
    case .said(let lesson, let summary): change(lesson) { $0.summary = summary }
    case .forgot(nil): self = Progress(isIncomplete: isIncomplete)
    case .forgot(let lesson?):
      lessons.removeAll { $0.id == lesson }
      runs.removeAll { $0.lesson == lesson }
      indices = [:]
      for (index, run) in runs.enumerated() { indices[run.id] = index }
      if last == lesson { last = nil }
    case .sealed: break
    }
  }

  private mutating func change(_ lesson: String, _ change: (inout LessonProgress) -> Void) {
    if !lessons.contains(where: { $0.id == lesson }) { lessons.append(LessonProgress(id: lesson)) }
    guard let index = lessons.firstIndex(where: { $0.id == lesson }) else { return }
    change(&lessons[index])
  }

  /// Sets the status of a task. A solved task stays solved.
  private mutating func end(_ task: String, of lesson: String, _ status: Study.Status) {
    change(lesson) { progress in
      guard let index = progress.tasks.firstIndex(where: { $0.id == task }) else {
        progress.tasks.append(TaskProgress(id: task, status: status))
        return
      }
      if progress.tasks[index].status != .solved { progress.tasks[index].status = status }
    }
  }
}

extension Progress {
  /// Returns the status of a task. What was done in another shell counts too.
  public func status(of record: Study.TaskRecord, in lesson: String) -> Study.Status {
    guard record.status == .open else { return record.status }
    return self[lesson]?.tasks.first { $0.id == record.id }?.status ?? .open
  }
}
