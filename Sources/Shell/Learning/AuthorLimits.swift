/// The limits of an author's text: the same everywhere as in a test.
extension Session {
  /// The most requests that an author's command may send; all may be in flight at once.
  private static let mostAuthorRequests = 100_000

  /// How much work is allowed before it is stopped or refused.
  struct Limits {
    /// Asked during long work whether it should go on.
    var goOn: GoOn
    /// The most requests that one command may send.
    var requests = Int.max
    /// What an author's work is charged to; nil for a person's.
    var allowance: Allowance?

    /// Why work that was told to stop is over: the author's allowance is used up, or a person stopped it.
    var stopped: Complaint { allowance?.isUsedUp == true ? .tooMuchWork : .timeLimit }
  }

  /// The limits of a trial, whose allowance covers all its checks.
  static func limits(of trial: Allowance) -> Limits {
    Limits(goOn: { _ in trial.take() }, requests: mostAuthorRequests, allowance: trial)
  }

  /// Runs an author's work, and stops it at the limits.
  mutating func withAuthorLimits<Product>(
    _ work: (inout Session) throws(Complaint) -> Product
  ) throws(Complaint) -> Product {
    let outer = limits
    applyAuthorLimits()
    defer { limits = outer }
    return try work(&self)
  }

  /// Applies an author's limits from now on, within those that apply already.
  mutating func applyAuthorLimits() {
    guard limits.allowance == nil else { return }
    let own = Allowance(checks: 1)
    own.renew()
    limits = Limits(
      goOn: { [goOn] in goOn($0) && own.take() }, requests: Session.mostAuthorRequests, allowance: own)
  }

  /// Applies the limits of a replay: more than anybody types in a lesson, but an end.
  mutating func applyReplayLimits() {
    let own = Allowance(most: 20_000, checks: 1)
    own.renew()
    limits = Limits(goOn: { [goOn] in goOn($0) && own.take() }, requests: 2_000_000, allowance: own)
  }

  /// The most lines that are shown of an author's output.
  static let mostAuthorLines = 2_000

  /// How many printed lines count as one step of work.
  private static let linesPerStep = 64

  /// Charges an author's command: a step, and more if it prints much.
  func charge(lines: Int) throws(Complaint) {
    guard limits.allowance != nil else { return }
    for _ in 0...lines / Session.linesPerStep where !goOn(0) { throw limits.stopped }
  }
}

extension [Line] {
  /// The first `most` lines, then how many were left out.
  func cut(to most: Int) -> [Line] {
    count <= most ? self : prefix(most) + [Line("  … \(count - most) more lines", .faint)]
  }
}
