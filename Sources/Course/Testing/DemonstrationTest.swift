import Facts
import Inspector
import Simulator

/// Plays a demonstration as a teacher would.
struct DemonstrationTest {
  private let demonstration: Demonstration

  init(_ demonstration: Demonstration) { self.demonstration = demonstration }

  /// Returns the first problem and its position, or nil if there is none.
  func problem<Runner: LessonRunner>(on runner: inout Runner) -> (position: FilePosition, message: [String])?
  {
    var hasChange = false
    for step in demonstration.steps {
      runner.allowNextCheck()
      if let question = step.question, let problem = DemonstrationTest.problem(with: question, on: runner) {
        return (question.position, [problem])
      }
      let before = runner.simulation
      if let failure = runner.playAll(step.run.text).failure {
        return (step.run.position, ["“\(step.run.text)” is refused: \(failure)"])
      }
      hasChange = hasChange || runner.simulation != before
    }
    return hasChange
      ? nil : (demonstration.position, ["nothing in it changes the site, so there is nothing to guess"])
  }

  /// Returns the reason if the model cannot answer a question to the class.
  private static func problem<Runner: LessonRunner>(with question: Question, on runner: Runner) -> String? {
    do throws(FactProblem) {
      let judging = AnswerJudge(question, in: runner.factContext)
      let type = try judging.type()
      guard question.kind.fits(type) else {
        return "\(type.words) is no answer of kind \(question.kind.rawValue)"
      }
      _ = try judging.shown(try judging.derived())
      return nil
    } catch {
      return "what the class is asked cannot be decided: \(error.message)"
    }
  }
}
