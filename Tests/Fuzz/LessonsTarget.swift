@testable import Course
@testable import Shell

/// Reads a lesson's file, tests it, and goes through it with guessed answers.
enum LessonsTarget {
  static func run(_ text: String) {
    let reader = LessonReader(text, file: "fuzzed.md")
    let again = LessonReader(text, file: "fuzzed.md")
    promise(reader.lesson == again.lesson && reader.problems == again.problems, "read twice, it is another")
    let lines = LessonText(text).lines
    for problem in reader.problems { check(problem.place, problem.sentence, in: lines) }
    guard reader.problems.isEmpty else { return }
    let lesson = reader.lesson
    let head = LessonReader(headOf: text, file: "fuzzed.md").lesson
    promise(head.id == lesson.id && head.title == lesson.title, "its head says another name than the whole")
    promise(!lesson.id.isEmpty, "it has no name")
    tryOut(text, lines)
    play(lesson, text)
  }

  private static func check(_ place: FilePosition, _ sentence: String, in lines: [String]) {
    guard (1...lines.count).contains(place.line) else {
      return promise(false, "line \(place.line) of \(lines.count): \(sentence)")
    }
    let line = lines[place.line - 1]
    promise(
      (1...line.unicodeScalars.count + 1).contains(place.column),
      "column \(place.column) of \(line.debugDescription): \(sentence)")
  }

  private static func tryOut(_ text: String, _ lines: [String]) {
    let runner = Bench.session(work: 6)
    let tested = LessonTest.test(text, file: "fuzzed.md", runner: runner) { _ in true }
    promise(!tested.checks.isEmpty, "no check was made")
    for check in tested.checks {
      promise(
        (1...lines.count).contains(check.place.line),
        "line \(check.place.line) of \(lines.count): \(check.name)")
      for text in [check.name] + check.message {
        Text.promiseHarmless(lines: text, of: "a check")
      }
    }
    var report = TestReport()
    report.lessons = [tested]
    let json = ReportFormat.json.text(of: report)
    promise(
      json.split(separator: "\n").allSatisfy { JSONChecker.isValid(String($0)) },
      "the report is no JSON: \(json)")
    for format in ReportFormat.allCases {
      Text.promiseHarmless(lines: format.text(of: report), of: "the report as \(format)")
    }
    let updated = LessonTest.updated(text, file: "fuzzed.md", runner: runner)
    let reader = LessonReader(updated, file: "fuzzed.md")
    promise(
      reader.problems.isEmpty, "with its demos updated, it is no lesson: \(reader.problems.map(\.sentence))")
  }

  private static func play(_ lesson: Lesson, _ text: String) {
    let document = Document(name: lesson.id, text: text)
    var session = Bench.session(work: 6, designs: Bench.designs, lessons: [document])
    for command in [
      "lesson \(lesson.id)", "hint", "answer 1", "check", "goal", "solution", "skip", "next", "back",
      "review",
    ] {
      _ = session.checked(command)
    }
    for hasKey in [false, true] {
      for line in (try? session.paper(ofLesson: lesson.id, hasKey: hasKey)) ?? [] {
        Text.promiseHarmless(line, of: "the sheet")
      }
    }
    for line in (try? session.wholePage(ofLesson: lesson.id, width: 80)) ?? [] {
      Text.promiseHarmless(line.text, of: "the page")
    }
  }
}
