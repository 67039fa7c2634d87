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

  /// Returns the lesson with this id or position in the course, or the only lesson whose id begins with the word.
  func lesson(named word: String, at position: Range<Int>? = nil) throws(Complaint) -> Lesson {
    let wanted = word.lowercased()
    let names = documents.map { $0.name }
    let matches = names.filter { $0.hasPrefix(wanted) }
    let numbered = Numeral.whole(wanted).flatMap { number in
      let course = course
      return course.indices.contains(number - 1) ? course[number - 1].id : nil
    }
    let name = names.first { $0 == wanted } ?? numbered ?? (matches.count == 1 ? matches[0] : nil)
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

  /// Returns the lesson that `learn` goes to: the last one if it is unfinished, otherwise the first unfinished
  /// one after it, or else before it. A lesson that has just ended counts as the last one. Returns nil if no
  /// lesson is open.
  func next(after ended: Lesson?, _ progress: Progress, isShort: Bool = false) -> Lesson? {
    let course = lessonHeaders.filter { !isShort || $0.isShort }
    let open = course.filter { $0.id != ended?.id && progress[$0.id]?.isFinished != true }
    let lastID = ended?.id ?? progress.last
    let last = open.filter { $0.id == lastID }
    let later = course.drop { $0.id != lastID }.filter { lesson in open.contains { $0.id == lesson.id } }
    return (last + later + open).first { hasReadableLesson($0.id) }
  }

  /// Returns which lesson to continue with after a lesson.
  func suggestion(after lesson: Lesson, _ progress: Progress) -> String {
    next(after: lesson, progress).map { "Type `learn` for the next lesson: \($0.title)." }
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

  /// Returns the id of the lesson to offer if none is named. If all are finished, it is the first lesson.
  func lessonToContinue(isShort: Bool, _ progress: Progress) -> String? {
    let first = course.first { !isShort || $0.isShort }
    return (next(after: nil, progress, isShort: isShort) ?? first)?.id
  }
}
