/// How much work is allowed before it is stopped or refused.
struct Limits: Sendable {
  /// Called during long work; returns whether to continue.
  var shouldContinue: WorkCheck
  /// The most requests that one command may send.
  var requests = Int.max
  /// The allowance that an author's work is charged to; nil for a person's work.
  var allowance: Allowance?

  /// Why work was stopped: the author's allowance is used up, or a person stopped it.
  var stopped: Complaint { allowance?.isUsedUp == true ? .tooMuchWork : .timeLimit }

  // MARK: Limits for authors

  /// The most requests that an author's command may send. All of them may be in flight at once.
  private static let mostAuthorRequests = 100_000

  /// The most lines of an author's output that are shown.
  static let mostAuthorLines = 2_000

  /// How many printed lines count as one step of work.
  private static let linesPerStep = 64

  /// Returns the limits of a trial. One allowance covers all its checks.
  static func ofTrial(_ allowance: Allowance) -> Limits {
    Limits(shouldContinue: { _ in allowance.spend() }, requests: mostAuthorRequests, allowance: allowance)
  }

  /// An author's limits, within those that already apply. They are the same everywhere, even in tests.
  var ofAuthor: Limits {
    guard allowance == nil else { return self }
    let own = Allowance(checks: 1)
    own.renew()
    return Limits(
      shouldContinue: { [shouldContinue] in shouldContinue($0) && own.spend() },
      requests: Limits.mostAuthorRequests,
      allowance: own)
  }

  /// The limits of a replay: more than a learner types in a lesson, but not unlimited.
  var ofReplay: Limits {
    let own = Allowance(most: 20_000, checks: 1)
    own.renew()
    return Limits(
      shouldContinue: { [shouldContinue] in shouldContinue($0) && own.spend() }, requests: 2_000_000,
      allowance: own)
  }

  /// Charges an author's command one step, and more steps if it prints many lines.
  func charge(lines: Int) throws(Complaint) {
    guard allowance != nil else { return }
    for _ in 0...lines / Limits.linesPerStep where !shouldContinue(0) { throw stopped }
  }
}

/// How much work a check may still do. It is counted, not timed, so that the result is the same on every
/// computer.
///
/// Each trial has its own allowance, so it is never shared between threads.
public final class Allowance: @unchecked Sendable {
  private let most: Int
  private var left = 0
  /// How often all checks together may still ask whether to continue.
  private var totalLeft: Int
  private let isOver: () -> Bool

  /// `most`: how often one check may ask whether to continue. 1,000 times are about 16 million events.
  /// `checks`: the limit for all checks together, as a multiple of `most`.
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

  /// Whether the current check has used up its work.
  var isUsedUp: Bool { left == 0 || totalLeft == 0 }
}
