import Blueprint
import Course
import Inspector
import Simulator

/// The command that hides everything except what users can see.
enum FogCommands {
  static let table: [Command] = [
    Command(
      "fog", .fail, sees: .outside, [.optional([.oneOf([[.word("on")], [.word("off")]])])],
      "Hide what is not seen from outside: what users get and monitoring tells is all that is told, until it lifts.",
      example: "chaos hidden seed 1; send 4 write; fog off",
      notes: [
        "on":
          "over the site as it stands, with all that is broken; lines begun with a blank are not kept for the arrow keys",
        "off": "the fog lifts, and what it hid is told",
      ],
      see: ["chaos", "repair", "alerts", "send"],
      handler: .onTutor { tutor, words throws(Complaint) in
        if words.has("on") { return try raiseFog(&tutor.session) }
        return words.has("off") ? try liftFog(&tutor) : weather(tutor.session)
      })
  ]
}

extension FogCommands {
  private static func weather(_ session: Session) -> Answer {
    let words =
      session.isFoggy
      ? "Fog: only what users get and what monitoring tells is seen."
      : "No fog: all that the site is and does can be seen."
    return Answer([Line("  \(words)")], [JSON.Member(.fog, .flag(session.isFoggy))])
  }

  private static func raiseFog(_ session: inout Session) throws(Complaint) -> Answer {
    guard !session.isFoggy else {
      let cure = session.scene.fog?.isOfTask == true ? "solution" : "fog off"
      throw .notNow("there is fog already", hint: "\(cure) lifts it")
    }
    var new = session.scene
    new.hide()
    session.replace(with: new)
    return coming
  }

  private static var coming: Answer {
    Answer([
      Line("Fog has come up: only what users get and what monitoring tells is seen."),
      Line("  send, hold, wait and alerts can be asked; fog off tells what it hid", .faint),
    ])
  }

  private static func liftFog(_ tutor: inout Tutor) throws(Complaint) -> Answer {
    guard let fog = tutor.scene.fog, fog.isHere else { throw .notNow("there is no fog", hint: "fog on") }
    // A learner who skipped the task may still come back and solve it.
    guard !fog.isOfTask || ![.open, .skipped].contains(tutor.learner.study?.record?.status) else {
      throw .notNow("this fog belongs to the task", hint: "answer …, or solution, which lifts it")
    }
    var new = tutor.scene
    new.fog?.isHere = false
    tutor.session.replace(with: new)
    return Answer(tutor.scene.revelation, tutor.scene.hiddenMembers)
  }

  /// Restores the site at the start of the fog, with all hidden faults.
  static func reset(_ session: inout Session) -> Answer {
    guard let fog = session.scene.fog else { return Answer() }
    var new = session.scene
    new.simulation = fog.start
    new.lastRun = nil
    session.replace(with: new)
    return Answer("The site as it was when the fog came up.")
  }

  // MARK: Hidden faults

  private static let mostDraws = 100

  /// Injects a fault drawn with the seed: the first that makes requests fail once the site has settled. If
  /// there is none, injects the first possible fault.
  static func hideFault(_ session: inout Session, seed: UInt64) throws(Complaint) -> Answer {
    let wasFoggy = session.isFoggy
    let drawn = session.scene.simulation.faults(drawnFrom: seed, mostDraws)
    var chosen: InjectedFault?
    for fault in drawn where chosen == nil {
      guard session.shouldContinue(0) else { throw .timeLimit }
      if session.scene.simulation.feels(fault, session.shouldContinue) { chosen = fault }
    }
    var new = session.scene
    for fault in chosen.map({ [$0] }) ?? drawn {
      if (try? new.simulation.perform(.break(fault.target, fault.fault))) != nil { break }
    }
    new.hide()
    session.replace(with: new)
    let broken = Line("Something is broken now. What it is, the seed knows.")
    return wasFoggy ? session.afterOrder(Answer([broken])) : Answer([broken] + coming.lines)
  }
}

extension Simulation {
  /// Whether the fault makes requests fail once the site has settled.
  fileprivate func feels(_ fault: InjectedFault, _ shouldContinue: Simulation.ContinueCheck) -> Bool {
    guard
      let trial = try? Trial(
        breaking: [InjectedFault.Plan(fault.target, fault.fault)], on: self, shouldContinue: shouldContinue)
    else {
      return false
    }
    return RequestKind.allCases.contains { kind in
      (try? trial.ask(kind, stopsAtFailure: true, shouldContinue: shouldContinue)).map { $0.failed > 0 }
        ?? false
    }
  }
}
