import Course
import Facts
import Inspector

@testable import Shell

/// Evaluates the fact on the last line, on the site built by the commands before it.
enum FactsTarget {
  static func run(_ text: String) {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    guard let text = lines.popLast() else { return }
    var session = FuzzSessions.session(work: 60)
    for command in lines.flatMap(Tutor.commands).prefix(6) { _ = session.checked(command) }
    session = session.withWorkLimit(to: 3)
    switch read(text) {
    case .success(let fact): evaluate(fact, in: session)
    case .failure: break
    }
    for command in ["assert \(text)", "show \(text)"] {
      session.completion(of: command).requireWellFormed(for: command)
      _ = session.checked(command)
    }
  }

  private static func read(_ text: String) -> Result<Fact, FactProblem> {
    do {
      return .success(try Fact(text))
    } catch {
      check(error, of: text)
      return .failure(error)
    }
  }

  private static func check(_ problem: FactProblem, of text: String) {
    require(
      problem.position.lowerBound >= 0 && problem.position.upperBound <= max(text.count, 1),
      "the position \(problem.position) lies outside the fact \(text.debugDescription)")
    require(!problem.message.isEmpty, "\(text.debugDescription) is no fact, without a word")
  }

  private static func evaluate(_ fact: Fact, in session: Tutor) {
    let result = evaluation(of: fact, in: session)
    require(
      result == evaluation(of: fact, in: session),
      "judged twice, it is another: \(fact.text.debugDescription)"
    )
    guard case .success(let evaluated) = result else { return }
    require(
      JSONChecker.isValid(evaluated.value.json.text), "its JSON is invalid: \(evaluated.value.json.text)")
    checkEvidence(evaluated, of: fact, in: session)
  }

  private static func evaluation(of fact: Fact, in session: Tutor) -> Result<EvaluatedFact, FactProblem> {
    session.allowNextCheck()
    do throws(FactProblem) {
      return .success(try fact.evaluated(in: session.factContext()))
    } catch {
      check(error, of: fact.text)
      return .failure(error)
    }
  }

  /// Checks that the commands of the evidence can be typed.
  private static func checkEvidence(_ evaluated: EvaluatedFact, of fact: Fact, in session: Tutor) {
    for command in evaluated.evidence.commands.prefix(3) {
      var copy = session
      let reply = copy.checked(command)
      guard let code = reply.failure?.code else { continue }
      require(
        !["bad-input", "unknown-command"].contains(code),
        "the evidence \(command.debugDescription) of \(fact.text.debugDescription) is no command: \(reply.failure?.message ?? "")"
      )
    }
  }
}
