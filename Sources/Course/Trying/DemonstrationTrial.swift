import Facts
import Simulator

/// Plays a demonstration as a teacher would who has no questions from the class.
struct DemonstrationTrial {
  private let demonstration: Demonstration

  init(_ demonstration: Demonstration) { self.demonstration = demonstration }

  /// The first thing that does not go as it should, and where; nil where all does.
  func trouble<Ground: Playground>(on ground: inout Ground) -> (place: Place, message: [String])? {
    var hasDeed = false
    for step in demonstration.steps {
      ground.allowNextCheck()
      if let question = step.question, let trouble = DemonstrationTrial.trouble(with: question, on: ground) {
        return (question.place, [trouble])
      }
      let before = ground.simulation
      if let failure = ground.playAll(step.run.text).failure {
        return (step.run.place, ["“\(step.run.text)” is refused: \(failure)"])
      }
      hasDeed = hasDeed || ground.simulation != before
    }
    return hasDeed
      ? nil : (demonstration.place, ["nothing in it changes the site, so there is nothing to guess"])
  }

  /// Why the model has no answer where the class is asked.
  private static func trouble<Ground: Playground>(with question: Question, on ground: Ground) -> String? {
    do throws(FactProblem) {
      let judging = Judging(question, in: ground.factWorld)
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
