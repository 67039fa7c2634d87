import Blueprint
import Course
import Inspector

/// The journal of progress: written after every line of a lesson, read when one comes back.
extension Session {
  var progress: Progress { knownProgress.progress }

  /// Reads the journal, for questions before the first command.
  public mutating func readProgress(_ access: FileAccess) { knownProgress.update(from: access.journal) }

  /// Adds a command's events to the person's journal. The reply reports a failure.
  mutating func keepEvents(for origin: CommandOrigin, _ reply: inout Reply) {
    let events = learning.events
    learning.events = []
    guard !learning.isReplaying, case .person(let access) = origin,
      let reason = keep(events, in: access.journal)
    else { return }
    reply.lines += unkeptLines(reason)
    reply.members.append(JSON.Member("not_kept", .string(reason)))
  }

  /// Appends the events in one piece. Returns nil, or why not.
  private mutating func keep(_ events: [JournalEvent], in journal: ProgressJournal) -> String? {
    guard !events.isEmpty else { return nil }
    let all = learning.unkept + events
    let reason = journal.append(all.map { JournalLine($0).text }.joined(separator: "\n"))
    learning.unkept = reason == nil ? [] : all
    return reason
  }

  private func unkeptLines(_ reason: String) -> [Line] {
    [
      Line("  Progress not kept: \(Sentences.clean(reason, most: 300))", .failed),
      Line("  Tripod will try again after the next command.", .faint),
    ]
  }

  /// Adds to the journal once the command is over: what came of a line stands behind it, in one piece with it.
  mutating func keepLater(_ event: JournalEvent) { learning.events.append(event) }

  /// Adds a typed line to the journal, before its events.
  mutating func keepLine(_ line: String) {
    guard let run = learning.run else { return }
    learning.lines += 1
    learning.events.insert(.line(run: run, number: learning.lines, line), at: 0)
  }

  /// Begins a new run of a lesson.
  mutating func begin(_ lesson: Lesson, from origin: RunOrigin, in journal: ProgressJournal) {
    learning.runs += 1
    let run = "\(journal.run).\(learning.runs)"
    learning.run = run
    learning.lines = 0
    keepLater(.began(run: run, lesson: lesson.id, fingerprint: lesson.fingerprint, from: origin))
  }

  /// Does again what was done in an earlier run; nil where that leads nowhere.
  mutating func resume(
    _ lesson: Lesson, _ way: Progress.RunHistory, _ journal: ProgressJournal
  ) throws(Complaint) -> Answer? {
    var copy = self
    try copy.replay(lesson, way)
    guard let study = copy.learning.study, study.stage != .over || copy.learning.parked != nil else {
      return nil
    }
    copy.learning.isReplaying = false
    self = copy
    let after = Continuation(run: way.run.id, lines: way.lines.count)
    begin(lesson, from: .after(after), in: journal)
    return try Answer(
      [Line("\(lesson.title): where you left it.", .accent)]
        + (learning.parked == nil
          ? stageLines() : [Line("  in free play; `resume` returns to the lesson", .faint)])
        + copy.learning.notReplayed.flatMap { line in
          Line("  Not replayed, because it reads a file: \(Sentences.clean(line, most: 200))", .faint)
            .wrapped(to: width)
        },
      stageMembers)
  }

  /// Replays the typed lines without access to files: the journal may hold lines that were imported.
  private mutating func replay(_ lesson: Lesson, _ way: Progress.RunHistory) throws(Complaint) {
    try start(lesson, keeping: way.kept)
    learning.isReplaying = true
    let outer = limits
    applyReplayLimits()
    defer { limits = outer }
    for line in way.lines {
      let code = obey(line).failure?.code
      if code == "out-of-reach" || code == "unknown-design" { learning.notReplayed.append(line) }
    }
  }

  /// The lesson at hand; outside of one the lesson that was worked on last, done again on a copy.
  func studyForReview() throws(Complaint) -> Study {
    if let study = learning.study { return study }
    let progress = progress
    guard let id = progress.last, let way = progress.lastRun(of: id),
      let lesson = try? lesson(named: id), way.run.fingerprint == lesson.fingerprint
    else { throw .notInLesson }
    var copy = self
    try copy.replay(lesson, way)
    guard let study = copy.learning.study else { throw .notInLesson }
    return study
  }

  // MARK: The commands

  func progressReport() -> Answer {
    let progress = progress
    var lines: [Line] = []
    var members: [JSON] = []
    for lesson in progress.lessons {
      let solved = lesson.count(.solved)
      let parts = [(solved, "solved"), (lesson.count(.shown), "shown"), (lesson.count(.skipped), "skipped")]
      let words = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
      lines.append(
        Line(
          "  \(Column.left(Sentences.clean(lesson.id), 16)) \(words.isEmpty ? "begun" : words)\(lesson.isFinished ? ", finished" : "")"
        ))
      members.append(
        .object([
          JSON.Member("id", .string(lesson.id)), JSON.Member("solved", .integer(solved)),
          JSON.Member("shown", .integer(lesson.count(.shown))),
          JSON.Member("skipped", .integer(lesson.count(.skipped))),
          JSON.Member("finished", .flag(lesson.isFinished)),
        ]))
    }
    if lines.isEmpty { lines = [Line("  nothing yet; lessons lists what there is", .faint)] }
    return Answer(lines + regrets(progress), [JSON.Member("lessons", .array(members))])
  }

  /// What could not be read of it.
  func regrets(_ progress: Progress) -> [Line] {
    if let reason = knownProgress.obstacle {
      return [
        Line(
          "  Your progress could not be read: \(Sentences.clean(reason, most: 300))", .failed)
      ]
    }
    let count = progress.unreadable
    return count == 0
      ? []
      : [
        Line(
          "  \(count) \(count == 1 ? "line" : "lines") of the journal could not be read, perhaps cut off; the rest is kept",
          .faint)
      ]
  }

  func exportProgress(
    to path: String, _ replacing: ReplacePolicy, _ access: FileAccess
  ) throws(Complaint) -> Answer {
    let text = try access.journal.text.text(of: "the progress journal")
    let lines = JournalLine.remembered(of: text)
    let sealed = lines + [JournalSeal.line(over: lines)]
    try access.write(sealed.map { $0 + "\n" }.joined(), to: path, replacing, as: "progress export")
    return Answer(
      [
        Line(
          "Wrote \(Sentences.clean(path, most: 400)): \(lines.count) \(lines.count == 1 ? "line" : "lines").")
      ],
      [JSON.Member("lines", .integer(lines.count))])
  }

  /// Adds the lines of a file that are not there yet.
  func importProgress(from path: String, _ access: FileAccess) throws(Complaint) -> Answer {
    let text = try access.read(path).text(of: path)
    var known: Set<String> = []
    if case .text(let own) = access.journal.text { known = Set(JournalLine.remembered(of: own)) }
    // What a file wants forgotten is forgotten in that file.
    let fit = JournalLine.remembered(of: text)
    let seal = JournalSeal(of: text)
    let isEmpty = JournalLine.lines(of: text).allSatisfy { $0.isEmpty }
    guard isEmpty || !fit.isEmpty || seal == .whole else { throw .file(path, reason: "it holds no progress") }
    if seal == .broken { throw .file(path, reason: "its seal does not fit: lines were taken, or added") }
    var count = 0
    for line in fit where known.insert(line).inserted {
      if let reason = access.journal.append(line) {
        throw .file(path, reason: "after \(count) lines, \(reason)")
      }
      count += 1
    }
    let doubt =
      seal == .missing && !isEmpty
      ? [Line("  it has no seal, so nobody can tell whether it is whole", .faint)] : []
    return Answer(
      [Line("\(count) \(count == 1 ? "line" : "lines") taken over.")] + doubt,
      [JSON.Member("lines", .integer(count)), JSON.Member("sealed", .flag(seal == .whole))])
  }

  mutating func forgetProgress(_ word: String, _ journal: ProgressJournal) throws(Complaint) -> Answer {
    let all = word.lowercased() == "all"
    let progress = progress
    guard all || progress[word] != nil else {
      throw .unknownLesson(word, choices: progress.lessons.map { $0.id } + ["all"], at: nil)
    }
    let trouble = keep([.forgot(lesson: all ? nil : word)], in: journal).map(unkeptLines) ?? []
    // Nobody wants that done later on, when they have long gone on learning.
    learning.unkept.removeAll { if case .forgot = $0 { true } else { false } }
    guard trouble.isEmpty else { return Answer(trouble) }
    let said = Line(all ? "All progress is forgotten." : "\(Sentences.clean(word)) is forgotten.")
    // Whoever is in that lesson begins it again: what they would do now would belong to nothing.
    guard let lesson = learning.study?.lesson, all || lesson.id == word else { return Answer([said]) }
    knownProgress.update(from: journal)
    var answer: Answer
    do {
      answer = try enter(lesson, anew: true, journal)
    } catch {
      // The journal no longer knows the run that the learner is in.
      learning = Learning()
      throw error
    }
    answer.lines = [said, Line()] + answer.lines
    return answer
  }
}

extension Progress.LessonProgress {
  func count(_ status: Study.Status) -> Int { tasks.filter { $0.status == status }.count }
}
