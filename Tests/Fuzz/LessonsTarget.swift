@testable import Course
@testable import Shell

/// Reads a lesson's file, tests it, and goes through it with guessed answers.
enum LessonsTarget {
  static func run(_ text: String) {
    let reader = LessonReader(text, file: "fuzzed.md")
    let again = LessonReader(text, file: "fuzzed.md")
    require(reader.lesson == again.lesson && reader.problems == again.problems, "read twice, it is another")
    let lines = LessonText(text).lines
    for problem in reader.problems { check(problem.position, problem.sentence, in: lines) }
    guard reader.problems.isEmpty else { return }
    let lesson = reader.lesson
    let head = LessonReader(headOf: text, file: "fuzzed.md").lesson
    require(head.id == lesson.id && head.title == lesson.title, "its head says another name than the whole")
    require(!lesson.id.isEmpty, "it has no name")
    testLesson(text, lines)
    play(lesson, text)
  }

  private static func check(_ position: FilePosition, _ sentence: String, in lines: [String]) {
    guard (1...lines.count).contains(position.line) else {
      return require(false, "line \(position.line) of \(lines.count): \(sentence)")
    }
    let line = lines[position.line - 1]
    require(
      (1...line.unicodeScalars.count + 1).contains(position.column),
      "column \(position.column) of \(line.debugDescription): \(sentence)")
  }

  private static func testLesson(_ text: String, _ lines: [String]) {
    let runner = FuzzSessions.session(work: 6)
    let tested = LessonTest.test(text, file: "fuzzed.md", runner: runner) { _ in true }
    require(!tested.checks.isEmpty, "no check was made")
    for check in tested.checks {
      require(
        (1...lines.count).contains(check.position.line),
        "line \(check.position.line) of \(lines.count): \(check.name)")
      for text in [check.name] + check.message {
        Text.requirePrintable(lines: text, of: "a check")
      }
    }
    var report = TestReport()
    report.lessons = [tested]
    let json = ReportFormat.json.text(of: report)
    require(
      json.split(separator: "\n").allSatisfy { JSONChecker.isValid(String($0)) },
      "the report is no JSON: \(json)")
    for format in ReportFormat.allCases {
      Text.requirePrintable(lines: format.text(of: report), of: "the report as \(format)")
    }
    let updated = LessonTest.updated(text, file: "fuzzed.md", runner: runner)
    let reader = LessonReader(updated, file: "fuzzed.md")
    require(
      reader.problems.isEmpty, "with its demos updated, it is no lesson: \(reader.problems.map(\.sentence))")
  }

  private static func play(_ lesson: Lesson, _ text: String) {
    let document = Document(name: lesson.id, text: text)
    var session = FuzzSessions.session(work: 6, designs: FuzzSessions.designs, lessons: [document])
    for command in [
      "lesson \(lesson.id)", "hint", "answer 1", "check", "goal", "solution", "skip", "next", "back",
      "review",
    ] {
      _ = session.checked(command)
    }
    for showsSolutions in [false, true] {
      for line in (try? session.worksheet(ofLesson: lesson.id, showsSolutions: showsSolutions)) ?? [] {
        Text.requirePrintable(line, of: "the sheet")
      }
    }
    for line in (try? session.wholePage(ofLesson: lesson.id, width: 80)) ?? [] {
      Text.requirePrintable(line.text, of: "the page")
    }
  }
}
