import Inspector

/// A fact as written, read and checked for its types. It is pure: evaluator it changes nothing.
public struct Fact: Sendable {
  public let text: String
  public let type: FactType
  let term: FactTerm

  public init(_ text: String) throws(FactProblem) {
    self.text = text
    let found = try FactChecker.check(try FactParser.node(of: text))
    term = found.term
    type = found.type
  }

  /// Everything that can be asked, in the order in which help lists it.
  public static var table: [FactEntry] { FactEntry.all }

  /// The fields of all types of value.
  public static var fields: [FactField] { FactField.all }
}

extension Fact {
  /// What it says of that world, and the run that proves it. A problem means that it could not be checked.
  public func judged(in world: FactWorld) throws(FactProblem) -> Judged {
    var evaluator = FactEvaluator(world, text: text)
    let value = try evaluator.value(of: term)
    let isRefuted = value == .bool(false) && term.comparesSets
    return Judged(
      value: value, evidence: evaluator.witness(of: value), difference: isRefuted ? evaluator.difference : "")
  }
}

/// What a fact says, and what proves it.
public struct Judged: Equatable, Sendable {
  public let value: FactValue
  /// Commands that show it again, and what was seen.
  public let evidence: Evidence
  /// Where two sets should have been the same and are not, what only one of them has.
  let difference: String

  /// The same, for somebody who has the fact before them.
  public var withDifference: Judged {
    guard !difference.isEmpty else { return self }
    return Judged(
      value: value, evidence: Evidence(evidence.commands, saw: "\(difference); \(evidence.saw)"),
      difference: "")
  }
}
