import Course
import Inspector

/// The commands about lessons.
enum LessonCommands {
  static let table: [Command] = [
    Command(
      "goal", .learn, reveals: .nothing, [], "Show the current task again.",
      example: "lesson tour; goal",
      handler: .onTutor { tutor, _ throws(Complaint) in
        try CommandResponse(tutor.currentTaskLines(), tutor.learner.members)
      }),
    Command(
      "check", .learn, reveals: .outside, [], "Check the goal now, and show why it is not reached.",
      example: "lesson tour; skip; skip; skip; check",
      handler: .onTutor { tutor, _ throws(Complaint) in
        try tutor.checkGoal()
      }),
    Command(
      "answer", .learn, reveals: .outside, [.rest("ANSWER")], "Answer the question of the task.",
      example: "lesson tour; skip; answer 3 guess",
      notes: ["ANSWER": "letters, names, numbers, yes or no; then `sure` or `guess`, if you like"],
      handler: .onTutor { tutor, words throws(Complaint) in
        try tutor.answer(words.text("ANSWER") ?? "")
      }),
    Command(
      "hint", .learn, reveals: .nothing, [], "Show the next hint.",
      example: "lesson tour; hint",
      handler: .onTutor { tutor, _ throws(Complaint) in
        try tutor.hint()
      }),
    Command(
      "solution", .learn, reveals: .nothing, [], "Show the right answer, or a way to reach the goal.",
      example: "lesson tour; solution",
      handler: .onTutor { tutor, _ throws(Complaint) in
        try tutor.solution()
      }),
    Command(
      "skip", .learn, reveals: .nothing, [], "Go to the next task without solving this one.",
      example: "lesson tour; skip",
      handler: .withProgress { tutor, _ throws(Complaint) in try tutor.skip() }),
    Command(
      "next", .learn, reveals: .nothing, [], "Go to the next task.",
      example: "lesson tour; solution; next",
      handler: .withProgress { tutor, _ throws(Complaint) in try tutor.next() }),
    Command(
      "back", .learn, reveals: .nothing, [], "Go to the previous task.",
      example: "lesson tour; skip; back",
      handler: .onTutor { tutor, _ throws(Complaint) in
        try tutor.back()
      }),
    Command(
      "tasks", .learn, reveals: .nothing, [], "List the tasks of the lesson, and whether each is solved.",
      example: "lesson tour; tasks",
      handler: .withProgress { tutor, _ throws(Complaint) in try tutor.tasks() }),
    Command(
      "progress", .learn, reveals: .nothing,
      [
        .optional([
          .oneOf([
            [.word("export"), .value("FILE", .file), .optional([.word("force")])],
            [.word("import"), .value("FILE", .file)],
            [.word("forget"), .value("LESSON|all", .lesson)],
          ])
        ])
      ],
      "Show, export, import or forget your progress in the lessons.", example: "progress",
      notes: [
        "export": "write your progress to a file", "import": "add the progress of a file",
        "FILE": "the path of the file", "forget": "delete progress", "LESSON|all": "one lesson, or all",
        "force": GeneratedFile.forceNote,
      ],
      handler: .either(
        { tutor, words throws(Complaint) in
          guard words.text("LESSON|all") == nil, words.text("FILE") == nil else {
            throw .outOfReach("progress export, import and forget")
          }
          return tutor.library.overview(of: tutor.knownProgress)
        },
        forPeople: { tutor, words, access throws(Complaint) in
          if let lesson = words.text("LESSON|all") {
            return try tutor.forgetProgress(lesson, access.journal)
          }
          guard let file = words.text("FILE") else {
            return tutor.library.overview(of: tutor.knownProgress)
          }
          return words.has("export")
            ? try tutor.exportProgress(to: file, words.replacing, access)
            : try tutor.importProgress(from: file, access)
        })),
    Command(
      "review", .learn, reveals: .nothing,
      [.optional([.value("LESSON|FILE", .lesson), .optional([.word("force")])])],
      "Show the questions of a lesson, your answers, and why they were right or not.",
      example: "lesson tour; skip; answer 3; review",
      notes: [
        "LESSON|FILE": "a lesson (default: the current or last one), or a file such as answers.md",
        "force": GeneratedFile.forceNote,
      ],
      handler: .either(
        { tutor, words throws(Complaint) in
          let name = words.text("LESSON|FILE")
          if let name, isFile(name) { throw .outOfReach("review FILE") }
          return try review(tutor, of: name, at: words.word("LESSON|FILE")?.position)
        },
        forPeople: { tutor, words, access throws(Complaint) in
          guard let name = words.text("LESSON|FILE"), isFile(name) else {
            return try review(
              tutor, of: words.text("LESSON|FILE"), at: words.word("LESSON|FILE")?.position)
          }
          return try review(tutor, to: name, words.replacing, access)
        })),
  ]
}

extension LessonCommands {
  /// Whether the word is the path of a file, not the name of a lesson.
  private static func isFile(_ word: String) -> Bool { word.contains(".") || word.contains("/") }

  /// Returns the review sheet of a lesson as the command's output.
  private static func review(
    _ tutor: Tutor, of name: String?, at position: Range<Int>?
  ) throws(Complaint) -> CommandResponse {
    let lesson = try name.map { (name) throws(Complaint) in
      try tutor.library.lesson(named: name, at: position)
    }
    let text = ReviewSheet(study: try tutor.studyForReview(of: lesson?.id)).text
    return CommandResponse(
      text.split(separator: "\n", omittingEmptySubsequences: false).map { Line(String($0)) })
  }

  /// Writes the review sheet to a file.
  private static func review(
    _ tutor: Tutor, to path: String, _ replacing: ReplacePolicy, _ access: FileAccess
  ) throws(Complaint) -> CommandResponse {
    let text = ReviewSheet(study: try tutor.studyForReview()).text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    try access.write(GeneratedFile.markdown(lines), to: path, replacing, as: "review")
    return CommandResponse("Wrote \(Sentences.clean(path, most: 400)).")
  }
}
