import Blueprint
import Course
import Inspector
import Simulator

/// The command `fog`, which hides everything except what users can see.
enum FogCommands {
  static let table: [Command] = [
    Command(
      "fog", .fail, reveals: .outside, [.optional([.oneOf([[.word("on")], [.word("off")]])])],
      "Hide everything except what users and monitoring see.",
      example: "chaos hidden seed 1; send 4 write; fog off",
      notes: [
        "on":
          "hides the site as it is; lines that begin with a space stay out of the line history",
        "off": "lifts the fog and shows what it hid",
      ],
      see: ["chaos", "repair", "alerts", "send"],
      handler: .onTutor { tutor, words throws(Complaint) in
        if words.has("on") { return try raiseFog(&tutor.session) }
        return words.has("off") ? try liftFog(&tutor) : fogStatus(tutor.session)
      })
  ]
}

extension FogCommands {
  private static func fogStatus(_ session: Session) -> CommandResponse {
    let words =
      session.isFoggy
      ? "Fog: you see only what users and monitoring see."
      : "No fog: you see everything on the site."
    return CommandResponse([Line("  \(words)")], [JSON.Member(.fog, .flag(session.isFoggy))])
  }

  private static func raiseFog(_ session: inout Session) throws(Complaint) -> CommandResponse {
    guard !session.isFoggy else {
      let exitCommand = session.loadedSite.fog?.isRaisedByTask == true ? "solution" : "fog off"
      throw .notNow("there is fog already", hint: "type `\(exitCommand)` to lift it")
    }
    var new = session.loadedSite
    new.hide()
    session.replace(with: new)
    return fogRaisedResponse
  }

  private static var fogRaisedResponse: CommandResponse {
    CommandResponse([
      Line("Fog has come up: you see only what users and monitoring see."),
      Line("  Type `send`, `hold`, `wait` or `alerts`; `fog off` shows what the fog hid.", .faint),
    ])
  }

  private static func liftFog(_ tutor: inout Tutor) throws(Complaint) -> CommandResponse {
    guard let fog = tutor.loadedSite.fog, fog.isActive else {
      throw .notNow("there is no fog", hint: "type `fog on`")
    }
    // A learner who skipped the task may still come back and solve it.
    guard !fog.isRaisedByTask || ![.open, .skipped].contains(tutor.learner.study?.record?.status) else {
      throw .notNow("this fog belongs to the task", hint: "answer the question, or type `solution`")
    }
    var new = tutor.loadedSite
    new.fog?.isActive = false
    tutor.session.replace(with: new)
    return CommandResponse(tutor.loadedSite.revealedLines, tutor.loadedSite.hiddenMembers)
  }

  /// Restores the site as it was at the start of the fog, including all hidden faults.
  static func reset(_ session: inout Session) -> CommandResponse {
    guard let fog = session.loadedSite.fog else { return CommandResponse() }
    var new = session.loadedSite
    new.simulation = fog.start
    new.lastRun = nil
    session.replace(with: new)
    return CommandResponse("The site is as it was when the fog came up.")
  }

  // MARK: Hidden faults

  private static let mostSamples = 100

  /// Injects a random fault, chosen by the seed: the first that makes requests fail once the site has
  /// settled. If none does, injects the first fault that is possible.
  static func hideFault(_ session: inout Session, seed: UInt64) throws(Complaint) -> CommandResponse {
    let wasFoggy = session.isFoggy
    let sampled = session.loadedSite.simulation.faults(sampledFrom: seed, mostSamples)
    var chosen: InjectedFault?
    for fault in sampled where chosen == nil {
      guard session.shouldContinue(0) else { throw .timeLimit }
      if session.loadedSite.simulation.isAffected(fault, session.shouldContinue) { chosen = fault }
    }
    var new = session.loadedSite
    for fault in chosen.map({ [$0] }) ?? sampled {
      if (try? new.simulation.perform(.break(fault.target, fault.fault))) != nil { break }
    }
    new.hide()
    session.replace(with: new)
    let broken = Line("One component has a hidden fault now.")
    return wasFoggy
      ? session.hidingOutcomeInFog(CommandResponse([broken]))
      : CommandResponse([broken] + fogRaisedResponse.lines)
  }
}

extension Simulation {
  /// Whether the fault makes any kind of request fail once the site has settled.
  fileprivate func isAffected(_ fault: InjectedFault, _ shouldContinue: Simulation.ContinueCheck) -> Bool {
    guard
      let trial = try? Trial(
        breaking: [InjectedFault.Plan(fault.target, fault.fault)], on: self, shouldContinue: shouldContinue)
    else {
      return false
    }
    return RequestKind.allCases.contains { kind in
      (try? trial.send(kind, stopsAtFailure: true, shouldContinue: shouldContinue)).map { $0.failed > 0 }
        ?? false
    }
  }
}
