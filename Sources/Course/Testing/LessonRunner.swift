import Blueprint
import Facts
import Inspector
import Simulator

/// A session in which a lesson is tested. A copy of it is independent.
public protocol LessonRunner: Sendable {
  var simulation: Simulation { get }
  var study: Study? { get }
  /// The site that facts of the current task are about.
  var factContext: FactContext { get }
  /// Whether only events that can be seen from outside are reported.
  var isFoggy: Bool { get }
  /// Whether a learner would see no difference between the two sessions.
  func isSame(as other: Self) -> Bool

  /// Enters a lesson, and keeps the status of some tasks. Unless `asksRecall` is true, no question from an
  /// earlier lesson comes first. Returns the reason if this fails.
  mutating func begin(_ lesson: Lesson, keeping kept: [Progress.TaskProgress], asksRecall: Bool) -> String?
  /// Enters a lesson and obeys the lines again. Returns the reason if this fails.
  mutating func resume(_ lesson: Lesson, _ lines: [String]) -> String?
  /// Builds the first site of a lesson without entering the lesson. Returns the reason if this fails.
  mutating func enterSite(of lesson: Lesson) -> String?
  /// Leaves the lesson and keeps the site.
  mutating func leave()
  mutating func play(_ command: String) -> CommandOutput
  /// Returns why the words of a line cannot be read, or nil if they can. The line runs on a copy if its words
  /// alone do not show it.
  func misreading(of line: String) -> CommandMisreading?
  /// Obeys a line of the lesson's author. Returns the reason if this fails.
  mutating func runAuthorLine(_ line: String) -> String?
  /// Builds a design. Returns the reason if this fails.
  mutating func load(_ design: String) -> String?
  /// The number of claims of the loaded design.
  var claimCount: Int { get }
  /// Judges a claim on the current site.
  func claim(_ number: Int) -> TestedClaim
  /// Returns the line numbers of the claims in a design's text, counted from one.
  func claimLines(ofDesign name: String) -> [Int]
  /// Allows the work of one more check. A command that needs more is stopped.
  func allowNextCheck()
  /// Whether the work allowed for all checks together is used up.
  var isUsedUp: Bool { get }

  static func commands(in line: String) -> [String]
}

/// The result of a command.
public struct CommandOutput: Equatable, Sendable {
  public let lines: [String]
  public let failure: String?
  /// Whether the journal of the lesson has a line for the command.
  public let isRecorded: Bool
  /// Whether the command changed the site.
  public let changesSite: Bool

  public init(lines: [String], failure: String?, isRecorded: Bool, changesSite: Bool) {
    self.lines = lines
    self.failure = failure
    self.isRecorded = isRecorded
    self.changesSite = changesSite
  }

  /// The whole output on one line, so that line breaks do not matter.
  public var joinedOutput: String {
    (lines + (failure.map { [$0] } ?? [])).joined(separator: " ").split(separator: " ").joined(separator: " ")
  }
}

extension LessonRunner {
  mutating func begin(_ lesson: Lesson) -> String? { begin(lesson, keeping: [], asksRecall: true) }

  /// Obeys the commands of a line. Returns the last result, or the first that failed.
  mutating func playAll(_ line: String) -> CommandOutput {
    var last = CommandOutput(lines: [], failure: nil, isRecorded: false, changesSite: false)
    for command in Self.commands(in: line) {
      last = play(command)
      if last.failure != nil { return last }
    }
    return last
  }
}
