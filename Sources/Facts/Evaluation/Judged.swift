import Inspector

/// The value of a fact and the evidence for it.
public struct Judged: Equatable, Sendable {
  public let value: FactValue
  /// The commands that show the value again, and what they showed.
  public let evidence: Evidence
  /// How two sets differ that should be equal, in words.
  let difference: String

  /// The same, with the difference of two sets in the evidence.
  public var withDifference: Judged {
    guard !difference.isEmpty else { return self }
    return Judged(
      value: value, evidence: Evidence(evidence.commands, saw: "\(difference); \(evidence.saw)"),
      difference: "")
  }
}
