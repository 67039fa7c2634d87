import Blueprint
import Facts
import Inspector
import Simulator

/// Judges answers to a question in one world. Nothing in that world changes by it.
public struct Judging: Sendable {
  public let question: Question
  public let world: FactWorld

  public init(_ question: Question, in world: FactWorld) {
    self.question = question
    self.world = world
  }

  /// The right answer, and the run that proves it.
  public struct Derived: Equatable, Sendable {
    public let value: FactValue
    public let evidence: Evidence
  }

  public func derived() throws(FactProblem) -> Derived {
    guard question.kind.isOfClaims else {
      let judged = try judged(question.expect?.text ?? "")
      return Derived(value: judged.value, evidence: judged.evidence)
    }
    var letters: [FactValue] = []
    var commands: [String] = []
    var seen: [String] = []
    for choice in question.choices {
      let judged = try judged(choice.fact.text)
      guard judged.value == .bool(true) else { continue }
      letters.append(.text(choice.letter))
      commands += judged.evidence.commands.filter { !commands.contains($0) }
      seen.append(judged.evidence.saw)
    }
    let evidence = Evidence(commands, saw: seen.joined(separator: "; "))
    if question.kind == .claims { return Derived(value: .set(FactSet(letters)), evidence: evidence) }
    guard letters.count == 1 else {
      throw FactProblem(
        letters.isEmpty ? "none of the claims holds here" : "more than one of the claims holds here",
        at: 0..<0)
    }
    return Derived(value: letters[0], evidence: evidence)
  }

  /// The value of a fact of the lesson. In a prediction `.answered` is a field of the run that it is about.
  public func judged(_ fact: String) throws(FactProblem) -> Judged {
    try world.judged(question.full(fact))
  }

  public func verdict(on text: String) -> Verdict {
    do throws(FactProblem) {
      let derived = try derived()
      let reader = AnswerReader(question, type: try type(), topology: world.now.topology)
      return try verdict(on: text, reader, derived)
    } catch {
      return .unchecked(error.message)
    }
  }

  /// The type of the right answer.
  public func type() throws(FactProblem) -> FactType {
    if question.kind.isOfClaims { return .text }
    return try Fact(question.full(question.expect?.text ?? "")).type
  }

  private func verdict(on text: String, _ reader: AnswerReader, _ derived: Derived) throws(FactProblem)
    -> Verdict
  {
    let given: Given
    do throws(Unreadable) {
      given = try reader.given(text)
    } catch {
      return .unreadable(error)
    }
    let comparison = Comparison(given.value, with: derived.value, question.within, world.now.topology)
    if case .unfit(let why) = comparison { return .unreadable(Unreadable(why, hint: reader.form)) }
    return comparison == .same
      ? .right(try confirmation(given, derived)) : .wrong(try refutation(given, derived, comparison))
  }
}

extension Question {
  /// The fact with the run that it leaves out: `.answered == 4` becomes `run(…).answered == 4`.
  public func full(_ fact: String) -> String {
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
