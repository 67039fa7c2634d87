import Blueprint
import Course
import Facts
import Inspector

/// The available lessons, read from their files.
struct LessonLibrary: Sendable {
  let documents: [Document]

  init(_ documents: [Document]) { self.documents = documents }

  /// The lessons in the order of the course. Lessons that cannot be read are left out.
  var course: [Lesson] {
    let read = documents.map { LessonReader($0.text, file: $0.name) }.filter { $0.problems.isEmpty }
    return LessonLibrary.sorted(read.map { $0.lesson })
  }

  /// The header of each lesson, in the order of the course. The rest of a lesson may be unreadable.
  var lessonHeaders: [Lesson] {
    LessonLibrary.sorted(documents.map { LessonReader(headOf: $0.text, file: $0.name).lesson })
  }

  private static func sorted(_ lessons: [Lesson]) -> [Lesson] {
    lessons.sorted { ($0.number, $0.id) < ($1.number, $1.id) }
  }

  /// Returns the lesson with this id, or the only lesson whose id begins with the word.
  func lesson(named word: String, at position: Range<Int>? = nil) throws(Complaint) -> Lesson {
    let wanted = word.lowercased()
    let names = documents.map { $0.name }
    let matches = names.filter { $0.hasPrefix(wanted) }
    let name = names.first { $0 == wanted } ?? (matches.count == 1 ? matches[0] : nil)
    guard let name, let document = documents.first(where: { $0.name == name }) else {
      throw .unknownLesson(word, choices: names, at: position)
    }
    let reader = LessonReader(document.text, file: "\(name).md")
    if let problem = reader.problems.first {
      throw .brokenLesson(name, problem: "\(name).md:\(problem.position.text): \(problem.sentence)")
    }
    return reader.lesson
  }

  /// Whether a lesson with this id exists and can be read.
  func hasReadableLesson(_ id: String) -> Bool {
    documents.contains { $0.name == id && LessonReader($0.text, file: $0.name).problems.isEmpty }
  }

  /// Returns a question from an earlier lesson on which this lesson builds, if one fits the site.
  func recall(for lesson: Lesson, in context: FactContext) -> Study.Recall? {
    for need in lesson.needs.reversed() {
      guard let earlier = try? self.lesson(named: need.text) else { continue }
      let fitting = earlier.tasks.compactMap { $0.question }.filter { question in
        question.recall != nil && (try? AnswerJudge(question, in: context).derived()) != nil
      }
      guard !fitting.isEmpty else { continue }
      // The choice depends only on the lesson, so every learner gets the same question.
      let pick = lesson.id.utf8.reduce(lesson.number) { $0 &+ Int($1) } % fitting.count
      return Study.Recall(lesson: earlier.id, question: fitting[pick].recallVersion)
    }
    return nil
  }

  /// Returns which lesson to continue with after a lesson.
  func suggestion(after lesson: Lesson, _ progress: Progress) -> String {
    let open = lessonHeaders.drop { $0.id != lesson.id }.dropFirst().first { head in
      progress[head.id]?.isFinished != true && (try? self.lesson(named: head.id)) != nil
    }
    return open.map { "Type `lesson \($0.id)` for the next lesson: \($0.title)." }
      ?? "Type `lessons` for all lessons."
  }

  /// Returns the id of the lesson that the learner left unfinished, if the lesson is not in the library. Such
  /// a lesson was loaded from a file.
  func unfinishedLesson(_ progress: Progress) -> String? {
    guard let last = progress.last, progress[last]?.isFinished == false,
      !documents.contains(where: { $0.name == last })
    else { return nil }
    return last
  }

  /// Returns the lesson to offer if none is named: the last one if unfinished, otherwise the first unfinished
  /// one. If all are finished, it is the first lesson.
  func lessonToContinue(isShort: Bool, _ progress: Progress) -> String? {
    let course = course.filter { !isShort || $0.isShort }
    if let last = progress.last, progress[last]?.isFinished == false,
      course.contains(where: { $0.id == last })
    {
      return last
    }
    return course.first { progress[$0.id]?.isFinished != true }?.id ?? course.first?.id
  }

  /// Returns a list of the course's lessons, with the progress in each.
  func list(_ progress: Progress) -> CommandResponse {
    let lines = course.map { lesson in
      let known = progress[lesson.id]
      let state = known.map { $0.isFinished ? "done" : "\($0.tasks.count) of \(lesson.tasks.count)" } ?? ""
      return Line("  \(Column.left(lesson.id, 16)) ", .accent)
        + Line("\(Column.left(lesson.title, 46)) \(Column.right("\(lesson.minutes) min", 6))")
        + Line(state.isEmpty ? "" : "  \(state)")
    }
    let members = course.map { lesson in
      JSON.object([
        JSON.Member(.id, .string(lesson.id)), JSON.Member(.title, .string(lesson.title)),
        JSON.Member(.minutes, .integer(lesson.minutes)),
        JSON.Member(.needs, .array(lesson.needs.map { .string($0.text) })),
        JSON.Member(.short, .flag(lesson.isShort)),
      ])
    }
    return CommandResponse(
      lines.isEmpty ? [Line("  there are no lessons", .faint)] : lines,
      [JSON.Member(.lessons, .array(members))])
  }
}
