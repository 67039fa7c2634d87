/// The stored values of facts on one site, so that no experiment there is repeated.
///
/// A memory is valid for one site only. It must be used from one thread at a time.
public final class FactMemory: @unchecked Sendable {
  private var known: [String: EvaluatedFact] = [:]

  public init() {}

  subscript(fact: String) -> EvaluatedFact? {
    get { known[fact] }
    set { known[fact] = newValue }
  }
}
