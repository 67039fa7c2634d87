import Blueprint
import Facts
import Inspector
import Simulator

/// Judges answers to a question on one site, without changing that site.
public struct AnswerJudge: Sendable {
  public let question: Question
  public let context: FactContext

  public init(_ question: Question, in context: FactContext) {
    self.question = question
    self.context = context
  }

  /// The right answer, and the run that shows it.
  public struct DerivedAnswer: Equatable, Sendable {
    public let value: FactValue
    public let evidence: Evidence
  }

  public func derived() throws(FactProblem) -> DerivedAnswer {
    guard question.kind.isOfClaims else {
      let evaluated = try evaluated(question.expect?.text ?? "")
      return DerivedAnswer(value: evaluated.value, evidence: evaluated.evidence)
    }
    var letters: [FactValue] = []
    var commands: [String] = []
    var seen: [String] = []
    for choice in question.choices {
      let evaluated = try evaluated(choice.fact.text)
      guard evaluated.value == .bool(true) else { continue }
      letters.append(.text(choice.letter))
      commands += evaluated.evidence.commands.filter { !commands.contains($0) }
      seen.append(evaluated.evidence.observation)
    }
    let evidence = Evidence(commands, observation: seen.joined(separator: "; "))
    if question.kind == .claims { return DerivedAnswer(value: .set(FactSet(letters)), evidence: evidence) }
    guard letters.count == 1 else {
      throw FactProblem(
        letters.isEmpty ? "none of the claims holds here" : "more than one of the claims holds here",
        at: 0..<0)
    }
    return DerivedAnswer(value: letters[0], evidence: evidence)
  }

  /// Returns the value of a fact. In a prediction, `.answered` is a field of the run in question.
  public func evaluated(_ fact: String) throws(FactProblem) -> EvaluatedFact {
    try context.evaluated(question.fullFact(fact))
  }

  public func verdict(on text: String) -> AnswerVerdict {
    do throws(FactProblem) {
      let derived = try derived()
      let reader = AnswerReader(question, type: try type(), topology: context.current.topology)
      return try verdict(on: text, reader, derived)
    } catch {
      return .unchecked(error.message)
    }
  }

  /// Returns the type of the right answer.
  public func type() throws(FactProblem) -> FactType {
    if question.kind.isOfClaims { return .text }
    return try Fact(question.fullFact(question.expect?.text ?? "")).type
  }

  private func verdict(on text: String, _ reader: AnswerReader, _ derived: DerivedAnswer) throws(FactProblem)
    -> AnswerVerdict
  {
    let given: GivenAnswer
    do throws(UnreadableAnswer) {
      given = try reader.answer(from: text)
    } catch {
      return .unreadable(error)
    }
    let comparison = AnswerComparison(
      given.value, with: derived.value, question.within, context.current.topology)
    if case .unfit(let why) = comparison { return .unreadable(UnreadableAnswer(why, hint: reader.form)) }
    if let host = bareHost(given.value, derived.value) {
      let why = context.current.topology.componentQuestion(about: host)
      return .unreadable(UnreadableAnswer(why, hint: reader.form))
    }
    return comparison == .same
      ? .right(try confirmation(given, derived)) : .wrong(try refutation(given, derived, comparison))
  }
}

extension AnswerJudge {
  /// Returns the host that was named although a component was asked for, unless the author wrote feedback for
  /// that.
  private func bareHost(_ given: FactValue, _ derived: FactValue) -> String? {
    guard case .component(let host) = given, case .component(let name) = derived, name.contains("."),
      let parts = context.current.topology.host(named: host)?.parts, parts.count > 1,
      !question.remarks.contains(where: { $0.values.contains { $0.text == host } })
    else { return nil }
    return host
  }
}

extension Question {
  /// Returns the fact with the run in question added: `.answered == 4` becomes `run(…).answered == 4`.
  public func fullFact(_ fact: String) -> String {
    guard let run else { return fact }
    var text = ""
    var before: Character = " "
    var isQuoted = false
    let characters = Array(fact)
    for (i, character) in characters.enumerated() {
      if character == "\"" { isQuoted.toggle() }
      let next = i + 1 < characters.count ? characters[i + 1] : " "
      let begins = !isQuoted && character == "." && next.isLetter && " ({[,=<>+-*/".contains(before)
      text += begins ? "run(\(run.text))." : String(character)
      before = character
    }
    return text
  }
}
