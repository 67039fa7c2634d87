/// The event that a line of the journal records.
public enum JournalEvent: Equatable, Sendable {
  /// A run of a lesson began.
  case began(run: String, lesson: String, fingerprint: String, from: RunOrigin)
  /// A line was obeyed in a run. In an old journal, the line has no number.
  case line(run: String, number: Int?, String)
  case ended(lesson: String, task: String, Study.Status)
  /// All tasks of a lesson are over.
  case finished(lesson: String)
  /// The learner's sentence to a friend.
  case said(lesson: String, String)
  /// All earlier lines about a lesson, or about all lessons, are forgotten.
  case forgot(lesson: String?)
  /// The end of an export: the number of its lines, and a checksum over them.
  case sealed(lines: Int, sum: String)
}

/// The point at which a run begins.
public enum RunOrigin: Equatable, Sendable {
  /// The start of the lesson. The status of some tasks is kept from an earlier run. `asksRecall` is whether a
  /// question from an earlier lesson may come first.
  case start(kept: [Progress.TaskProgress], asksRecall: Bool = true)
  /// A point in another run.
  case after(Continuation)
}

/// A point in another run: the run, and the number of its lines before that point.
public struct Continuation: Equatable, Sendable {
  public let run: String
  public let lines: Int

  public init(run: String, lines: Int) {
    self.run = run
    self.lines = lines
  }
}
