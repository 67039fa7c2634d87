import Blueprint

/// A fact of the table: its name, its parameters, its type and how it is evaluated.
public struct FactEntry: Sendable {
  public let name: String
  public let parameters: [FactParameter]
  public let type: FactType
  /// One line in lower case.
  public let meaning: String
  /// An example with a meaningful value on the design `textbook`.
  public let example: String
  /// Whether `at RATE` may follow.
  public let takesRate: Bool
  /// Whether `by FAULT` may follow.
  public let takesFault: Bool
  let evaluation: Evaluation

  typealias Evaluate = @Sendable (inout FactEvaluator, FactArguments) throws(FactProblem) -> FactValue
  typealias EnterSite = @Sendable (inout FactEvaluator, FactArguments) throws(FactProblem) -> FactView

  enum Evaluation: Sendable {
    case value(Evaluate)
    /// Leads to another site, on which further facts can be evaluated.
    case site(EnterSite)
  }

  init(
    _ name: String, asks parameters: [FactParameter] = [], _ type: FactType, _ meaning: String,
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
    _ name: String, asks parameters: [FactParameter] = [], entering type: FactType, _ meaning: String,
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
  var isWhole: Bool { parameters.allSatisfy { $0.isOptional } }

  public var usage: String {
    let words = parameters.map { $0.isOptional ? "[\($0.name)]" : $0.name }.joined(separator: ", ")
    return name + (parameters.isEmpty ? "" : "(\(words))") + (takesRate ? " [at RATE]" : "")
      + (takesFault ? " [by FAULT]" : "")
  }

  /// The words that may follow `by`.
  public static let faults = [
    "crash", "hang", "slow", "power", "cut", "bad-release", "disk-full", "expired",
  ]

  static func named(_ name: String) -> FactEntry? { all.first { $0.name == name } }
}
