@testable import Course
@testable import Shell

/// Reads a progress journal: the text as it is, and with a valid checksum before each line.
enum JournalsTarget {
  private static let known = Bench.lessons.map { LessonReader($0.text, file: $0.name).lesson }

  static func run(_ text: String) {
    let summed = JournalLine.lines(of: text)
      .map { "\($0.fingerprint.prefix(8)) \($0)" }.joined(separator: "\n")
    check(text)
    check(summed + "\n")
    for line in JournalLine.lines(of: text).prefix(20) { checkWriting(line) }
    resume(summed + "\n")
  }

  private static func check(_ journal: String) {
    let progress = Progress(journal)
    for line in JournalLine.lines(of: journal) {
      guard let event = JournalLine(line)?.event else { continue }
      check(event)
    }
    let remembered = JournalLine.remembered(of: journal)
    let kept = Progress(remembered.map { $0 + "\n" }.joined())
    if progress.unreadable == 0, !journal.isEmpty {
      promise(kept.lessons == progress.lessons, "what is exported says something else")
    }
    checkSeal(over: remembered)
    for lesson in progress.lessons { _ = progress.runs(of: lesson.id) }
  }

  private static func check(_ event: JournalEvent) {
    let written = JournalLine(event).text
    promise(JournalLine(written)?.event == event, "\(event) is read back as another")
  }

  /// A learner's line is read back as it was typed.
  private static func checkWriting(_ line: String) {
    let typed = Words.trimmed(line)
    guard !typed.isEmpty else { return }
    let events: [JournalEvent] = [
      .line(run: "a.1", number: 7, typed), .line(run: "a.1", number: nil, typed),
      .said(lesson: "tour", typed),
    ]
    let journal = events.map { JournalLine($0).text + "\n" }.joined()
    promise(
      JournalLine.lines(of: journal).compactMap { JournalLine($0)?.event } == events,
      "\(typed.debugDescription) is read back as another")
  }

  private static func checkSeal(over lines: [String]) {
    let sealed = lines + [JournalSeal.line(over: lines)]
    promise(JournalSeal(of: sealed.map { $0 + "\n" }.joined()) == .whole, "its own seal does not fit")
    guard lines.count > 1 else { return }
    promise(
      JournalSeal(of: sealed.dropFirst().map { $0 + "\n" }.joined()) == .broken,
      "its seal fits without its first line")
  }

  /// Continues with the journal, imports it, and confirms it.
  private static func resume(_ journal: String) {
    let files = MemoryFiles(["progress": journal], journal: journal)
    var session = Bench.session(work: 6)
    for command in [
      "progress", "lesson tour", "review", "progress export mine", "progress import mine",
      "progress forget all", "progress",
    ] {
      let author = AuthorPromise(command, in: session, files)
      let reply = session.checked(command, from: files.person)
      author.check(against: reply, isInLesson: session.study != nil)
      promise(
        session.knownProgress.progress.lessons == Progress(files.journal).lessons || command != "progress",
        "what was read bit by bit says something else")
      if command == "progress import mine" {
        promise(reply.isOK, "what was exported is refused: \(reply.failure?.message ?? "")")
      }
    }
    session = Bench.session(work: 6)
    _ = session.checked("progress import progress", from: MemoryFiles(["progress": journal]).person)
    session.allowNextCheck()
    let confirmed = Confirmation(
      of: "fuzzed", file: "fuzzed", journal: journal, lessons: { id in known.first { $0.id == id } },
      on: session,
      while: { !session.isSpent })
    promise(confirmed.lessons.count <= known.count, "more lessons than there are")
  }
}
