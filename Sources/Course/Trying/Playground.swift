import Blueprint
import Facts
import Inspector
import Simulator

/// A place where a lesson is tried out: a copy is another one that knows nothing of the first.
public protocol Playground: Sendable {
  var simulation: Simulation { get }
  var study: Study? { get }
  /// What facts are asked about, in the task at hand.
  var factWorld: FactWorld { get }
  /// Whether only what is seen from outside is told.
  var isFoggy: Bool { get }
  /// Whether somebody could not tell the two apart.
  func isSame(as other: Self) -> Bool

  /// Goes to the start of a lesson, where what was done of some tasks is taken over; why not, where that fails.
  mutating func begin(_ lesson: Lesson, keeping kept: [Progress.LessonProgress.Task]) -> String?
  /// Goes there and does again what was done.
  mutating func resume(_ lesson: Lesson, _ lines: [String]) -> String?
  /// Goes to the site that a lesson begins with, and not into the lesson; why not, where that fails.
  mutating func enterSite(of lesson: Lesson) -> String?
  /// Leaves the lesson; the site stays.
  mutating func leave()
  mutating func play(_ command: String) -> Echo
  /// Obeys a line as one of the lesson's author's, not as the learner's; why not, where that fails.
  mutating func arrange(_ line: String) -> String?
  /// Builds a design; why not, where that fails.
  mutating func load(_ design: String) -> String?
  /// How many claims the design makes that was built.
  var claimCount: Int { get }
  /// Judges one of them, on the site as it stands.
  func claim(_ number: Int) -> TriedClaim
  /// The lines of a design's text that state its claims, counted from one.
  func claimLines(ofDesign name: String) -> [Int]
  /// A check's worth of work may be done from now on; what takes more is stopped.
  func allowNextCheck()
  /// Whether all the work is done that all checks together may do.
  var isSpent: Bool { get }

  static func commands(in line: String) -> [String]
}

/// What came back for a command.
public struct Echo: Equatable, Sendable {
  public let lines: [String]
  public let failure: String?
  /// Whether the journal of a lesson has a line for it.
  public let isKept: Bool
  /// Whether it changed the site.
  public let isDeed: Bool

  public init(lines: [String], failure: String?, isKept: Bool, isDeed: Bool) {
    self.lines = lines
    self.failure = failure
    self.isKept = isKept
    self.isDeed = isDeed
  }

  /// All of it on one line, so that it does not matter where it was wrapped.
  public var flat: String {
    (lines + (failure.map { [$0] } ?? [])).joined(separator: " ").split(separator: " ").joined(separator: " ")
  }
}

extension Playground {
  mutating func begin(_ lesson: Lesson) -> String? { begin(lesson, keeping: []) }

  /// Obeys the commands of a line; the last echo, or the first that failed.
  mutating func playAll(_ line: String) -> Echo {
    var last = Echo(lines: [], failure: nil, isKept: false, isDeed: false)
    for command in Self.commands(in: line) {
      last = play(command)
      if last.failure != nil { return last }
    }
    return last
  }
}
