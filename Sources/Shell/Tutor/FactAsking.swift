import Blueprint
import Course
import Facts
import Inspector
import Simulator

/// Facts about the site at hand. What they run is obeyed by copies of the tutor.
extension Tutor {
  /// What facts are asked about: the site as it is and as it was loaded, and what has been seen.
  func factWorld(start: Simulation? = nil) -> FactWorld {
    let experimenter = forExperiments
    return FactWorld(
      now: scene.simulation, start: start ?? learner.study?.start ?? scene.start, seen: session.seen,
      hidden: (scene.fog?.hidden ?? []).map { $0.target.text },
      run: { simulation, commands in experimenter.ran(commands, on: simulation) }, goOn: session.goOn)
  }

  /// What the facts of a task are asked about.
  func factWorld(of study: Study) -> FactWorld {
    var author = self
    author.session.limits = session.limits.ofAuthor
    var world = author.factWorld(start: study.start)
    world.seen = study.seen
    if depth == 0, !session.isTrial, learner.parked == nil {
      world.memory = factMemories?.memory(of: scene, study, seen: session.seen)
    }
    return world
  }

  /// A copy that writes nothing, and in which at most two facts are nested in each other's commands.
  private var forExperiments: Tutor {
    var copy = self
    copy.depth += 6
    copy.session.purpose = .trial
    // A person who may ask for a fact is told the truth.
    copy.scene.fog = nil
    return copy
  }

  private func ran(_ commands: String, on simulation: Simulation) -> FactRun {
    guard depth < Tutor.deepest else { return FactRun(refusal: "facts are nested too deeply in commands") }
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

  /// Reads and judges a fact that begins at that character of the line.
  func judged(_ text: String, at place: Int) throws(Complaint) -> Judged {
    do {
      return try Fact(text).judged(in: factWorld()).withDifference
    } catch {
      throw .fact(error, at: place)
    }
  }

  // MARK: Claims

  /// The claims of the design that is loaded, each judged on the site as it is.
  public var designVerdicts: [DesignVerdict] { scene.claims.map { verdict(on: $0) } }

  func verdict(on claim: Claim) -> DesignVerdict {
    do {
      return DesignVerdict(claim: claim, judged: try claim.judged(in: factWorld()), problem: nil)
    } catch {
      return DesignVerdict(claim: claim, judged: nil, problem: error)
    }
  }
}
