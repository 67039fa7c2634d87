/// How much work is allowed before it is stopped or refused.
struct Limits: Sendable {
  /// Asked during long work whether it should go on.
  var goOn: WorkCheck
  /// The most requests that one command may send.
  var requests = Int.max
  /// What an author's work is charged to; nil for a person's.
  var allowance: Allowance?

  /// Why work that was told to stop is over: the author's allowance is used up, or a person stopped it.
  var stopped: Complaint { allowance?.isUsedUp == true ? .tooMuchWork : .timeLimit }

  // MARK: The limits of authors

  /// The most requests that an author's command may send; all may be in flight at once.
  private static let mostAuthorRequests = 100_000

  /// The most lines that are shown of an author's output.
  static let mostAuthorLines = 2_000

  /// How many printed lines count as one step of work.
  private static let linesPerStep = 64

  /// The limits of a trial, whose allowance covers all its checks.
  static func ofTrial(_ allowance: Allowance) -> Limits {
    Limits(goOn: { _ in allowance.take() }, requests: mostAuthorRequests, allowance: allowance)
  }

  /// An author's limits, within those that apply already. They are the same everywhere, also in tests.
  var ofAuthor: Limits {
    guard allowance == nil else { return self }
    let own = Allowance(checks: 1)
    own.renew()
    return Limits(
      goOn: { [goOn] in goOn($0) && own.take() }, requests: Limits.mostAuthorRequests, allowance: own)
  }

  /// The limits of a replay: more than anybody types in a lesson, but an end.
  var ofReplay: Limits {
    let own = Allowance(most: 20_000, checks: 1)
    own.renew()
    return Limits(goOn: { [goOn] in goOn($0) && own.take() }, requests: 2_000_000, allowance: own)
  }

  /// Charges an author's command: a step, and more if it prints much.
  func charge(lines: Int) throws(Complaint) {
    guard allowance != nil else { return }
    for _ in 0...lines / Limits.linesPerStep where !goOn(0) { throw stopped }
  }
}

/// How much work a check may still do. It is counted, not timed, so that it is the same everywhere.
///
/// Each trial has its own, so it is never shared between threads.
public final class Allowance: @unchecked Sendable {
  private let most: Int
  private var left = 0
  /// How often all checks together may still ask.
  private var whole: Int
  private let isOver: () -> Bool

  /// `most`: how often one check may ask whether to go on. A thousand times are about sixteen million events.
  /// `checks`: how many checks that ask as often as they may all checks together may be.
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

  /// Whether the check at hand has used up its work.
  var isUsedUp: Bool { left == 0 || whole == 0 }
}
