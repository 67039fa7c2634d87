/// What facts have said of one world, so that nothing has to be tried there twice.
///
/// Whoever hands it out sees to it that the world is the same each time. One at a time looks at it.
public final class FactMemory: @unchecked Sendable {
  private var known: [String: Judged] = [:]

  public init() {}

  fileprivate subscript(fact: String) -> Judged? {
    get { known[fact] }
    set { known[fact] = newValue }
  }
}

extension FactWorld {
  /// What a fact says here.
  public func judged(_ fact: String) throws(FactProblem) -> Judged {
    if let known = memory?[fact] { return known }
    let judged = try Fact(fact).judged(in: self)
    memory?[fact] = judged
    return judged
  }
}
