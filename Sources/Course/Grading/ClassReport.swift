import Blueprint
import Inspector

/// The progress of a class: how far each learner is, which tasks were hard, and which claims are false.
public struct ClassReport: Equatable, Sendable {
  public var learners: [Confirmation] = []
  /// The reason why not all files were confirmed.
  public var stopReason: String?
  /// The failed tests of files that could not be read.
  private var unreadable: [TestedFile] = []
  /// The only lesson or task to report. A learner fails the test if it is not solved.
  private let wanted: String?

  public init(wanted: String?) { self.wanted = wanted }

  /// Adds a failed check for a learner's unreadable file.
  public mutating func add(unreadable learner: String, file path: String, because reason: String) {
    var file = TestedFile(id: learner, file: path)
    file.isUnreadable = true
    let name = "\(learner.cleaned()) › readable"
    file.checks = [TestCheck(name, at: FilePosition(1), ["the file cannot be read: \(reason)"])]
    unreadable.append(file)
  }

  /// The results of the whole class in one task.
  public struct TaskSummary: Equatable, Sendable {
    public let lesson: String
    public let task: String
    public var counts: [Study.Status: Int] = [:]
    public var wrong: [WrongAnswerCount] = []

    public var name: String { "\(lesson) › \(task)" }
    public var wrongCount: Int { wrong.reduce(0) { $0 + $1.count } }
  }

  /// A wrong answer, and the learners who gave it.
  public struct WrongAnswerCount: Equatable, Sendable {
    public let text: String
    public var count = 0
    public var learners: [String] = []
  }

  /// All tasks that a learner has begun, in the order of their first appearance.
  public var tasks: [TaskSummary] {
    var tasks: [TaskSummary] = []
    for learner in learners {
      for lesson in learner.lessons {
        for task in lesson.tasks {
          let index =
            tasks.firstIndex { $0.lesson == lesson.id && $0.task == task.id }
            ?? {
              tasks.append(TaskSummary(lesson: lesson.id, task: task.id))
              return tasks.count - 1
            }()
          tasks[index].counts[task.confirmedStatus, default: 0] += 1
          for answer in task.wrong { tasks[index].add(answer, by: learner.learner) }
        }
      }
    }
    return tasks
  }

  /// The files that share a run, because one of them was copied.
  public var copyGroups: [[String]] {
    var files: [[String]] = []
    for run in Set(learners.flatMap { $0.runs }).sorted() {
      let holders = learners.filter { $0.runs.contains(run) }.map { $0.file }
      if holders.count > 1, !files.contains(holders) { files.append(holders) }
    }
    return files
  }

  /// The report as tests: a learner's file is a suite, and each task a check.
  public var tests: TestReport {
    var report = TestReport()
    report.stopReason = stopReason
    let copyGroups = copyGroups
    report.lessons = learners.map { learner in
      var file = TestedFile(id: learner.learner, file: learner.file)
      file.checks = checks(of: learner, copyGroups)
      return file
    }
    report.lessons += unreadable
    return report
  }

  private func checks(of learner: Confirmation, _ copyGroups: [[String]]) -> [TestCheck] {
    let name = learner.learner.cleaned()
    var checks = [TestCheck("\(name) › as exported", at: FilePosition(1), learner.objections)]
    for files in copyGroups where files.contains(learner.file) {
      let others = Prose.listed(files.filter { $0 != learner.file }.map { $0.cleaned(most: 80) })
      checks.append(
        TestCheck(
          "\(name) › their own", at: FilePosition(1), [], skipped: "a sitting of it stands in \(others), too")
      )
    }
    for unknown in learner.unknown + learner.unknownTasks where wanted == nil {
      let why = "it could not be checked: it is not at hand"
      checks.append(
        TestCheck("\(name) › \(unknown.cleaned(most: 80))", at: FilePosition(1), [], skipped: why))
    }
    let general = checks.count
    for lesson in learner.lessons {
      for task in lesson.tasks {
        let isWanted = wanted == lesson.id || wanted == task.id
        guard isWanted || wanted == nil else { continue }
        if task.isUnfounded {
          let why = lesson.isEdited ? "; the lesson was edited since" : ""
          let message = ["the file says solved, and done again it is \(task.confirmedStatus.rawValue)\(why)"]
          let refused = task.refused.map { ["done again, this is refused: \($0.cleaned(most: 300))"] } ?? []
          checks.append(
            TestCheck("\(name) › \(lesson.id) › \(task.id)", at: FilePosition(1), message + refused))
        } else if isWanted || task.claimedStatus == .solved {
          let message = task.confirmedStatus == .solved ? [] : ["it is \(task.confirmedStatus.rawValue)"]
          checks.append(TestCheck("\(name) › \(lesson.id) › \(task.id)", at: FilePosition(1), message))
        }
      }
    }
    if let wanted, checks.count == general {
      checks.append(TestCheck("\(name) › \(wanted)", at: FilePosition(1), ["nothing of it was begun"]))
    }
    return checks
  }
}

extension Confirmation {
  /// The reasons why a file cannot be accepted as it is.
  fileprivate var objections: [String] {
    (foreignLines == 0
      ? [] : ["\(foreignLines) \(foreignLines == 1 ? "line is" : "lines are") not as Tripod wrote it"])
      + (incompleteRuns == 0
        ? []
        : [
          "from \(incompleteRuns) \(incompleteRuns == 1 ? "sitting" : "sittings") lines were taken, or moved elsewhere"
        ])
      + (foreignLines == 0 ? seal.objections : [])
      + (exceedsWorkLimit ? ["it takes more work to do again than may be done"] : [])
  }
}

extension JournalSeal {
  fileprivate var objections: [String] {
    switch self {
    case .whole: []
    case .broken: ["its seal does not fit: lines were taken, or added"]
    case .missing: ["its seal, the last line, is missing; progress export FILE writes it again"]
    }
  }
}

extension ClassReport.TaskSummary {
  /// Counts a wrong answer. Case and spacing do not matter.
  fileprivate mutating func add(_ answer: String, by learner: String) {
    let plain = answer.lowercased().split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
    let index =
      wrong.firstIndex { $0.text == plain }
      ?? {
        wrong.append(ClassReport.WrongAnswerCount(text: plain))
        return wrong.count - 1
      }()
    wrong[index].count += 1
    if !wrong[index].learners.contains(learner) { wrong[index].learners.append(learner) }
  }
}

// MARK: JSON

extension ClassReport {
  public var json: JSON {
    let tests = tests
    return .object([
      JSON.Member(.schema, .integer(1)), JSON.Member(.command, .string("test")),
      JSON.Member(.verb, .string("test")), JSON.Member(.ok, .flag(tests.isOK)),
      JSON.Member(.timeMs, .thousandths(0)), JSON.Member(.events, .array([])),
      JSON.Member(named: "learners", .array(learners.map { $0.json })),
      JSON.Member(.tasks, .array(tasks.map { $0.json })),
      JSON.Member(named: "copies", .array(copyGroups.map { .array($0.map { .string($0) }) })),
      JSON.Member(named: "failures", .array(tests.files.flatMap { $0.failures })),
      JSON.Member(named: "passed", .integer(tests.passed)), JSON.Member(.failed, .integer(tests.failed)),
      JSON.Member(named: "complete", .flag(stopReason == nil)),
    ])
  }
}

extension Confirmation {
  fileprivate var json: JSON {
    .object([
      JSON.Member(named: "learner", .string(learner)), JSON.Member(.file, .string(file)),
      JSON.Member(.lessons, .array(lessons.map { $0.json })),
      JSON.Member(named: "unknown_lessons", .array(unknown.map { .string($0) })),
      JSON.Member(named: "unknown_tasks", .array(unknownTasks.map { .string($0) })),
    ])
  }
}

extension Confirmation.ConfirmedLesson {
  fileprivate var json: JSON {
    let tasks = tasks.map { task in
      JSON.object([
        JSON.Member(.id, .string(task.id)), JSON.Member(.status, .string(task.confirmedStatus.rawValue)),
        JSON.Member(named: "claimed", .string(task.claimedStatus.rawValue)),
        JSON.Member(named: "wrong", .array(task.wrong.map { .string($0) })),
      ])
    }
    return .object([
      JSON.Member(.id, .string(id)), JSON.Member(.solved, .integer(count(.solved))),
      JSON.Member(named: "edited", .flag(isEdited)), JSON.Member(.tasks, .array(tasks)),
    ])
  }
}

extension ClassReport.TaskSummary {
  fileprivate var json: JSON {
    let answers = wrong.map { answer in
      JSON.object([
        JSON.Member(named: "answer", .string(answer.text)),
        JSON.Member(named: "count", .integer(answer.count)),
        JSON.Member(named: "learners", .array(answer.learners.map { .string($0) })),
      ])
    }
    return .object(
      [
        JSON.Member(.lesson, .string(lesson)), JSON.Member(.task, .string(task)),
      ] + Study.Status.allCases.map { JSON.Member(named: $0.rawValue, .integer(counts[$0] ?? 0)) } + [
        JSON.Member(named: "wrong", .array(answers))
      ])
  }
}

extension TestedFile {
  fileprivate var failures: [JSON] {
    checks.filter { !$0.isOK }.map { check in
      .object([
        JSON.Member(named: "learner", .string(id)), JSON.Member(.name, .string(check.name)),
        JSON.Member(.message, .string(check.message.joined(separator: "\n"))),
      ])
    }
  }
}
