import Blueprint
import Inspector

/// How a class stands: who is where, what was hard, and what the files say that is not so.
public struct ClassReport: Equatable, Sendable {
  public var learners: [Confirmation] = []
  /// Why it ends here, where more was to be confirmed.
  public var cutShort: String?
  /// The learners' files that could not be read, each with its failure.
  private var unreadable: [TestedFile] = []
  /// The lesson or task that was asked for: what is not solved of it is a failure.
  private let wanted: String?

  public init(wanted: String?) { self.wanted = wanted }

  /// Adds a failed check for a learner's unreadable file.
  public mutating func add(unreadable learner: String, file path: String, because reason: String) {
    var file = TestedFile(id: learner, file: path)
    file.isUnreadable = true
    let name = "\(learner.cleaned()) › readable"
    file.checks = [TestCheck(name, at: Place(1), ["the file cannot be read: \(reason)"])]
    unreadable.append(file)
  }

  /// One task, over the whole class.
  public struct Task: Equatable, Sendable {
    public let lesson: String
    public let task: String
    public var counts: [Study.Status: Int] = [:]
    public var wrong: [Answer] = []

    public var name: String { "\(lesson) › \(task)" }
    public var wrongCount: Int { wrong.reduce(0) { $0 + $1.count } }
  }

  /// A wrong answer, and who gave it.
  public struct Answer: Equatable, Sendable {
    public let said: String
    public var count = 0
    public var learners: [String] = []
  }

  /// The tasks that somebody has met, in the order of the lessons as they were met.
  public var tasks: [Task] {
    var tasks: [Task] = []
    for learner in learners {
      for lesson in learner.lessons {
        for task in lesson.tasks {
          let place =
            tasks.firstIndex { $0.lesson == lesson.id && $0.task == task.id }
            ?? {
              tasks.append(Task(lesson: lesson.id, task: task.id))
              return tasks.count - 1
            }()
          tasks[place].counts[task.found, default: 0] += 1
          for said in task.wrong { tasks[place].add(said, by: learner.learner) }
        }
      }
    }
    return tasks
  }

  /// Sittings that stand in more than one file: somebody's was copied.
  public var copies: [[String]] {
    var files: [[String]] = []
    for run in Set(learners.flatMap { $0.runs }).sorted() {
      let holders = learners.filter { $0.runs.contains(run) }.map { $0.file }
      if holders.count > 1, !files.contains(holders) { files.append(holders) }
    }
    return files
  }

  /// A learner's file is a suite, and each task a check.
  public var tests: TestReport {
    var report = TestReport()
    report.cutShort = cutShort
    let copies = copies
    report.lessons = learners.map { learner in
      var file = TestedFile(id: learner.learner, file: learner.file)
      file.checks = checks(of: learner, copies)
      return file
    }
    report.lessons += unreadable
    return report
  }

  private func checks(of learner: Confirmation, _ copies: [[String]]) -> [TestCheck] {
    let name = learner.learner.cleaned()
    var checks = [TestCheck("\(name) › as exported", at: Place(1), learner.traces)]
    for files in copies where files.contains(learner.file) {
      let others = Prose.listed(files.filter { $0 != learner.file }.map { $0.cleaned(most: 80) })
      checks.append(
        TestCheck(
          "\(name) › their own", at: Place(1), [], skipped: "a sitting of it stands in \(others), too"))
    }
    for unknown in learner.unknown + learner.unknownTasks where wanted == nil {
      let why = "it could not be checked: it is not at hand"
      checks.append(TestCheck("\(name) › \(unknown.cleaned(most: 80))", at: Place(1), [], skipped: why))
    }
    let general = checks.count
    for lesson in learner.lessons {
      for task in lesson.tasks {
        let isWanted = wanted == lesson.id || wanted == task.id
        guard isWanted || wanted == nil else { continue }
        if task.isUnfounded {
          let why = lesson.isEdited ? "; the lesson was edited since" : ""
          let message = ["the file says solved, and done again it is \(task.found.rawValue)\(why)"]
          let refused = task.refused.map { ["done again, this is refused: \($0.cleaned(most: 300))"] } ?? []
          checks.append(TestCheck("\(name) › \(lesson.id) › \(task.id)", at: Place(1), message + refused))
        } else if isWanted || task.claimed == .solved {
          let message = task.found == .solved ? [] : ["it is \(task.found.rawValue)"]
          checks.append(TestCheck("\(name) › \(lesson.id) › \(task.id)", at: Place(1), message))
        }
      }
    }
    if let wanted, checks.count == general {
      checks.append(TestCheck("\(name) › \(wanted)", at: Place(1), ["nothing of it was begun"]))
    }
    return checks
  }
}

extension Confirmation {
  /// What keeps it from being taken as it is.
  fileprivate var traces: [String] {
    (alien == 0 ? [] : ["\(alien) \(alien == 1 ? "line is" : "lines are") not as Tripod wrote it"])
      + (torn == 0
        ? [] : ["from \(torn) \(torn == 1 ? "sitting" : "sittings") lines were taken, or moved elsewhere"])
      + (alien == 0 ? seal.traces : [])
      + (isTooMuch ? ["it takes more work to do again than may be done"] : [])
  }
}

extension JournalSeal {
  fileprivate var traces: [String] {
    switch self {
    case .whole: []
    case .broken: ["its seal does not fit: lines were taken, or added"]
    case .missing: ["its seal, the last line, is missing; progress export FILE writes it again"]
    }
  }
}

extension ClassReport.Task {
  /// However it was written: case and blanks do not matter.
  fileprivate mutating func add(_ said: String, by learner: String) {
    let plain = said.lowercased().split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
    let place =
      wrong.firstIndex { $0.said == plain }
      ?? {
        wrong.append(ClassReport.Answer(said: plain))
        return wrong.count - 1
      }()
    wrong[place].count += 1
    if !wrong[place].learners.contains(learner) { wrong[place].learners.append(learner) }
  }
}

// MARK: JSON

extension ClassReport {
  public var json: JSON {
    let tests = tests
    return .object([
      JSON.Member("schema", .integer(1)), JSON.Member("command", .string("test")),
      JSON.Member("verb", .string("test")), JSON.Member("ok", .flag(tests.isOK)),
      JSON.Member("time_ms", .thousandths(0)), JSON.Member("events", .array([])),
      JSON.Member("learners", .array(learners.map { $0.json })),
      JSON.Member("tasks", .array(tasks.map { $0.json })),
      JSON.Member("copies", .array(copies.map { .array($0.map { .string($0) }) })),
      JSON.Member("failures", .array(tests.files.flatMap { $0.failures })),
      JSON.Member("passed", .integer(tests.passed)), JSON.Member("failed", .integer(tests.failed)),
      JSON.Member("complete", .flag(cutShort == nil)),
    ])
  }
}

extension Confirmation {
  fileprivate var json: JSON {
    .object([
      JSON.Member("learner", .string(learner)), JSON.Member("file", .string(file)),
      JSON.Member("lessons", .array(lessons.map { $0.json })),
      JSON.Member("unknown_lessons", .array(unknown.map { .string($0) })),
      JSON.Member("unknown_tasks", .array(unknownTasks.map { .string($0) })),
    ])
  }
}

extension Confirmation.Lesson {
  fileprivate var json: JSON {
    let tasks = tasks.map { task in
      JSON.object([
        JSON.Member("id", .string(task.id)), JSON.Member("status", .string(task.found.rawValue)),
        JSON.Member("claimed", .string(task.claimed.rawValue)),
        JSON.Member("wrong", .array(task.wrong.map { .string($0) })),
      ])
    }
    return .object([
      JSON.Member("id", .string(id)), JSON.Member("solved", .integer(count(.solved))),
      JSON.Member("edited", .flag(isEdited)), JSON.Member("tasks", .array(tasks)),
    ])
  }
}

extension ClassReport.Task {
  fileprivate var json: JSON {
    let answers = wrong.map { answer in
      JSON.object([
        JSON.Member("answer", .string(answer.said)), JSON.Member("count", .integer(answer.count)),
        JSON.Member("learners", .array(answer.learners.map { .string($0) })),
      ])
    }
    return .object(
      [
        JSON.Member("lesson", .string(lesson)), JSON.Member("task", .string(task)),
      ] + Study.Status.allCases.map { JSON.Member($0.rawValue, .integer(counts[$0] ?? 0)) } + [
        JSON.Member("wrong", .array(answers))
      ])
  }
}

extension TestedFile {
  fileprivate var failures: [JSON] {
    checks.filter { !$0.isOK }.map { check in
      .object([
        JSON.Member("learner", .string(id)), JSON.Member("name", .string(check.name)),
        JSON.Member("message", .string(check.message.joined(separator: "\n"))),
      ])
    }
  }
}
