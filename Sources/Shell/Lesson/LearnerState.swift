import Blueprint
import Course
import Inspector
import Simulator

/// A learner's current lesson and task, and the events that are not yet in the journal.
struct LearnerState: Sendable {
  var study: Study? {
    get { boxedStudy?.value }
    set { boxedStudy = newValue.map { .of($0) } }
  }
  private var boxedStudy: Boxed<Study>?
  /// The lesson's site and history, saved during free play. `resume` restores them.
  var lessonBeforePlay: Boxed<SuspendedLesson>?
  /// The site that was there before the lesson. `leave` restores it.
  var siteBeforeLesson: Boxed<SuspendedSite>?
  /// The site at the start of the lesson.
  var lessonStart: Boxed<LoadedSite>?
  /// The site at the start of the task, or at the start of the question before the first task.
  var taskStart: Boxed<LoadedSite>?
  /// Whether the commands that are running were written by the lesson's author.
  var isRunningSetup = false
  /// The events of the lesson that the journal records.
  var log = LessonLog()
  /// The lines that were not replayed, because they need files.
  var skippedLines: [String] = []
  /// Whether earlier commands are being replayed.
  var isReplaying = false

  /// What free play must leave unchanged.
  struct SuspendedLesson: Sendable {
    let loadedSite: LoadedSite
    let history: History
    let study: Study?
  }

  /// What a lesson must leave unchanged.
  struct SuspendedSite: Sendable {
    let loadedSite: LoadedSite
    let history: History
    /// The site before free play, if the lesson began in free play.
    let lessonBeforePlay: Boxed<SuspendedLesson>?
  }

  /// Whether the learner is in a lesson or in free play.
  var isAway: Bool { lessonBeforePlay != nil || study != nil }

  /// The site that `reset` restores in a lesson: the task's start for a learner, the lesson's start for its
  /// author.
  var start: LoadedSite? {
    if isRunningSetup { return lessonStart?.value }
    return study?.task != nil && lessonBeforePlay == nil ? taskStart?.value : nil
  }

  /// The site as it was when the current question was asked, or nil if no question is asked. Answers are
  /// judged on it, so that nothing that the learner tries can spoil the question.
  var questionSite: LoadedSite? { study?.question == nil ? nil : taskStart?.value }

  /// Whether the current site differs from the site on which the current question is judged.
  func hasChangedSite(_ loadedSite: LoadedSite) -> Bool {
    questionSite.map { $0.simulation != loadedSite.simulation } ?? false
  }

  /// The lesson and the task, as the prompt shows them, such as `spof 2/5`.
  var title: String? {
    guard let study else { return lessonBeforePlay == nil ? nil : "play" }
    if lessonBeforePlay != nil { return "\(study.lesson.id) play" }
    switch study.stage {
    case .recall: return "\(study.lesson.id) recall"
    case .task(let number): return "\(study.lesson.id) \(number + 1)/\(study.tasks.count)"
    case .summary, .over: return "\(study.lesson.id) done"
    }
  }

  /// Returns the study of a learner who can continue the lesson; throws an error if there is none.
  func activeStudy() throws(Complaint) -> Study {
    guard let study else { throw .notInLesson }
    guard lessonBeforePlay == nil else {
      throw .notNow("you are in free play", hint: "resume goes back to the lesson")
    }
    return study
  }

  /// The state after the lesson has been left. Events that are not yet written are kept.
  var afterLesson: LearnerState {
    var state = LearnerState()
    state.log.runs = log.runs
    state.log.unwritten = log.unwritten
    state.lessonBeforePlay = siteBeforeLesson?.value.lessonBeforePlay
    return state
  }

  /// Records the events that the learner has seen in this lesson.
  mutating func recordSeenEvents(_ events: [String]) {
    guard !events.isEmpty, study != nil, lessonBeforePlay == nil else { return }
    for name in events where study?.seen.contains(name) == false { study?.seen.append(name) }
  }

  /// The lesson and the task, as JSON members.
  var members: [JSON.Member] {
    guard let study else { return [] }
    return [
      JSON.Member(.lesson, .string(study.lesson.id)),
      JSON.Member(.task, study.task.map { .string($0.id) } ?? .null),
    ]
  }

  /// Adds an answer to the review sheet. `text` is the answer as typed; it may end with the learner's
  /// confidence.
  mutating func recordAnswer(_ text: String, _ feedback: Feedback, isRight: Bool) {
    var segments = Words.trimmed(text).split(separator: " ").map(String.init)
    let confidence =
      segments.count > 1 ? segments.last.flatMap { GivenAnswer.Confidence(rawValue: $0.lowercased()) } : nil
    if confidence != nil { segments.removeLast() }
    let entry = Study.ReviewEntry(
      task: study?.task?.id, answer: segments.joined(separator: " "), isRight: isRight,
      confidence: confidence, feedback: feedback)
    study?.reviewEntries.append(entry)
    study?.record?.attempts += 1
    study?.repeatablePoint = feedback.points.first { !$0.commandsRun.isEmpty }
  }

  /// What to type for further help, as the end of a sentence.
  var furtherHelp: String {
    guard let study, let task = study.task, let record = study.record else { return "`next` to continue" }
    return record.hints < task.hints.count
      ? "`hint` for hint \(record.hints + 1) of \(task.hints.count)" : "`solution` for the answer"
  }
}

/// What the journal records about a lesson: typed lines and their results.
struct LessonLog: Sendable {
  /// The identifier of the current run of the lesson in the journal; nil outside a lesson.
  var run: String?
  /// How many lines of the run have been recorded.
  var lines = 0
  /// How many runs of lessons this session has begun.
  var runs = 0
  /// The events of the current command.
  private var events: [JournalEvent] = []
  /// The events that could not be written. They are written with the next events.
  var unwritten: [JournalEvent] = []

  /// Adds an event. It is written after the command has finished, and follows the command's line.
  mutating func add(_ event: JournalEvent) { events.append(event) }

  /// Adds a typed line, before the events of the same command.
  mutating func add(line: String) {
    guard let run else { return }
    lines += 1
    events.insert(.line(run: run, number: lines, line), at: 0)
  }

  /// Begins a new run of a lesson.
  mutating func begin(_ lesson: Lesson, from origin: RunOrigin, in journal: ProgressJournal) {
    runs += 1
    let run = "\(journal.run).\(runs)"
    self.run = run
    lines = 0
    add(.began(run: run, lesson: lesson.id, fingerprint: lesson.fingerprint, from: origin))
  }

  mutating func takeEvents() -> [JournalEvent] {
    defer { events = [] }
    return events
  }

  /// Appends events to the journal in one write. Returns nil, or why they could not be written.
  mutating func write(_ events: [JournalEvent], to journal: ProgressJournal) -> String? {
    guard !events.isEmpty else { return nil }
    let all = unwritten + events
    let reason = journal.append(all.map { JournalLine($0).text }.joined(separator: "\n"))
    unwritten = reason == nil ? [] : all
    return reason
  }
}

extension Study {
  /// Whether all tasks are behind the learner, even if a sentence to a friend is still asked for.
  var isAfterLastTask: Bool {
    switch stage {
    case .recall, .task: false
    case .summary, .over: true
    }
  }
}
