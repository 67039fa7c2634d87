/// A lesson as a value: what its Markdown file says.
public struct Lesson: Equatable, Sendable {
  /// The one format that this version writes; it reads no other.
  public static let format = "1"

  public var id = ""
  public var title = ""
  /// The design that it begins with.
  public var start = Phrase("textbook", at: Place(1))
  /// The lessons that come before it.
  public var needs: [Phrase] = []
  public var minutes = 10
  /// Its place in the course; those without one come last.
  public var number = 1_000
  /// Whether it belongs to the short course.
  public var isShort = false
  /// What the learner is asked to say to a friend at the end.
  public var friend = "Say in one sentence to a friend what you found out."
  /// What stands before the first task.
  public var opening: [Block] = []
  public var tasks: [LessonTask] = []
  /// What a teacher shows of it.
  public var demonstration: Demonstration?
  /// Where the file is, as messages name it.
  public var file: String
  /// The same for every byte-wise equal text: a journal tells by it whether a lesson was edited.
  public var fingerprint: String

  public func task(_ id: String) -> LessonTask? { tasks.first { $0.id == id } }
}

/// One thing to do in a lesson.
public struct LessonTask: Equatable, Sendable {
  public var id: String
  public var title: String
  public var place: Place
  /// The text that poses it.
  public var text: [Block] = []
  /// What stands behind it, shown when it is over.
  public var after: [Block] = []
  /// Commands that put the site into the state that the task wants.
  public var setup: [Phrase] = []
  public var question: Question?
  public var goals: [Goal] = []
  public var hints: [[Block]] = []
  public var solutions: [Solution] = []
  /// What stands beside the solutions in words.
  public var explanation: [Block] = []
  public var wrongs: [Wrong] = []
  public var variants: [Variant] = []
  /// For the teacher.
  public var notes: [Phrase] = []
}

/// A way that solves a task: lines as a learner would type them.
public struct Solution: Equatable, Sendable {
  public let lines: [Phrase]
  public let place: Place
}

/// Something that does not solve a task, and what the feedback must say of it.
public struct Wrong: Equatable, Sendable {
  /// Commands, the last of which is an answer where the task asks.
  public let input: Phrase
  public let feedback: String
}

/// Another world, and the answer that is right there.
public struct Variant: Equatable, Sendable {
  public let commands: [Phrase]
  public let answer: Phrase
}

/// One line of a goal: a fact that must hold, now or at some time.
public struct Goal: Equatable, Sendable {
  public enum When: String, CaseIterable, Sendable {
    /// Stays ticked when it has been seen.
    case once
    /// Must hold when the task ends.
    case end
  }

  public let when: When
  public let label: String
  public let fact: Phrase
  /// What to say while it does not hold; may name facts in braces.
  public let otherwise: Phrase?
}
