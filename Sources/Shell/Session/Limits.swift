/// How much work is allowed before a command is stopped or refused.
struct Limits: Sendable {
  /// The function that long work calls to find out whether to continue.
  var shouldContinue: WorkCheck
  /// The most requests that one command may send.
  var requests = Int.max
  /// The allowance to which an author's work is charged; nil for a person's work.
  var allowance: Allowance?

  /// Why work was stopped: the author's allowance is used up, or a person stopped it.
  var stopped: Complaint { allowance?.isUsedUp == true ? .tooMuchWork : .timeLimit }

  // MARK: Limits for authors

  /// The most requests that an author's command may send. All of them may be in flight at once.
  private static let mostAuthorRequests = 100_000

  /// The most lines of an author's output that are shown.
  static let mostAuthorLines = 2_000

  /// The number of printed lines that are charged as one step of work.
  private static let linesPerStep = 64

  /// Returns the limits of a trial. A single allowance covers all checks of the trial.
  static func ofTrial(_ allowance: Allowance) -> Limits {
    Limits(shouldContinue: { _ in allowance.spend() }, requests: mostAuthorRequests, allowance: allowance)
  }

  /// An author's limits, in addition to those that already apply. They are the same everywhere, even in
  /// tests.
  var ofAuthor: Limits {
    guard allowance == nil else { return self }
    let authorAllowance = Allowance(checks: 1)
    authorAllowance.renew()
    return Limits(
      shouldContinue: { [shouldContinue] in shouldContinue($0) && authorAllowance.spend() },
      requests: Limits.mostAuthorRequests,
      allowance: authorAllowance)
  }

  /// The limits of a replay. They allow more work than a learner causes in a lesson.
  var ofReplay: Limits {
    let replayAllowance = Allowance(most: 20_000, checks: 1)
    replayAllowance.renew()
    return Limits(
      shouldContinue: { [shouldContinue] in shouldContinue($0) && replayAllowance.spend() },
      requests: 2_000_000, allowance: replayAllowance)
  }

  /// Charges one step for an author's command, and more steps if it prints many lines. Throws an error if no
  /// work is left.
  func charge(lines: Int) throws(Complaint) {
    guard allowance != nil else { return }
    for _ in 0...lines / Limits.linesPerStep where !shouldContinue(0) { throw stopped }
  }
}

/// How much work a check may still do. Work is counted, not timed, so that the result is the same on every
/// computer.
///
/// Each trial has its own allowance, so no allowance is shared between threads.
public final class Allowance: @unchecked Sendable {
  private let most: Int
  private var left = 0
  /// How many more times all checks together may ask whether to continue.
  private var totalLeft: Int
  private let isOver: () -> Bool

  /// Creates an allowance. One check may ask `most` times whether to continue; 1,000 times are about 16
  /// million events. All checks together may ask `checks` times as often.
  public init(most: Int = 1_000, checks: Int = 20, isOver: @escaping () -> Bool = { false }) {
    self.most = most
    totalLeft = most * checks
    self.isOver = isOver
  }

  func spend() -> Bool {
    guard left > 0, totalLeft > 0, !isOver() else { return false }
    left -= 1
    totalLeft -= 1
    return true
  }

  func renew() { left = most }

  var isTotalUsedUp: Bool { totalLeft == 0 }

  /// Whether the current check, or the whole trial, has used up its work.
  var isUsedUp: Bool { left == 0 || totalLeft == 0 }
}
