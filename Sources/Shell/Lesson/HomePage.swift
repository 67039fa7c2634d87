import Course
import Inspector

/// Where the learner is, what earlier sessions left, and what to type next.
struct HomePage {
  let library: LessonLibrary
  let progress: Progress
  /// The sites that earlier sessions left, the one that changed last first.
  let sites: [SavedSite]
  /// Whether the lesson was left after the sites.
  let isLessonLatest: Bool
  /// The lesson that the learner left unfinished; nil if the learner is in it now.
  let leftLesson: LeftLesson?
  /// The lesson that `learn` goes to; nil if every lesson is finished.
  let nextLesson: Lesson?

  /// A lesson that was left, and the number of its first open task.
  struct LeftLesson {
    let lesson: Lesson
    let task: Int

    var place: String { "task \(task) of \(lesson.tasks.count)" }
  }

  /// Creates the page for a learner in a lesson, or for a user on a site. `lastProgress` is the time at which
  /// the learner's progress changed last.
  init(
    _ library: LessonLibrary, _ progress: Progress, _ study: Study?, _ sites: [SavedSite],
    lastProgress: StorageTime?
  ) {
    self.library = library
    self.progress = progress
    self.sites = sites
    leftLesson = HomePage.leftLesson(library, progress, study)
    nextLesson = library.next(after: study.flatMap { $0.isAfterLastTask ? $0.lesson : nil }, progress)
    let lastSite = sites.first { $0.obstacle == nil }?.changed.nanoseconds
    isLessonLatest =
      leftLesson != nil && (lastSite.map { $0 < lastProgress?.nanoseconds ?? 0 } ?? true)
  }

  private static func leftLesson(
    _ library: LessonLibrary, _ progress: Progress, _ study: Study?
  ) -> LeftLesson? {
    guard let last = progress.last, last != study?.lesson.id, let known = progress[last], !known.isFinished,
      let lesson = try? library.lesson(named: last)
    else { return nil }
    let isOver = { (task: LessonTask) in known.tasks.contains { $0.id == task.id && $0.status.isOver } }
    return LeftLesson(lesson: lesson, task: (lesson.tasks.firstIndex { !isOver($0) } ?? 0) + 1)
  }

  /// Whether no earlier session has left anything.
  private var isFirstStart: Bool { sites.isEmpty && progress.lessons.isEmpty }

  // MARK: Greeting

  /// Returns the lines at the start of a session. The drawing of the site is shown at the first start, if
  /// there are enough rows for it. `completes` says whether Tab completes words in this terminal.
  func greeting(site: String, drawing: [Line], rows: Int, completes: Bool) -> [Line] {
    let title = Line("Tripod \(Session.version) · a live model of a three-server web site")
    let help =
      Line(completes ? "Press Tab to complete a word; type " : "Type ") + HomePage.code("help")
      + Line(" for the commands.")
    guard isFirstStart else {
      return [title] + leftLines + [nextLine(on: site), help].compactMap { $0 }
    }
    let ways = [Line("Two ways to begin:"), firstLessonLine, playLine].compactMap { $0 } + [help]
    let picture = drawing.isEmpty || drawing.count + ways.count + 3 > rows ? [] : drawing
    return [title] + picture + ways
  }

  private var firstLessonLine: Line? {
    nextLesson.map { lesson in
      Line("  To learn, type ") + HomePage.code("learn")
        + Line(": the first lesson, “\(lesson.title)”, takes about \(lesson.minutes) minutes.")
    }
  }

  private var playLine: Line {
    let start = Line("  To play, type ") + HomePage.code("send 4")
    return ["break server-1", "send 4", "why"].reduce(start) { line, command in
      line + Line(", then ") + HomePage.code(command)
    } + Line(".")
  }

  /// The lines about the lesson and the sites that were left.
  private var leftLines: [Line] {
    var lines: [Line] = []
    if let left = leftLesson {
      lines.append(
        Line("You left the lesson “\(left.lesson.title)” at \(left.place). Type ") + HomePage.code("learn")
          + Line(" to continue it."))
    } else if let id = library.unfinishedLesson(progress) {
      lines.append(HomePage.absentLessonLine(id))
    }
    if let site = sites.first {
      lines.append(HomePage.sentence(about: site, command: isLessonLatest ? "resume 1" : "resume"))
    }
    if sites.count > 1 {
      let count = sites.count == 2 ? "Another site is" : "\(sites.count - 1) other sites are"
      lines.append(Line("\(count) kept too. Type ") + HomePage.code("home") + Line(" for the list."))
    }
    return lines
  }

  private static func sentence(about site: SavedSite, command: String) -> Line {
    if let obstacle = site.obstacle {
      return Line("The site that you left cannot be continued: \(obstacle).", .faint)
    }
    return Line("You left the site \(Sentences.clean(site.design)): \(site.summary). Type ")
      + code(command) + Line(" to continue it.")
  }

  /// What to do if nothing was left: the next lesson, or play.
  private func nextLine(on site: String) -> Line? {
    if leftLesson != nil { return nil }
    guard let lesson = nextLesson else {
      return Line("You have finished every lesson. This is the site \(Sentences.clean(site)).")
    }
    return Line("Type ") + HomePage.code("learn")
      + Line(" for the lesson “\(lesson.title)” (about \(lesson.minutes) minutes).")
  }

  /// Returns the line about a lesson that was left and was loaded from a file.
  static func absentLessonLine(_ id: String) -> Line {
    Line("The lesson that you left, \(Sentences.clean(id)), is in a file. ", .faint)
      + code("tripod learn FILE") + Line(" continues it.", .faint)
  }

  static func code(_ command: String) -> Line { Line("`\(command)`", .accent) }

  // MARK: The command `home`

  /// Returns what was left and the state of the course as lines. `width` is the width of the screen.
  func sections(width: Int) -> [Line] {
    var lines: [Line] = []
    if let left = leftLesson {
      lines += [Line(), Line("The lesson that you left"), Line("  \(left.lesson.title), \(left.place)")]
    } else if let id = library.unfinishedLesson(progress) {
      lines += [Line()] + HomePage.absentLessonLine(id).wrapped(to: width)
    }
    lines += [Line(), Line(sites.isEmpty ? "No earlier site is kept." : "Sites that you left")]
    for (number, site) in zip(1..., sites) {
      let head = Line("  \(Column.right("\(number)", 2))  \(site.changed.text)  ", .faint)
      let text = site.obstacle.map { "cannot be continued: \($0)" } ?? site.summary
      lines += (head + Line("\(Sentences.clean(site.design)): \(text)")).wrapped(to: width)
    }
    let course = library.lessonHeaders
    let done = course.count { progress[$0.id]?.isFinished == true }
    lines += [Line(), Line("The course"), Line("  \(done) of \(course.count) lessons done")]
    return lines
  }

  /// Returns what to type next, for a user on a site. `isSiteChanged` says whether the site has steps of its
  /// own.
  func nextStep(isSiteChanged: Bool) -> Line {
    let canResume = sites.contains { $0.obstacle == nil }
    if let left = leftLesson, isLessonLatest || isSiteChanged || !canResume {
      return Line("Type ") + HomePage.code("learn") + Line(" to continue “\(left.lesson.title)”.")
    }
    if canResume, !isSiteChanged {
      return Line("Type ") + HomePage.code("resume") + Line(" to continue the site that you left last.")
    }
    guard let lesson = nextLesson else {
      return Line("You have finished every lesson. Type ") + HomePage.code("learn ID anew")
        + Line(" to repeat one.")
    }
    return Line("Type ") + HomePage.code("learn")
      + Line(" for the next lesson: “\(lesson.title)” (about \(lesson.minutes) minutes).")
  }

  var members: [JSON.Member] {
    let left = leftLesson.map { left in
      JSON.object([
        JSON.Member(.id, .string(left.lesson.id)), JSON.Member(.title, .string(left.lesson.title)),
        JSON.Member(.number, .integer(left.task)), JSON.Member(.tasks, .integer(left.lesson.tasks.count)),
      ])
    }
    let sites = zip(1..., sites).map { number, site in
      JSON.object([
        JSON.Member(.number, .integer(number)), JSON.Member(.design, .string(site.design)),
        JSON.Member(.steps, .integer(site.steps)), JSON.Member(.last, .string(site.lastCommand)),
        JSON.Member(.changed, .string(site.changed.text)),
        JSON.Member(.problem, site.obstacle.map { .string($0) } ?? .null),
      ])
    }
    return [
      JSON.Member(.left, left ?? .null), JSON.Member(.sites, .array(sites)),
      JSON.Member(.next, nextLesson.map { .string($0.id) } ?? .null),
    ]
  }
}

extension SavedSite {
  /// The steps of the site in words, such as `3 steps, the last “send 4”`.
  var summary: String {
    let command = Sentences.clean(lastCommand, most: 24)
    return steps == 1 ? "1 step, “\(command)”" : "\(steps) steps, the last “\(command)”"
  }
}
