import Blueprint
import Course
import Facts
import Inspector
import Simulator

extension Session {
  /// What facts are asked about here: the site as it stands and as it was loaded, and what has been seen.
  func factWorld(start: Simulation? = nil) -> FactWorld {
    let nobody = self.forTrying
    return FactWorld(
      now: scene.simulation, start: start ?? learning.study?.start ?? scene.start, seen: seen,
      hidden: (scene.fog?.hidden ?? []).map { $0.target.text },
      run: { simulation, commands in nobody.tried(commands, on: simulation) }, goOn: goOn)
  }

  /// A copy that writes nothing, and in which no more than two facts are nested in each other's commands.
  private var forTrying: Session {
    var copy = self
    copy.depth += 6
    copy.isHypothesis = true
    // Whoever may ask for a fact is told the truth.
    copy.scene.fog = nil
    return copy
  }

  private func tried(_ commands: String, on simulation: Simulation) -> FactRun {
    guard depth < 16 else { return FactRun(refusal: "facts are nested too deeply in commands") }
    var copy = self
    copy.history = History()
    copy.scene.simulation = simulation
    var reply: Reply?
    for command in Session.commands(in: commands) {
      let done = copy.obey(command)
      if let failure = done.failure {
        return FactRun(refusal: "\(Sentences.clean(command)): \(failure.message)")
      }
      reply = done
    }
    return FactRun(
      reply: reply.map { reply in FactReply(reply.result) { reply.json } } ?? .none,
      after: copy.scene.simulation)
  }

  /// Reads and judges a fact that stands at that place of the line.
  func judged(_ text: String, at place: Int) throws(Complaint) -> Judged {
    do {
      return try Fact(text).judged(in: factWorld()).withDifference
    } catch {
      throw .fact(error, at: place)
    }
  }
}
