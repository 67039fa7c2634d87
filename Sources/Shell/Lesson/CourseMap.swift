import Blueprint
import Course
import Inspector

/// The lessons of the course, with the learner's progress in each and the lessons that each needs first.
struct CourseMap {
  private let entries: [Entry]

  fileprivate struct Entry {
    /// The position of the lesson in the course. The first lesson has the number 1.
    let number: Int
    let lesson: Lesson
    let state: State
    /// The number of tasks that are over.
    let tasksOver: Int
    /// The lessons that should be finished first, without those that another of them needs.
    let missing: [MissingLesson]
    /// Whether `learn` goes to the lesson.
    let isNext: Bool
  }

  fileprivate struct MissingLesson {
    let id: String
    /// The number in the course; nil if the lesson is not in the course.
    let number: Int?
  }

  fileprivate enum State: String {
    case done, begun, open

    var sign: Line {
      switch self {
      case .done: Line("●", .good)
      case .begun: Line("◐", .attention)
      case .open: Line("○")
      }
    }
  }

  /// Creates the map. `next` is the id of the lesson that `learn` goes to.
  init(_ course: [Lesson], _ progress: Progress, next: String?) {
    entries = zip(1..., course).map { number, lesson in
      let known = progress[lesson.id]
      return Entry(
        number: number, lesson: lesson, state: known.map { $0.isFinished ? .done : .begun } ?? .open,
        tasksOver: known.map { $0.tasksOver(in: lesson) } ?? 0,
        missing: CourseMap.missing(for: lesson, in: course, progress), isNext: lesson.id == next)
    }
  }

  private static func missing(
    for lesson: Lesson, in course: [Lesson], _ progress: Progress
  ) -> [MissingLesson] {
    let open = lesson.needs.map { $0.text }.filter { progress[$0]?.isFinished != true }
    var implied: Set<String> = []
    var ahead = open
    while let id = ahead.popLast() {
      for need in course.first(where: { $0.id == id })?.needs ?? [] where implied.insert(need.text).inserted {
        ahead.append(need.text)
      }
    }
    return open.filter { !implied.contains($0) }.map { id in
      MissingLesson(id: id, number: course.firstIndex { $0.id == id }.map { $0 + 1 })
    }.sorted { ($0.number ?? .max, $0.id) < ($1.number ?? .max, $1.id) }
  }

  /// Returns the map as lines, one for each lesson if the lines fit the width.
  func response(width: Int) -> CommandResponse {
    let members = [JSON.Member(.lessons, .array(entries.map { $0.json }))]
    guard !entries.isEmpty else { return CommandResponse([Line("  there are no lessons", .faint)], members) }
    let idWidth = entries.map { $0.lesson.id.columns }.max() ?? 0
    let lines = entries.flatMap { $0.lines(idWidth: idWidth, width: min(width, 90)) }
    let next = entries.first { $0.isNext }?.lesson.id
    let ways = (next.map { "`learn` goes to \($0), " } ?? "") + "`learn ID` goes to any lesson."
    let legend = Line("  ● done  ◐ begun  ○ open    \(ways)", .faint)
    return CommandResponse(lines + legend.wrapped(to: width), members)
  }
}

extension CourseMap.Entry {
  fileprivate func lines(idWidth: Int, width: Int) -> [Line] {
    // On a narrow screen, the minutes move to the second line, so that most titles fit the first.
    let isNarrow = width < 70
    let minutes = Line("\(Column.right("\(lesson.minutes) min", 6))  ")
    let head =
      Line("  \(Column.right("\(number)", 2)) ") + state.sign + Line(" ")
      + Line(Column.left(lesson.id, idWidth), .accent) + Line(" ") + (isNarrow ? Line() : minutes)
    let title = head + Line(lesson.title)
    let end = isNarrow ? minutes + stateLine : stateLine
    let gap = width - title.text.columns - end.text.columns
    if gap >= 2 { return [title + Line(String(repeating: " ", count: gap)) + end] }
    let indent = max(head.text.columns, width - end.text.columns)
    return title.wrapped(to: width) + (Line(String(repeating: " ", count: indent)) + end).wrapped(to: width)
  }

  /// The progress in words, and what comes next or first.
  private var stateLine: Line {
    switch state {
    case .done: return Line("done", .good)
    case .begun:
      return Line("\(tasksOver) of \(lesson.tasks.count)", .attention)
        + (isNext ? Line(", ") + Line("next", .accent) : Line())
    case .open where isNext: return Line("next", .accent)
    case .open:
      guard !missing.isEmpty else { return Line("open") }
      let names = missing.map { need in need.number.map { "\($0)" } ?? Sentences.clean(need.id) }
      return Line("needs \(names.joined(separator: ", "))", .faint)
    }
  }

  fileprivate var json: JSON {
    .object([
      JSON.Member(.id, .string(lesson.id)), JSON.Member(.title, .string(lesson.title)),
      JSON.Member(.minutes, .integer(lesson.minutes)),
      JSON.Member(.needs, .array(lesson.needs.map { .string($0.text) })),
      JSON.Member(.short, .flag(lesson.isShort)), JSON.Member(.number, .integer(number)),
      JSON.Member(.state, .string(state.rawValue)), JSON.Member(.tasks, .integer(lesson.tasks.count)),
      JSON.Member(.over, .integer(tasksOver)),
      JSON.Member(.missing, .array(missing.map { .string($0.id) })), JSON.Member(.next, .flag(isNext)),
    ])
  }
}

extension Progress.LessonProgress {
  /// Returns how many tasks of the lesson are over.
  func tasksOver(in lesson: Lesson) -> Int {
    lesson.tasks.count { task in tasks.contains { $0.id == task.id && $0.status.isOver } }
  }
}
