import Inspector

/// A fact that has been parsed and whose types have been checked. Evaluating it does not change the site.
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

  /// Every fact, in the order in which help lists them.
  public static var table: [FactEntry] { FactEntry.all }

  /// The fields of values of every type.
  public static var fields: [FactField] { FactField.all }
}

extension Fact {
  /// Evaluates the fact. A thrown problem means that the fact could not be evaluated, not that it is false.
  public func evaluated(in context: FactContext) throws(FactProblem) -> EvaluatedFact {
    var evaluator = FactEvaluator(context, text: text)
    let value = try evaluator.value(of: term)
    let isRefuted = value == .bool(false) && term.comparesSets
    return EvaluatedFact(
      value: value, evidence: evaluator.evidence(of: value), difference: isRefuted ? evaluator.difference : ""
    )
  }
}

extension FactContext {
  /// Evaluates a fact, or returns its stored value if the memory has one.
  public func evaluated(_ fact: String) throws(FactProblem) -> EvaluatedFact {
    if let known = memory?[fact] { return known }
    let evaluated = try Fact(fact).evaluated(in: self)
    memory?[fact] = evaluated
    return evaluated
  }
}
