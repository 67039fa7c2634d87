/// What an author's text may take: as much as in a test of it, wherever it is shown.
extension Session {
  /// The most requests that an author's command may send: all of them may be in flight at once.
  private static let mostAuthoredRequests = 100_000

  /// What may be done before work is stopped or refused.
  struct Limits {
    /// Asked during long work whether it should go on.
    var goOn: GoOn
    /// The most requests that one command may send.
    var requests = Int.max

    /// Those of an author, within these.
    fileprivate func ofAuthor(_ allowance: Allowance) -> Limits {
      Limits(goOn: { [goOn] in goOn($0) && allowance.take() }, requests: Session.mostAuthoredRequests)
    }
  }

  /// Those of a trial, whose allowance counts the work of all its checks.
  static func limits(of trial: Allowance) -> Limits {
    Limits(goOn: { _ in trial.take() }, requests: mostAuthoredRequests)
  }

  /// Does an author's work, which is stopped when it takes too much.
  mutating func bounded<Product>(
    _ work: (inout Session) throws(Complaint) -> Product
  ) throws(Complaint) -> Product {
    let outer = limits
    let own = bind()
    defer { limits = outer }
    do {
      return try work(&self)
    } catch {
      throw own?.isSpent == true ? .tooMuchWork : error
    }
  }

  /// Keeps to an author's limits from now on. Returns the allowance that counts; nil in a trial, which has its own.
  @discardableResult
  mutating func bind() -> Allowance? {
    guard allowance == nil else { return nil }
    let own = Allowance(checks: 1)
    own.renew()
    limits = limits.ofAuthor(own)
    return own
  }

  /// The most lines that are shown of what an author's commands print.
  static let mostAuthoredLines = 2_000

  /// What is printed is work, too: so many lines count as a step.
  private static let linesOfStep = 64

  /// Whether an author's text may have printed that many lines more.
  func allows(lines: Int) -> Bool {
    (0..<lines / Session.linesOfStep).allSatisfy { _ in goOn(0) }
  }
}

extension [Line] {
  /// No more lines than that, and then how many were left out.
  func cut(to most: Int) -> [Line] {
    count <= most ? self : prefix(most) + [Line("  … \(count - most) more lines", .faint)]
  }
}
