import Blueprint
import Course
import Facts
import Inspector
import Simulator

/// Evaluates facts about the current site. Commands in facts run on copies of the tutor.
extension Tutor {
  /// Returns the context in which facts are judged: the current site, the site as loaded, and the events so
  /// far.
  func factContext(start: Simulation? = nil) -> FactContext {
    let experimenter = experimentCopy
    return FactContext(
      current: loadedSite.simulation, start: start ?? learner.study?.start ?? loadedSite.start,
      seen: session.seen,
      hidden: (loadedSite.fog?.hidden ?? []).map { $0.target.text },
      run: { simulation, commands in experimenter.run(commands, on: simulation) },
      shouldContinue: session.shouldContinue)
  }

  /// Returns the context in which the facts of a task are judged. A question is judged on the site as it was
  /// when it was asked, a goal on the current site.
  func factContext(of study: Study) -> FactContext {
    var author = self
    author.loadedSite = learner.questionSite ?? loadedSite
    author.session.limits = session.limits.ofAuthor
    var context = author.factContext(start: study.start)
    context.seen = study.seen
    if depth == 0, !session.isTrial, learner.lessonBeforePlay == nil {
      context.memory = factMemories?.memory(of: author.loadedSite, study, seen: session.seen)
    }
    return context
  }

  /// A copy for experiments, which writes nothing. Its greater depth limits how deeply facts and commands can
  /// be nested in each other.
  private var experimentCopy: Tutor {
    var copy = self
    copy.depth += 6
    if !copy.session.isRehearsal { copy.session.purpose = .trial }
    // The copy has no fog, so that a fact is judged on the real state of the site.
    copy.loadedSite.fog = nil
    return copy
  }

  private func run(_ commands: String, on simulation: Simulation) -> FactRun {
    guard depth < Tutor.deepestNesting else {
      return FactRun(refusal: "facts are nested too deeply in commands")
    }
    var copy = self
    copy.history = History()
    copy.loadedSite.simulation = simulation
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
      after: copy.loadedSite.simulation)
  }

  /// Reads and judges a fact. `position` is the position of the fact's first character in the line.
  func evaluated(_ text: String, at position: Int) throws(Complaint) -> EvaluatedFact {
    do {
      return try Fact(text).evaluated(in: factContext()).withDifference
    } catch {
      throw .fact(error, at: position)
    }
  }

  // MARK: Claims

  /// The claims of the loaded design, each judged on the current site.
  public var designVerdicts: [DesignVerdict] { loadedSite.claims.map { verdict(on: $0) } }

  func verdict(on claim: Claim) -> DesignVerdict {
    do {
      return DesignVerdict(claim: claim, evaluated: try claim.evaluated(in: factContext()), problem: nil)
    } catch {
      return DesignVerdict(claim: claim, evaluated: nil, problem: error)
    }
  }
}
