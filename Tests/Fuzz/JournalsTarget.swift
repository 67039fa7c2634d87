@testable import Course
@testable import Shell

/// Reads a progress journal: the text as it is, and with a valid checksum before each line.
enum JournalsTarget {
  private static let builtInLessons = FuzzSessions.lessons.map { LessonReader($0.text, file: $0.name).lesson }

  static func run(_ text: String) {
    let checksummedLines = JournalLine.lines(of: text)
      .map { "\($0.fingerprint.prefix(8)) \($0)" }.joined(separator: "\n")
    check(text)
    check(checksummedLines + "\n")
    for line in JournalLine.lines(of: text).prefix(20) { checkWriting(line) }
    resume(checksummedLines + "\n")
  }

  private static func check(_ journal: String) {
    let progress = Progress(journal)
    for line in JournalLine.lines(of: journal) {
      guard let event = JournalLine(line)?.event else { continue }
      check(event)
    }
    let remainingLines = JournalLine.remainingLines(of: journal)
    let kept = Progress(remainingLines.map { $0 + "\n" }.joined())
    if progress.unreadable == 0, !journal.isEmpty {
      require(kept.lessons == progress.lessons, "what is exported says something else")
    }
    checkSeal(over: remainingLines)
    for lesson in progress.lessons { _ = progress.runs(of: lesson.id) }
  }

  private static func check(_ event: JournalEvent) {
    let written = JournalLine(event).text
    require(JournalLine(written)?.event == event, "\(event) is read back as another")
  }

  /// Checks that a learner's line is read back as it was typed.
  private static func checkWriting(_ line: String) {
    let typed = Words.trimmed(line)
    guard !typed.isEmpty else { return }
    let events: [JournalEvent] = [
      .line(run: "a.1", number: 7, typed), .line(run: "a.1", number: nil, typed),
      .said(lesson: "tour", typed),
    ]
    let journal = events.map { JournalLine($0).text + "\n" }.joined()
    require(
      JournalLine.lines(of: journal).compactMap { JournalLine($0)?.event } == events,
      "\(typed.debugDescription) is read back as another")
  }

  private static func checkSeal(over lines: [String]) {
    let sealed = lines + [JournalSeal.line(over: lines)]
    require(JournalSeal(of: sealed.map { $0 + "\n" }.joined()) == .whole, "its own seal does not fit")
    guard lines.count > 1 else { return }
    require(
      JournalSeal(of: sealed.dropFirst().map { $0 + "\n" }.joined()) == .broken,
      "its seal fits without its first line")
  }

  /// Continues with the journal, imports it, and confirms it.
  private static func resume(_ journal: String) {
    let files = MemoryFiles(["progress": journal], journal: journal)
    var session = FuzzSessions.session(work: 6)
    for command in [
      "progress", "lesson tour", "review", "progress export mine", "progress import mine",
      "progress forget all", "progress",
    ] {
      let author = AuthorAccessCheck(command, in: session, files)
      let reply = session.checked(command, from: files.userOrigin)
      author.check(against: reply, isInLesson: session.study != nil)
      require(
        session.knownProgress.progress.lessons == Progress(files.journal).lessons || command != "progress",
        "what was read bit by bit says something else")
      if command == "progress import mine" {
        require(reply.isOK, "what was exported is refused: \(reply.failure?.message ?? "")")
      }
    }
    session = FuzzSessions.session(work: 6)
    _ = session.checked("progress import progress", from: MemoryFiles(["progress": journal]).userOrigin)
    session.allowNextCheck()
    let confirmed = Confirmation(
      of: "fuzzed", file: "fuzzed", journal: journal, lessons: { id in builtInLessons.first { $0.id == id } },
      on: session,
      while: { !session.isUsedUp })
    require(confirmed.lessons.count <= builtInLessons.count, "more lessons than there are")
  }
}
