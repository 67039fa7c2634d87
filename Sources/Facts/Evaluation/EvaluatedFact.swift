import Inspector

/// The value of a fact and the evidence for it.
public struct EvaluatedFact: Equatable, Sendable {
  public let value: FactValue
  /// The commands that show the value again, and what those commands showed.
  public let evidence: Evidence
  /// The difference between two sets that should be equal, in words. It is empty if there is none.
  let difference: String

  /// The same value, with the difference between the sets added to its evidence.
  public var withDifference: EvaluatedFact {
    guard !difference.isEmpty else { return self }
    return EvaluatedFact(
      value: value,
      evidence: Evidence(evidence.commands, observation: "\(difference); \(evidence.observation)"),
      difference: "")
  }
}
