/// The known values of facts on one site, so that nothing is tried there twice.
///
/// The owner uses a memory for one site only, and from one thread at a time.
public final class FactMemory: @unchecked Sendable {
  private var known: [String: Judged] = [:]

  public init() {}

  subscript(fact: String) -> Judged? {
    get { known[fact] }
    set { known[fact] = newValue }
  }
}
