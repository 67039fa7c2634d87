import Course
import Inspector

/// The commands about lessons.
enum LessonCommands {
  static let table: [Command] = [
    Command(
      "goal", .learn, reveals: .nothing, [], "Say again what is to be done or answered.",
      example: "lesson tour; goal",
      handler: .onTutor { tutor, _ throws(Complaint) in
        try CommandResponse(tutor.currentTaskLines(), tutor.learner.members)
      }),
    Command(
      "check", .learn, reveals: .outside, [], "Look now how the lines of the goal stand, and why.",
      example: "lesson tour; skip; skip; skip; check",
      handler: .onTutor { tutor, _ throws(Complaint) in
        try tutor.checkGoal()
      }),
    Command(
      "answer", .learn, reveals: .outside, [.rest("ANSWER")], "Answer the question of the task, in any form.",
      example: "lesson tour; answer lb-1, server-1.mysql",
      notes: ["ANSWER": "names, numbers, yes or no; sure or guess may stand at its end"],
      handler: .onTutor { tutor, words throws(Complaint) in
        try tutor.answer(words.text("ANSWER") ?? "")
      }),
    Command(
      "hint", .learn, reveals: .nothing, [], "The next hint; it counts against nobody.",
      example: "lesson tour; hint",
      handler: .onTutor { tutor, _ throws(Complaint) in
        try tutor.hint()
      }),
    Command(
      "solution", .learn, reveals: .nothing, [], "Show what would be right.",
      example: "lesson tour; solution",
      handler: .onTutor { tutor, _ throws(Complaint) in
        try tutor.solution()
      }),
    Command(
      "skip", .learn, reveals: .nothing, [], "Leave the task as it is and go on.",
      example: "lesson tour; skip",
      handler: .withProgress { tutor, _ throws(Complaint) in try tutor.skip() }),
    Command(
      "next", .learn, reveals: .nothing, [], "Go on to the next task.",
      example: "lesson tour; solution; next",
      handler: .withProgress { tutor, _ throws(Complaint) in try tutor.next() }),
    Command(
      "back", .learn, reveals: .nothing, [], "Go back to the task before.",
      example: "lesson tour; skip; back",
      handler: .onTutor { tutor, _ throws(Complaint) in
        try tutor.back()
      }),
    Command(
      "tasks", .learn, reveals: .nothing, [], "List the tasks of the lesson and how they stand.",
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
      "What you have done in each lesson; export, import or forget it.", example: "progress",
      notes: [
        "export": "write it to a file", "import": "add what a file says", "FILE": "that file",
        "forget": "as if it had not been done", "LESSON|all": "of one lesson, or of all",
        "force": GeneratedFile.forceNote,
      ],
      handler: .either(
        { tutor, words throws(Complaint) in
          guard words.text("LESSON|all") == nil, words.text("FILE") == nil else {
            throw .outOfReach("progress export, import and forget")
          }
          return tutor.knownProgress.answer
        },
        forPeople: { tutor, words, access throws(Complaint) in
          if let lesson = words.text("LESSON|all") {
            return try tutor.forgetProgress(lesson, access.journal)
          }
          guard let file = words.text("FILE") else { return tutor.knownProgress.answer }
          return words.has("export")
            ? try tutor.exportProgress(to: file, words.replacing, access)
            : try tutor.importProgress(from: file, access)
        })),
    Command(
      "review", .learn, reveals: .nothing, [.optional([.value("FILE", .file), .optional([.word("force")])])],
      "A sheet of what you did in this lesson, or the last one: what came of it and why, as Markdown.",
      example: "lesson tour; skip; review",
      notes: ["FILE": "where to write it; on the screen unless said", "force": GeneratedFile.forceNote],
      handler: .either(
        { tutor, words throws(Complaint) in
          guard words.text("FILE") == nil else { throw .outOfReach("review FILE") }
          return try review(tutor)
        },
        forPeople: { tutor, words, access throws(Complaint) in
          guard let path = words.text("FILE") else { return try review(tutor) }
          return try review(tutor, to: path, words.replacing, access)
        })),
  ]
}

extension LessonCommands {
  /// Returns the review sheet as the command's output.
  private static func review(_ tutor: Tutor) throws(Complaint) -> CommandResponse {
    let text = ReviewSheet(study: try tutor.studyForReview()).text
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
