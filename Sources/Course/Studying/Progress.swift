/// What a journal tells.
public struct Progress: Equatable, Sendable {
  public private(set) var lessons: [LessonProgress] = []
  private var runs: [Run] = []
  /// The lesson that was worked on last.
  public private(set) var last: String?
  /// The number of complete lines that could not be read.
  private var damaged = 0
  /// Whether the last line has no line ending, as if writing it had been interrupted.
  private var isTorn = false
  /// The index of each run in `runs`, by its id.
  private var places: [String: Int] = [:]

  /// How many lines could not be read; the last one may have been cut off in the middle.
  public var unreadable: Int { damaged + (isTorn ? 1 : 0) }

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
    fileprivate let origin: JournalLine.Origin
    fileprivate var lines: [String] = []
    /// How many lines lead to its end.
    fileprivate var total = 0
    /// Whether all that led to its last line is there, and each stands where it was written.
    public fileprivate(set) var isWhole = true
  }

  public init(_ journal: String = "") { add(journal) }

  /// Adds the journal lines that follow the complete lines added so far.
  public mutating func add(_ text: String) {
    var lines = JournalLine.lines(of: text)
    // A line without an end is not whole, whatever it says.
    isTorn = lines.popLast()?.isEmpty == false
    for line in lines where !line.isEmpty {
      if let event = JournalLine(line)?.event { take(event) } else { damaged += 1 }
    }
  }

  private init(isTorn: Bool) { self.isTorn = isTorn }

  public subscript(lesson: String) -> LessonProgress? { lessons.first { $0.id == lesson } }

  /// A run with all that led to it from the start of the lesson.
  public struct Way: Equatable, Sendable {
    public let run: Run
    /// What was taken over at the start.
    public let kept: [LessonProgress.Task]
    public let lines: [String]
    /// How many of the lines are from before the run.
    public let before: Int
  }

  public func lastRun(of lesson: String) -> Way? { runs.last { $0.lesson == lesson }.map(way) }

  public func runs(of lesson: String) -> [Way] { runs.filter { $0.lesson == lesson }.map(way) }

  private func way(to run: Run) -> Way {
    let (kept, lines) = lines(of: run, depth: 0)
    return Way(run: run, kept: kept, lines: lines, before: lines.count - run.lines.count)
  }

  private func lines(of run: Run, depth: Int) -> (kept: [LessonProgress.Task], lines: [String]) {
    switch run.origin {
    case .start(let kept): return (kept, run.lines)
    case .after(let after):
      guard depth < 1_000, after.run != run.id, let before = places[after.run] else {
        return ([], run.lines)
      }
      let way = lines(of: runs[before], depth: depth + 1)
      return (way.kept, way.lines.prefix(after.lines) + run.lines)
    }
  }

  private mutating func take(_ event: JournalLine.Event) {
    switch event {
    case .began(let id, let lesson, let fingerprint, let origin):
      guard places[id] == nil else { return }
      var run = Run(id: id, lesson: lesson, fingerprint: fingerprint, origin: origin)
      if case .after(let after) = origin {
        run.total = after.lines
        let before = places[after.run].map { runs[$0] }
        run.isWhole = before.map { $0.lesson == lesson && $0.total >= after.lines } == true
      }
      places[id] = runs.count
      runs.append(run)
      change(lesson) { _ in }
      last = lesson
    case .line(let id, let number, let line):
      guard let place = places[id] else { return }
      runs[place].lines.append(line)
      runs[place].total += 1
      if let number, number != runs[place].lines.count { runs[place].isWhole = false }
    case .ended(let lesson, let task, let status): end(task, of: lesson, status)
    case .finished(let lesson): change(lesson) { $0.isFinished = true }
    case .said(let lesson, let words): change(lesson) { $0.words = words }
    case .forgot(nil): self = Progress(isTorn: isTorn)
    case .forgot(let lesson?):
      lessons.removeAll { $0.id == lesson }
      runs.removeAll { $0.lesson == lesson }
      places = [:]
      for (place, run) in runs.enumerated() { places[run.id] = place }
      if last == lesson { last = nil }
    case .sealed: break
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
