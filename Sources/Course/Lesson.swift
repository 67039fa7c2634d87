/// A lesson as its Markdown file describes it.
public struct Lesson: Equatable, Sendable {
  /// The only format that this version can read.
  public static let format = "1"

  public var id = ""
  public var title = ""
  /// The design that the lesson begins with.
  public var start = Phrase("textbook", at: FilePosition(1))
  /// The lessons that the learner needs first.
  public var needs: [Phrase] = []
  public var minutes = 10
  /// The lesson's number in the course. Lessons without a number come last.
  public var number = 1_000
  /// Whether the lesson belongs to the short course.
  public var isShort = false
  /// The last task: a sentence that the learner tells a friend.
  public var friend = "Say in one sentence to a friend what you found out."
  /// The text before the first task.
  public var opening: [Block] = []
  public var tasks: [LessonTask] = []
  /// The demonstration for a class, if the author wrote one.
  public var demonstration: Demonstration?
  /// The texts of the lesson in their order in the file.
  public var passages: [Passage] = []
  /// The words of the texts that a fact must support.
  public var backedPhrases: [BackedPhrase] = []
  /// The path of the file, as messages show it.
  public var file: String
  /// A checksum of the text. A journal uses it to notice that a lesson was edited.
  public var fingerprint: String

  public func task(_ id: String) -> LessonTask? { tasks.first { $0.id == id } }
}

/// A task of a lesson.
public struct LessonTask: Equatable, Sendable {
  public var id: String
  public var title: String
  public var position: FilePosition
  /// The text that states the task.
  public var text: [Block] = []
  /// The text that is shown after the task.
  public var after: [Block] = []
  /// Commands that prepare the site for the task.
  public var setup: [Phrase] = []
  public var question: Question?
  public var goals: [Goal] = []
  public var hints: [[Block]] = []
  public var solutions: [Solution] = []
  /// The author's text that explains the solutions.
  public var explanation: [Block] = []
  public var wrongAnswers: [WrongAnswer] = []
  public var variants: [Variant] = []
  /// Notes for the teacher.
  public var notes: [Phrase] = []
}

/// Lines that solve a task, as a learner would type them.
public struct Solution: Equatable, Sendable {
  public let lines: [Phrase]
  public let position: FilePosition
}

/// Input that does not solve a task, and words that its feedback must contain.
public struct WrongAnswer: Equatable, Sendable {
  /// Commands. If the task has a question, the last one is an answer.
  public let input: Phrase
  public let feedback: String
}

/// Changes to the site, and the answer that is right after them.
public struct Variant: Equatable, Sendable {
  public let commands: [Phrase]
  public let answer: Phrase
}

/// A line of a goal: a fact that must be true.
public struct Goal: Equatable, Sendable {
  public enum When: String, CaseIterable, Sendable {
    /// The fact must be true at some time. The line stays ticked afterwards.
    case once
    /// The fact must be true when the task ends.
    case end
  }

  public let when: When
  public let label: String
  public let fact: Phrase
  /// The message while the fact is not true. It can contain facts in braces.
  public let otherwiseText: Phrase?
}
