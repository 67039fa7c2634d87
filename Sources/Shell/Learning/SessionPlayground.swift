import Blueprint
import Course
import Facts
import Inspector
import Simulator

extension Session: LessonRunner {
  public var simulation: Simulation { scene.simulation }

  public var study: Study? { learning.study }

  public var factWorld: FactWorld { learning.study.map { factWorld(of: $0) } ?? factWorld() }

  public func isSame(as other: Session) -> Bool {
    scene == other.scene && learning.study == other.learning.study
      && (learning.parked == nil) == (other.learning.parked == nil)
  }

  /// For trying lessons out: nothing is kept, no file is read or written, and work is counted.
  public init(
    designs: [Document], lessons: [Document], folder: DesignFolder = .empty, allowance: Allowance
  ) {
    self.init(designs: designs, lessons: lessons, folder: folder)
    limits = Session.limits(of: allowance)
    screen.width = Screen.widest
    recollection = Recollection()
  }

  public func allowNextCheck() { limits.allowance?.renew() }

  public var isSpent: Bool { limits.allowance?.isSpent == true }

  public mutating func begin(_ lesson: Lesson, keeping kept: [Progress.TaskProgress]) -> String? {
    do {
      try start(lesson, keeping: kept)
      learning.run = "try"
      return nil
    } catch {
      return Sentences.failure(for: error).message
    }
  }

  public mutating func enterSite(of lesson: Lesson) -> String? {
    do {
      scene = try site(of: lesson)
      history = History()
      learning = Learning()
      return nil
    } catch {
      return Sentences.failure(for: error).message
    }
  }

  public mutating func resume(_ lesson: Lesson, _ lines: [String]) -> String? {
    if let trouble = begin(lesson, keeping: []) { return trouble }
    for line in lines { _ = obey(line) }
    return nil
  }

  public mutating func leave() { learning = Learning() }

  public mutating func load(_ design: String) -> String? {
    guard let found = self.design(named: design) else { return "there is no such design" }
    do {
      scene = try build(found)
      history = History()
      return nil
    } catch {
      return Sentences.failure(for: error).message
    }
  }

  public var claimCount: Int { scene.claims.count }

  public func claim(_ number: Int) -> TestedClaim {
    let verdict = verdict(on: scene.claims[number])
    let text = Sentences.clean(verdict.claim.text, most: 200)
    if let problem = verdict.problem {
      return TestedClaim(text: text, message: ["it could not be judged: \(problem.message)"])
    }
    guard let judged = verdict.judged, !judged.isAsExpected else {
      return TestedClaim(text: text, message: [])
    }
    return TestedClaim(
      text: text,
      message: [
        "expected: \(judged.claim.expected?.rawValue ?? "")", "derived: \(judged.verdict.rawValue)",
        "run: \(judged.evidence.commands.map { $0.withoutWhatIf }.joined(separator: "; "))",
        "seen: \(judged.evidence.saw)",
      ])
  }

  public func claimLines(ofDesign name: String) -> [Int] {
    let text = designs.first { $0.name == name }?.text ?? ""
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: { $0.isNewline })
    return lines.indices.filter { Words.trimmed(String(lines[$0])).lowercased().hasPrefix("claim ") }
      .map { $0 + 1 }
  }

  public mutating func arrange(_ line: String) -> String? {
    arrange([line]).map { Sentences.failure(for: $0).message }
  }

  public mutating func play(_ command: String) -> CommandResult {
    let kept = learning.lines
    let before = revision
    let reply = obey(command)
    return CommandResult(
      lines: reply.lines.map { $0.text }, failure: reply.failure?.message, isRecorded: learning.lines != kept,
      changesSite: revision != before)
  }
}

/// How much work a check may still do; counted, not timed, so that it is the same everywhere. Each trial has
/// its own, so nobody else looks at it.
public final class Allowance: @unchecked Sendable {
  private let most: Int
  private var left = 0
  /// What all checks together may still do.
  private var whole: Int
  private let isOver: () -> Bool

  /// So many questions whether to go on are answered with yes, unless everything is over; a thousand of them are some
  /// sixteen million events. All checks together may ask as often as so many of them that ask all they may.
  public init(most: Int = 1_000, checks: Int = 20, isOver: @escaping () -> Bool = { false }) {
    self.most = most
    whole = most * checks
    self.isOver = isOver
  }

  func take() -> Bool {
    guard left > 0, whole > 0, !isOver() else { return false }
    left -= 1
    whole -= 1
    return true
  }

  func renew() { left = most }

  var isSpent: Bool { whole == 0 }

  /// Whether the check at hand may do no more.
  var isUsedUp: Bool { left == 0 || whole == 0 }
}
