import Blueprint
import Course
import Inspector

/// Reads and writes the progress journal. It is written after each line of a lesson and read when the learner
/// returns.
extension Tutor {
  var progress: Progress { knownProgress.progress }

  /// Reads the journal, so that the learner's progress is known before the first command.
  public mutating func readProgress(_ access: FileAccess) { knownProgress.update(from: access.journal) }

  /// Adds a command's events to the person's journal. If that fails, the reply says so.
  mutating func saveEvents(for origin: CommandOrigin, _ reply: inout Reply) {
    let events = learner.log.takeEvents()
    guard !learner.isReplaying, case .person(let access) = origin,
      let reason = learner.log.write(events, to: access.journal)
    else { return }
    reply.lines += unsavedProgressLines(reason)
    reply.members.append(JSON.Member(.notKept, .string(reason)))
  }

  private func unsavedProgressLines(_ reason: String) -> [Line] {
    [
      Line("  Progress not kept: \(Sentences.clean(reason, most: 300))", .failed),
      Line("  Tripod will try again after the next command.", .faint),
    ]
  }

  /// Continues an earlier run of the lesson by replaying it. Returns nil if that run has reached the end of
  /// the lesson.
  mutating func resume(
    _ lesson: Lesson, _ runHistory: Progress.RunHistory, _ journal: ProgressJournal
  ) throws(Complaint) -> CommandResponse? {
    var copy = self
    try copy.replay(lesson, runHistory)
    guard let study = copy.learner.study, study.stage != .over || copy.learner.lessonBeforePlay != nil else {
      return nil
    }
    copy.learner.isReplaying = false
    self = copy
    let after = Continuation(run: runHistory.run.id, lines: runHistory.lines.count)
    learner.log.begin(lesson, from: .after(after), in: journal)
    return try CommandResponse(
      [Line("\(lesson.title): where you left it.")]
        + (learner.lessonBeforePlay == nil
          ? currentTaskLines()
          : feedbackText.instruction("You are in free play. Type `resume` to return to the lesson."))
        + copy.learner.skippedLines.flatMap { line in
          Line("  Not replayed, because it reads a file: \(Sentences.clean(line, most: 200))", .faint)
            .wrapped(to: width)
        },
      learner.members)
  }

  /// Replays the typed lines without access to files, because the journal may contain imported lines.
  private mutating func replay(_ lesson: Lesson, _ runHistory: Progress.RunHistory) throws(Complaint) {
    try start(lesson, keeping: runHistory.kept, asksRecall: runHistory.asksRecall)
    learner.isReplaying = true
    let outer = session.limits
    session.limits = outer.ofReplay
    defer { session.limits = outer }
    for line in runHistory.lines {
      let code = obey(line).failure?.code
      if code == "out-of-reach" || code == "unknown-design" { learner.skippedLines.append(line) }
    }
  }

  /// Returns the learner's study of a lesson or, without an id, of the current or last lesson. A lesson that
  /// was left is replayed on a copy.
  func studyForReview(of wantedID: String? = nil) throws(Complaint) -> Study {
    if let study = learner.study, wantedID == nil || study.lesson.id == wantedID { return study }
    let progress = progress
    guard let id = wantedID ?? progress.last, let lesson = try? library.lesson(named: id) else {
      throw .notInLesson
    }
    guard let runHistory = progress.lastRun(of: id), runHistory.run.fingerprint == lesson.fingerprint else {
      throw .notNow("you have no answers in the lesson \(id)", hint: "type `lesson \(id)` to take it")
    }
    var copy = self
    try copy.replay(lesson, runHistory)
    guard let study = copy.learner.study else { throw .notInLesson }
    return study
  }

  // MARK: Commands

  func exportProgress(
    to path: String, _ replacing: ReplacePolicy, _ access: FileAccess
  ) throws(Complaint) -> CommandResponse {
    let text = try access.journal.text.text(of: "the progress journal")
    let lines = JournalLine.remainingLines(of: text)
    let sealed = lines + [JournalSeal.line(over: lines)]
    try access.write(sealed.map { $0 + "\n" }.joined(), to: path, replacing, as: "progress export")
    return CommandResponse(
      [
        Line(
          "Wrote \(Sentences.clean(path, most: 400)): \(lines.count) \(lines.count == 1 ? "line" : "lines").")
      ],
      [JSON.Member(.lines, .integer(lines.count))])
  }

  /// Imports the lines of a file that are not yet in the journal.
  func importProgress(from path: String, _ access: FileAccess) throws(Complaint) -> CommandResponse {
    let text = try access.read(path).text(of: path)
    var known: Set<String> = []
    if case .text(let own) = access.journal.text { known = Set(JournalLine.remainingLines(of: own)) }
    // An entry that forgets progress applies only to the earlier lines of its own file.
    let validLines = JournalLine.remainingLines(of: text)
    let seal = JournalSeal(of: text)
    let isEmpty = JournalLine.lines(of: text).allSatisfy { $0.isEmpty }
    guard isEmpty || !validLines.isEmpty || seal == .whole else {
      throw .file(path, reason: "it contains no progress")
    }
    if seal == .broken {
      throw .file(path, reason: "its seal does not match: lines were removed or added")
    }
    var count = 0
    for line in validLines where known.insert(line).inserted {
      if let reason = access.journal.append(line) {
        throw .file(path, reason: "after \(count) lines, \(reason)")
      }
      count += 1
    }
    let warning =
      seal == .missing && !isEmpty
      ? [Line("  The file has no seal, so it may not be complete.", .attention)] : []
    return CommandResponse(
      [Line("\(count) \(count == 1 ? "line" : "lines") imported.")] + warning,
      [JSON.Member(.lines, .integer(count)), JSON.Member(.sealed, .flag(seal == .whole))])
  }

  mutating func forgetProgress(_ word: String, _ journal: ProgressJournal) throws(Complaint)
    -> CommandResponse
  {
    let all = word.lowercased() == "all"
    let progress = progress
    guard all || progress[word] != nil else {
      throw .unknownLesson(word, choices: progress.lessons.map { $0.id } + ["all"], at: nil)
    }
    let trouble =
      learner.log.write([.forgot(lesson: all ? nil : word)], to: journal).map(unsavedProgressLines) ?? []
    // The request to forget is dropped if it was not written. A later write would also erase newer progress.
    learner.log.unwritten.removeAll { if case .forgot = $0 { true } else { false } }
    guard trouble.isEmpty else { return CommandResponse(trouble) }
    let message = Line(all ? "All progress is forgotten." : "\(Sentences.clean(word)) is forgotten.")
    // A learner who is in that lesson starts it again, because its run is forgotten.
    guard let lesson = learner.study?.lesson, all || lesson.id == word else {
      return CommandResponse([message])
    }
    knownProgress.update(from: journal)
    var answer: CommandResponse
    do {
      answer = try enter(lesson, anew: true, journal)
    } catch {
      // The journal no longer contains the learner's current run.
      learner = LearnerState()
      throw error
    }
    answer.lines = [message, Line()] + answer.lines
    return answer
  }
}
