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

    /// Returns an author's limits within these.
    fileprivate func forAuthor(_ allowance: Allowance) -> Limits {
      Limits(goOn: { [goOn] in goOn($0) && allowance.take() }, requests: Session.mostAuthorRequests)
    }
  }

  /// The limits of a trial, whose allowance covers all its checks.
  static func limits(of trial: Allowance) -> Limits {
    Limits(goOn: { _ in trial.take() }, requests: mostAuthorRequests)
  }

  /// Runs an author's work, and stops it at the limits.
  mutating func withAuthorLimits<Product>(
    _ work: (inout Session) throws(Complaint) -> Product
  ) throws(Complaint) -> Product {
    let outer = limits
    let own = applyAuthorLimits()
    defer { limits = outer }
    do {
      return try work(&self)
    } catch {
      throw own?.isSpent == true ? .tooMuchWork : error
    }
  }

  /// Applies an author's limits from now on. Returns the new allowance; nil in a trial, which has its own.
  @discardableResult
  mutating func applyAuthorLimits() -> Allowance? {
    guard allowance == nil else { return nil }
    let own = Allowance(checks: 1)
    own.renew()
    limits = limits.forAuthor(own)
    return own
  }

  /// The most lines that are shown of an author's output.
  static let mostAuthorLines = 2_000

  /// How many printed lines count as one step of work.
  private static let linesPerStep = 64

  /// Whether an author may print that many more lines.
  func allows(lines: Int) -> Bool {
    (0..<lines / Session.linesPerStep).allSatisfy { _ in goOn(0) }
  }
}

extension [Line] {
  /// The first `most` lines, then how many were left out.
  func cut(to most: Int) -> [Line] {
    count <= most ? self : prefix(most) + [Line("  … \(count - most) more lines", .faint)]
  }
}
