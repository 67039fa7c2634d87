import Blueprint
import Course
import Inspector

/// The journal of progress: written after every line of a lesson, read when one comes back.
extension Session {
  var progress: Progress { known.progress }

  /// Reads what the journal says, for questions that are asked before any command is obeyed.
  public mutating func readProgress(_ access: FileAccess) { known.catchUp(with: access.journal) }

  /// Adds what came of a command to the journal of whoever typed it; a word if that fails.
  mutating func keepEvents(for writer: Writer) -> [Line] {
    let events = learning.events
    learning.events = []
    guard !learning.isReplaying, case .person(let access) = writer else { return [] }
    return keep(events, in: access.journal)
  }

  /// In one piece.
  private mutating func keep(_ events: [JournalLine.Event], in journal: Journal) -> [Line] {
    guard !events.isEmpty else { return [] }
    let all = learning.unkept + events
    let text = all.map { JournalLine($0).text }.joined(separator: "\n")
    guard let reason = journal.append(text) else {
      learning.unkept = []
      return []
    }
    learning.unkept = all
    return [
      Line("  this was not kept: \(Sentences.clean(reason, most: 300))", .failed),
      Line("  it is tried again with the next command", .faint),
    ]
  }

  /// Adds to the journal once the command is over: what came of a line stands behind it, in one piece with it.
  mutating func keepLater(_ event: JournalLine.Event) { learning.events.append(event) }

  /// The line that was obeyed is in the journal before what came of it.
  mutating func keepLine(_ line: String) {
    guard let run = learning.run else { return }
    learning.lines += 1
    learning.events.insert(.line(run: run, number: learning.lines, line), at: 0)
  }

  /// A new run of a lesson.
  mutating func begin(_ lesson: Lesson, from origin: JournalLine.Origin, in journal: Journal) {
    learning.runs += 1
    let run = "\(journal.run).\(learning.runs)"
    learning.run = run
    learning.lines = 0
    keepLater(.began(run: run, lesson: lesson.id, fingerprint: lesson.fingerprint, from: origin))
  }

  /// Does again what was done in an earlier run; nil where that leads nowhere.
  mutating func resume(
    _ lesson: Lesson, _ way: Progress.Way, from writer: Writer, _ journal: Journal
  ) throws(Complaint) -> Answer? {
    var copy = self
    try copy.replay(lesson, way, from: writer)
    guard let study = copy.learning.study, study.stage != .over || copy.learning.parked != nil else {
      return nil
    }
    copy.learning.isReplaying = false
    self = copy
    let after = JournalLine.Continuation(run: way.run.id, lines: way.lines.count)
    begin(lesson, from: .after(after), in: journal)
    return try Answer(
      [Line("\(lesson.title): where you left it.", .accent)]
        + (learning.parked == nil
          ? stageLines() : [Line("  in free play; resume goes back to the lesson", .faint)]),
      stageMembers)
  }

  /// What was typed then reads the person's files again, but writes none: it is written already.
  private mutating func replay(
    _ lesson: Lesson, _ way: Progress.Way, from writer: Writer
  ) throws(Complaint) {
    try start(lesson, keeping: way.kept)
    learning.isReplaying = true
    for line in way.lines { _ = obey(line, from: writer.trying) }
  }

  /// The lesson at hand; outside of one the lesson that was worked on last, done again on a copy.
  func studyForReview(from writer: Writer) throws(Complaint) -> Study {
    if let study = learning.study { return study }
    let progress = progress
    guard let id = progress.last, let way = progress.lastRun(of: id),
      let lesson = try? lesson(named: id), way.run.fingerprint == lesson.fingerprint
    else { throw .notInLesson }
    var copy = self
    try copy.replay(lesson, way, from: writer)
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
    to path: String, _ replacing: Replacing, _ access: FileAccess
  ) throws(Complaint) -> Answer {
    let text = try access.journal.text.text(of: "the journal")
    let lines = JournalLine.remembered(of: text)
    let sealed = lines + [JournalSeal.line(over: lines)]
    try access.write(sealed.map { $0 + "\n" }.joined(), to: path, replacing, as: "progress export")
    return Answer(
      [Line("Wrote \(Sentences.clean(path)): \(lines.count) \(lines.count == 1 ? "line" : "lines").")],
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

  mutating func forgetProgress(_ word: String, _ journal: Journal) throws(Complaint) -> Answer {
    let all = word.lowercased() == "all"
    let progress = progress
    guard all || progress[word] != nil else {
      throw .unknownLesson(word, choices: progress.lessons.map { $0.id } + ["all"], at: nil)
    }
    let trouble = keep([.forgot(lesson: all ? nil : word)], in: journal)
    // Nobody wants that done later on, when they have long gone on learning.
    learning.unkept.removeAll { if case .forgot = $0 { true } else { false } }
    guard trouble.isEmpty else { return Answer(trouble) }
    let said = Line(all ? "All progress is forgotten." : "\(Sentences.clean(word)) is forgotten.")
    // Whoever is in that lesson begins it again: what they would do now would belong to nothing.
    guard let lesson = learning.study?.lesson, all || lesson.id == word else { return Answer([said]) }
    known.catchUp(with: journal)
    var answer = try enter(lesson, anew: true, from: .author, journal)
    answer.lines = [said, Line()] + answer.lines
    return answer
  }
}

extension Progress.LessonProgress {
  func count(_ status: Study.Status) -> Int { tasks.filter { $0.status == status }.count }
}
