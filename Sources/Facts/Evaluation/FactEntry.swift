import Blueprint

/// An entry in the table of facts: the name, the parameters, the type, and how the fact is evaluated.
public struct FactEntry: Sendable {
  public let name: String
  public let parameters: [FactParameter]
  public let type: FactType
  /// The meaning of the fact, in one line that begins in lower case.
  public let meaning: String
  /// An example that has an informative value on the design `textbook`.
  public let example: String
  /// Whether `at RATE` may follow the fact.
  public let takesRate: Bool
  /// Whether `by FAULT` may follow the fact.
  public let takesFault: Bool
  let evaluation: Evaluation

  typealias Evaluate = @Sendable (inout FactEvaluator, FactArguments) throws(FactProblem) -> FactValue
  typealias EnterSite = @Sendable (inout FactEvaluator, FactArguments) throws(FactProblem) -> FactSite

  enum Evaluation: Sendable {
    case value(Evaluate)
    /// The fact leads to another site, on which further facts can be evaluated.
    case site(EnterSite)
  }

  init(
    _ name: String, taking parameters: [FactParameter] = [], _ type: FactType, _ meaning: String,
    example: String? = nil, takesRate: Bool = false, takesFault: Bool = false, evaluate: @escaping Evaluate
  ) {
    self.name = name
    self.parameters = parameters
    self.type = type
    self.meaning = meaning
    self.example = example ?? name
    self.takesRate = takesRate
    self.takesFault = takesFault
    evaluation = .value(evaluate)
  }

  init(
    _ name: String, taking parameters: [FactParameter] = [], leadingTo type: FactType, _ meaning: String,
    example: String, enter: @escaping EnterSite
  ) {
    self.name = name
    self.parameters = parameters
    self.type = type
    self.meaning = meaning
    self.example = example
    takesRate = false
    takesFault = false
    evaluation = .site(enter)
  }

  /// Whether the fact can be used without arguments.
  var isComplete: Bool { parameters.allSatisfy { $0.isOptional } }

  public var usage: String {
    let words = parameters.map { $0.isOptional ? "[\($0.name)]" : $0.name }.joined(separator: ", ")
    return name + (parameters.isEmpty ? "" : "(\(words))") + (takesRate ? " [at RATE]" : "")
      + (takesFault ? " [by FAULT]" : "")
  }

  /// The names of faults that may follow `by`.
  public static let faults = FaultKind.allCases.map { $0.rawValue }

  static func named(_ name: String) -> FactEntry? { all.first { $0.name == name } }
}
