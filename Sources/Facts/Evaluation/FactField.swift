import Blueprint
import Inspector

/// A field of a value: `.answered` in `run(send 4).answered`, `.count` in `spofs(read).count`.
public struct FactField: Sendable {
  public let name: String
  public let subject: Subject
  public let parameters: [FactParameter]
  /// Returns the type of the field, given the element type of the set or list that has the field.
  let type: @Sendable (FactType) -> FactType
  public let meaning: String
  /// An example that has an informative value on the design `textbook`.
  public let example: String
  let evaluate: @Sendable (inout FactEvaluator, FactValue, FactArguments) throws(FactProblem) -> FactValue

  public enum Subject: String, CaseIterable, Sendable {
    case run, latency, request, counts, collection, component
    /// A member of a reply for which there is no other field.
    case reply

    /// An example of a fact whose value has these fields.
    fileprivate var exampleSubject: String {
      switch self {
      case .run, .reply: "run(send 4 write)"
      case .latency: "run(send 4).latency"
      case .request: "run(send 4 read).requests[0]"
      case .counts: "run(send 4).by_server"
      case .collection: "spofs(write)"
      case .component: "server-1"
      }
    }
  }

  static func named(_ name: String, of type: FactType) -> FactField? {
    guard let subject = subject(of: type) else { return nil }
    return all.first { $0.name == name && $0.subject == subject }
  }

  /// Returns the names of the fields that values of a type have.
  static func names(of type: FactType) -> [String] {
    subject(of: type).map { subject in all.filter { $0.subject == subject }.map { $0.name } } ?? []
  }

  private static func subject(of type: FactType) -> Subject? {
    switch type {
    case .run: .run
    case .latency: .latency
    case .request: .request
    case .counts: .counts
    case .set, .list: .collection
    case .component: .component
    case .replyValue: .reply
    case .bool, .number, .duration, .rate, .status, .kind, .text, .word, .site, .anything: nil
    }
  }

  public var usage: String {
    parameters.isEmpty ? ".\(name)" : ".\(name)(\(parameters.map { $0.name }.joined(separator: ", ")))"
  }

  /// The type of the field in words. It leaves the type of elements open.
  public var typeWords: String {
    switch type(.anything) {
    case .anything: "an element"
    case .set(.anything): "a set"
    case let type: type.words
    }
  }

  init(
    _ name: String, of subject: Subject, taking parameters: [FactParameter] = [], _ type: FactType,
    _ meaning: String, example: String? = nil,
    evaluate:
      @escaping @Sendable (inout FactEvaluator, FactValue, FactArguments) throws(FactProblem) -> FactValue
  ) {
    self.init(
      name, of: subject, taking: parameters, typed: { _ in type }, meaning, example: example,
      evaluate: evaluate)
  }

  init(
    _ name: String, of subject: Subject, taking parameters: [FactParameter] = [],
    typed type: @escaping @Sendable (FactType) -> FactType, _ meaning: String, example: String? = nil,
    evaluate:
      @escaping @Sendable (inout FactEvaluator, FactValue, FactArguments) throws(FactProblem) -> FactValue
  ) {
    self.name = name
    self.subject = subject
    self.parameters = parameters
    self.type = type
    self.meaning = meaning
    self.example = example ?? "\(subject.exampleSubject).\(name)"
    self.evaluate = evaluate
  }
}
