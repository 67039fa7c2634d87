import Course
import Facts
import Inspector

extension Session {
  /// The lessons in the order of the course; those that cannot be read are left out.
  var course: [Lesson] {
    let read = lessons.map { LessonReader($0.text, file: $0.name) }.filter { $0.problems.isEmpty }
    return Session.inOrder(read.map { $0.lesson })
  }

  /// What is said at the head of each, in the order of the course; the rest may be unreadable.
  var heads: [Lesson] { Session.inOrder(lessons.map { LessonReader(headOf: $0.text, file: $0.name).lesson }) }

  private static func inOrder(_ lessons: [Lesson]) -> [Lesson] {
    lessons.sorted { ($0.number, $0.id) < ($1.number, $1.id) }
  }

  /// The lesson of that id, or the only one that begins so.
  func lesson(named word: String, at place: Range<Int>? = nil) throws(Complaint) -> Lesson {
    let wanted = word.lowercased()
    let names = lessons.map { $0.name }
    let begun = names.filter { $0.hasPrefix(wanted) }
    let name = names.first { $0 == wanted } ?? (begun.count == 1 ? begun[0] : nil)
    guard let name, let document = lessons.first(where: { $0.name == name }) else {
      throw .unknownLesson(word, choices: names, at: place)
    }
    let reader = LessonReader(document.text, file: "\(name).md")
    if let problem = reader.problems.first {
      throw .brokenLesson(name, problem: "\(name).md:\(problem.place.text): \(problem.sentence)")
    }
    return reader.lesson
  }

  /// What the facts of a task are asked about.
  func factWorld(of study: Study) -> FactWorld {
    var author = self
    author.applyAuthorLimits()
    var world = author.factWorld(start: study.start)
    world.seen = study.seen
    if depth == 0, !isHypothesis, learning.parked == nil {
      world.memory = recollection?.memory(of: scene, study, seen: seen)
    }
    return world
  }

  /// A copy on which anything can be tried: it writes nothing and is in no lesson.
  var rehearsalSpace: Session {
    var copy = self
    copy.depth += 1
    copy.isHypothesis = true
    copy.applyAuthorLimits()
    copy.learning = Learning()
    copy.knownProgress = KnownProgress()
    copy.history = History()
    return copy
  }
}
