import Course
import Inspector

/// The commands that move between sites, lessons and free play.
enum CourseCommands {
  static let table: [Command] = [
    Command(
      "home", .learn, reveals: .nothing, [], "Show where you are, what you left, and what to do next.",
      example: "home", see: ["learn", "lessons", "resume"],
      handler: .either(
        { tutor, _ throws(Complaint) in home(tutor, page(tutor)) },
        forPeople: { tutor, _, access throws(Complaint) in home(tutor, page(tutor, access)) })),
    Command(
      "lessons", .learn, reveals: .nothing, [], "Show the map of the course.", example: "lessons",
      see: ["learn", "progress"],
      handler: .withProgress { tutor, _ throws(Complaint) in
        let next = page(tutor).nextLesson?.id
        return CourseMap(tutor.library.course, tutor.progress, next: next).response(width: tutor.screen.width)
      }),
    Command(
      "learn", .learn, reveals: .nothing, lessonParameters,
      "Continue the lesson that you left, or go to the next one.", example: "learn", notes: notes,
      see: ["lessons", "leave", "home"], handler: .entering(learn)),
    Command(
      "lesson", .learn, reveals: .nothing, lessonParameters,
      "Go to a lesson, to the task where you left it.", example: "lesson tour", notes: notes,
      see: ["lessons", "learn"], handler: .entering(learn)),
    Command(
      "leave", .learn, reveals: .nothing, [],
      "Leave the lesson and return to the site that was there before.", example: "lesson tour; leave",
      see: ["learn", "quit"],
      handler: .onTutor { tutor, _ throws(Complaint) in try leave(&tutor) }),
    Command(
      "play", .learn, reveals: .copies, [], "Play freely; `resume` returns to exactly where you were.",
      example: "lesson tour; play", see: ["resume"],
      handler: .onTutor { tutor, _ throws(Complaint) in
        try tutor.play()
      }),
    Command(
      "resume", .undo, reveals: .nothing, [.optional([.value("SITE", .any)])],
      "Return to where play began, or continue what you left last.", example: "resume",
      notes: [
        "SITE": "a site that you left: its number or design, as `home` lists it (default: what was left last)"
      ],
      see: ["home", "play"],
      handler: .either(
        { tutor, _ throws(Complaint) in try tutor.endPlay() },
        forPeople: { tutor, words, access throws(Complaint) in
          try resume(&tutor, words.word("SITE"), access)
        })),
  ]

  private static let lessonParameters: [Parameter] = [
    .optional([.value("ID", .lesson), .optional([.word("anew")])])
  ]

  private static let notes = [
    "ID": "a lesson, by its name or number in `lessons` (default: where you left off)",
    "anew": "begin at the first task",
  ]
}

extension Command.Handler {
  /// Returns a handler that enters a lesson and records it in a person's journal.
  fileprivate static func entering(
    _ enter:
      @escaping @Sendable (inout Tutor, Arguments, ProgressJournal) throws(Complaint) ->
      CommandResponse
  ) -> Command.Handler {
    .either(
      { tutor, words throws(Complaint) in try enter(&tutor, words, .none) },
      forPeople: { tutor, words, access throws(Complaint) in try enter(&tutor, words, access.journal) })
  }
}

// MARK: - Lessons

extension CourseCommands {
  @Sendable private static func learn(
    _ tutor: inout Tutor, _ words: Arguments, _ journal: ProgressJournal
  ) throws(Complaint) -> CommandResponse {
    try checkPrompt(tutor, "start a lesson", hint: "lesson tour")
    if let id = words.text("ID") {
      let lesson = try tutor.library.lesson(named: id, at: words.word("ID")?.position)
      return try tutor.enter(lesson, anew: words.has("anew"), journal)
    }
    return try continueCourse(&tutor, journal)
  }

  /// Continues the current lesson, the lesson that was left, or the course after the lesson that has ended.
  private static func continueCourse(
    _ tutor: inout Tutor, _ journal: ProgressJournal
  ) throws(Complaint) -> CommandResponse {
    if let study = tutor.learner.study, !study.isAfterLastTask || tutor.learner.lessonBeforePlay != nil {
      _ = try tutor.learner.activeStudy()
      let place = Line("You are in the lesson “\(study.lesson.title)”.")
      return try CommandResponse([place] + tutor.currentTaskLines(), tutor.learner.members)
    }
    guard let next = page(tutor).nextLesson else {
      throw .notNow("no lesson is open", hint: "learn ID anew repeats one; lessons lists them")
    }
    let absent = tutor.absentLessonLine
    var answer = try tutor.enter(try tutor.library.lesson(named: next.id), anew: false, journal)
    answer.lines = (absent.map { [$0] } ?? []) + answer.lines
    return answer
  }

  private static func leave(_ tutor: inout Tutor) throws(Complaint) -> CommandResponse {
    try checkPrompt(tutor, "leave a lesson", hint: "leave")
    guard let study = tutor.learner.study else {
      throw tutor.learner.lessonBeforePlay == nil
        ? .notNow("you are not in a lesson", hint: "quit ends Tripod")
        : .notNow("you are in free play", hint: "resume returns to where it began")
    }
    let place = study.isAfterLastTask ? "is finished" : "is kept; `learn` continues it"
    if let before = tutor.learner.siteBeforeLesson?.value {
      tutor.loadedSite = before.loadedSite
      tutor.history = before.history
    }
    tutor.learner = tutor.learner.afterLesson
    let design = Sentences.clean(tutor.loadedSite.design)
    return CommandResponse(
      [
        Line("The lesson “\(study.lesson.title)” \(place)."),
        Line("This is the site \(design), as it was before the lesson."),
      ], [JSON.Member(.lesson, .string(study.lesson.id)), JSON.Member(.design, .string(design))])
  }

  private static func checkPrompt(_ tutor: Tutor, _ purpose: String, hint: String) throws(Complaint) {
    guard tutor.depth == 0, !tutor.learner.isReplaying else {
      throw .notNow("\(purpose) at the prompt", hint: hint)
    }
  }
}

// MARK: - What was left

extension CourseCommands {
  /// Returns the home page of a person, or of an author, who has no files.
  private static func page(_ tutor: Tutor, _ access: FileAccess? = nil) -> HomePage {
    HomePage(
      tutor.library, tutor.progress, tutor.learner.study, access?.savedSites.list() ?? [],
      lastProgress: access?.journal.lastChange())
  }

  private static func home(_ tutor: Tutor, _ page: HomePage) -> CommandResponse {
    let design = Sentences.clean(tutor.loadedSite.design)
    let steps = tutor.history.steps.count
    let place: Line
    let next: Line
    if tutor.learner.lessonBeforePlay != nil {
      place = Line("You are in free play on the site \(design).")
      next = Line("Type ") + HomePage.code("resume") + Line(" to return to where play began.")
    } else if let study = tutor.learner.study {
      place = Line("You are in the lesson “\(study.lesson.title)”\(study.place).")
      next =
        study.isAfterLastTask
        ? page.nextStep(isSiteChanged: true)
        : Line("Type ") + HomePage.code("goal") + Line(" to see the task again, or ")
          + HomePage.code("leave") + Line(" to return to your site.")
    } else {
      // Fog hides the steps, because some of them were taken before it came up.
      let state = tutor.isFoggy ? "in fog" : "\(steps) \(steps == 1 ? "step" : "steps") from its start"
      place = Line("You are on the site \(design), \(state).")
      next = page.nextStep(isSiteChanged: steps > 0)
    }
    return CommandResponse(
      place.reflowed(to: tutor.screen.width) + page.sections(width: tutor.screen.width) + [Line()]
        + next.reflowed(to: tutor.screen.width),
      [
        JSON.Member(
          .site,
          .object([
            JSON.Member(.design, .string(design)),
            JSON.Member(.steps, tutor.isFoggy ? .null : .integer(steps)),
          ])),
        JSON.Member(.lesson, tutor.learner.study.map { .string($0.lesson.id) } ?? .null),
      ] + page.members)
  }

  private static func resume(
    _ tutor: inout Tutor, _ word: Word?, _ access: FileAccess
  ) throws(Complaint) -> CommandResponse {
    guard tutor.learner.lessonBeforePlay == nil else {
      guard word == nil else {
        throw .notNow("you are in free play", hint: "resume returns to where it began")
      }
      return try tutor.endPlay()
    }
    guard tutor.learner.study == nil else {
      throw .notNow("you are in a lesson", hint: "leave returns to the site before it")
    }
    guard tutor.depth == 0 else { throw .nestedTooDeeply("resume") }
    let page = page(tutor, access)
    if word == nil, page.isLessonLatest { return try continueCourse(&tutor, access.journal) }
    for site in try candidates(word, page.sites) {
      if let obstacle = site.obstacle, word != nil { throw .file(site.design, reason: obstacle) }
      guard let left = access.savedSites.open(site.id) else { continue }
      return try SiteReplay.resume(left, &tutor, access)
    }
    throw .noUnfinishedSite
  }

  /// Returns the sites that the word can mean, the most likely first. Without a word, any site will do.
  private static func candidates(_ word: Word?, _ sites: [SavedSite]) throws(Complaint) -> [SavedSite] {
    guard let word else { return sites.filter { $0.obstacle == nil } }
    if let number = Int(word.text), sites.indices.contains(number - 1) { return [sites[number - 1]] }
    let name = word.text.lowercased()
    let named = sites.filter { $0.design.lowercased() == name }
    guard !named.isEmpty else {
      throw .notNow("\(Sentences.quote(word)) is not a site that you left", hint: "home lists them")
    }
    return named
  }
}

extension Study {
  /// The position in the lesson, after a comma.
  fileprivate var place: String {
    switch stage {
    case .recall: ", before its first task"
    case .task(let number): ", task \(number + 1) of \(tasks.count)"
    case .summary, .over: ", after its last task"
    }
  }
}
