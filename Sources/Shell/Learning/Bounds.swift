/// What an author's text may take: as much work as a test of it may, wherever it is shown.
extension Session {
  /// Does an author's work, which is stopped when it takes too much.
  mutating func bounded<Product>(
    _ work: (inout Session) throws(Complaint) -> Product
  ) throws(Complaint) -> Product {
    // A trial counts its work already.
    guard allowance == nil else { return try work(&self) }
    let outer = goOn
    let own = Allowance(checks: 1)
    own.renew()
    goOn = { outer($0) && own.take() }
    defer { goOn = outer }
    do {
      return try work(&self)
    } catch {
      throw own.isSpent ? .tooMuchWork : error
    }
  }

  /// For work that is done step by step, each time with the same allowance.
  var boundedGoOn: GoOn {
    guard allowance == nil else { return goOn }
    let own = Allowance(checks: 1)
    own.renew()
    return { [goOn] in goOn($0) && own.take() }
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
