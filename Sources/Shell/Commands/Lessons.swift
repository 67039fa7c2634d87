import Course
import Inspector

extension Command {
  /// Commands that change where one stands in a lesson, and so belong into its journal.
  static let ofLessons = [
    "answer", "hint", "solution", "skip", "next", "back", "play", "resume", "check", "why",
  ]

  /// Commands about lessons that belong to none.
  static let besideLessons = ["lesson", "lessons", "progress"]

  static let learning: [Command] = [
    Command(
      "lessons", .learn, sees: .nothing, [], "List the lessons.", example: "lessons",
      work: .withProgress { session, _ throws(Complaint) in session.lessonList() }),
    Command(
      "lesson", .learn, sees: .nothing, [.value("ID", .lesson), .optional([.word("anew")])],
      "Go into a lesson: where you left it, or anew.", example: "lesson tour",
      notes: ["ID": "which one; lessons lists them", "anew": "from its first task, not from where you left"],
      work: .either(
        { session, words throws(Complaint) in try session.enterLesson(words, from: .author, .none) },
        forPeople: { session, words, access throws(Complaint) in
          try session.enterLesson(words, from: .person(access), access.journal)
        })),
    Command(
      "goal", .learn, sees: .nothing, [], "Say again what is to be done or answered.",
      example: "lesson tour; goal"
    ) {
      session, _ throws(Complaint) in
      try Answer(session.stageLines(), session.stageMembers)
    },
    Command(
      "check", .learn, sees: .outside, [], "Look now how the lines of the goal stand, and why.",
      example: "lesson tour; skip; skip; skip; check"
    ) {
      session, _ throws(Complaint) in
      try session.checkGoal()
    },
    Command(
      "answer", .learn, sees: .outside, [.rest("ANSWER")], "Answer the question of the task, in any form.",
      example: "lesson tour; answer lb-1, server-1.mysql",
      notes: ["ANSWER": "names, numbers, yes or no; sure or guess may stand at its end"]
    ) { session, words throws(Complaint) in
      try session.answer(words.text("ANSWER") ?? "")
    },
    Command(
      "hint", .learn, sees: .nothing, [], "The next hint; it counts against nobody.",
      example: "lesson tour; hint"
    ) {
      session, _ throws(Complaint) in
      try session.hint()
    },
    Command(
      "solution", .learn, sees: .nothing, [], "Show what would be right.", example: "lesson tour; solution"
    ) {
      session, _ throws(Complaint) in
      try session.solution()
    },
    Command(
      "skip", .learn, sees: .nothing, [], "Leave the task as it is and go on.", example: "lesson tour; skip",
      work: .withProgress { session, _ throws(Complaint) in try session.skip() }),
    Command(
      "next", .learn, sees: .nothing, [], "Go on to the next task.", example: "lesson tour; solution; next",
      work: .withProgress { session, _ throws(Complaint) in try session.next() }),
    Command(
      "back", .learn, sees: .nothing, [], "Go back to the task before.", example: "lesson tour; skip; back"
    ) {
      session, _ throws(Complaint) in
      try session.back()
    },
    Command(
      "tasks", .learn, sees: .nothing, [], "List the tasks of the lesson and how they stand.",
      example: "lesson tour; tasks",
      work: .withProgress { session, _ throws(Complaint) in try session.tasks() }),
    Command(
      "play", .learn, sees: .copies, [], "Play freely; resume goes back to exactly where you were.",
      example: "lesson tour; play"
    ) { session, _ throws(Complaint) in
      try session.play()
    },
    Command(
      "progress", .learn, sees: .nothing,
      [
        .optional([
          .oneOf([
            [.word("export"), .value("FILE", .file), .optional([.word("force")])],
            [.word("import"), .value("FILE", .file)],
            [.word("forget"), .value("LESSON|all", .lesson)],
          ])
        ])
      ],
      "What you have done in each lesson; export, import or forget it.", example: "progress",
      notes: [
        "export": "write it to a file", "import": "add what a file says", "FILE": "that file",
        "forget": "as if it had not been done", "LESSON|all": "of one lesson, or of all",
        "force": Written.forceNote,
      ],
      work: .either(
        { session, words throws(Complaint) in
          guard words.text("LESSON|all") == nil, words.text("FILE") == nil else {
            throw .outOfReach("progress export, import and forget")
          }
          return session.progressReport()
        },
        forPeople: { session, words, access throws(Complaint) in
          if let lesson = words.text("LESSON|all") {
            return try session.forgetProgress(lesson, access.journal)
          }
          guard let file = words.text("FILE") else { return session.progressReport() }
          return words.has("export")
            ? try session.exportProgress(to: file, words.replacing, access)
            : try session.importProgress(from: file, access)
        })),
    Command(
      "review", .learn, sees: .nothing, [.optional([.value("FILE", .file), .optional([.word("force")])])],
      "A sheet of what you did in this lesson, or the last one: what came of it and why, as Markdown.",
      example: "lesson tour; skip; review",
      notes: ["FILE": "where to write it; on the screen unless said", "force": Written.forceNote],
      work: .either(
        { session, words throws(Complaint) in
          guard words.text("FILE") == nil else { throw .outOfReach("review FILE") }
          return try session.review()
        },
        forPeople: { session, words, access throws(Complaint) in
          guard let path = words.text("FILE") else { return try session.review(from: .person(access)) }
          return try session.review(to: path, words.replacing, access)
        })),
  ]
}

extension Command.Work {
  /// Returns work that is the same for people and authors, except that a person's progress is read first.
  fileprivate static func withProgress(_ work: @escaping Command.Inside) -> Command.Work {
    .either(work, forPeople: { session, words, _ throws(Complaint) in try work(&session, words) })
  }
}

extension Session {
  fileprivate mutating func enterLesson(
    _ words: Arguments, from writer: Writer, _ journal: Journal
  ) throws(Complaint) -> Answer {
    guard depth == 0, !learning.isReplaying else {
      throw .untimely("a lesson is begun at the prompt", hint: "lesson tour")
    }
    let lesson = try lesson(named: words.text("ID") ?? "", at: words.word("ID")?.place)
    return try enter(lesson, anew: words.has("anew"), from: writer, journal)
  }

  /// The lessons of the course, and what has been done of each.
  func lessonList() -> Answer {
    let progress = progress
    let lines = course.map { lesson in
      let known = progress[lesson.id]
      let state = known.map { $0.isFinished ? "done" : "\($0.tasks.count) of \(lesson.tasks.count)" } ?? ""
      return Line("  \(Column.left(lesson.id, 16)) ", .accent)
        + Line("\(Column.left(lesson.title, 46)) \(Column.right("\(lesson.minutes) min", 6))")
        + Line(state.isEmpty ? "" : "  \(state)")
    }
    let members = course.map { lesson in
      JSON.object([
        JSON.Member("id", .string(lesson.id)), JSON.Member("title", .string(lesson.title)),
        JSON.Member("minutes", .integer(lesson.minutes)),
        JSON.Member("needs", .array(lesson.needs.map { .string($0.text) })),
        JSON.Member("short", .flag(lesson.isShort)),
      ])
    }
    return Answer(
      lines.isEmpty ? [Line("  there are no lessons", .faint)] : lines,
      [JSON.Member("lessons", .array(members))])
  }
}
