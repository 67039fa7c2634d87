import Blueprint
import Course
import Inspector
import Simulator

extension Command {
  static let fogging: [Command] = [
    Command(
      "fog", .fail, sees: .outside, [.optional([.oneOf([[.word("on")], [.word("off")]])])],
      "Hide what is not seen from outside: what users get and monitoring tells is all that is told, until it lifts.",
      example: "chaos hidden seed 1; send 4 write; fog off",
      notes: [
        "on":
          "over the site as it stands, with all that is broken; lines begun with a blank are not kept for the arrow keys",
        "off": "the fog lifts, and what it hid is told",
      ],
      see: ["chaos", "repair", "alerts", "send"]
    ) { session, words throws(Complaint) in
      if words.has("on") { return try session.raiseFog() }
      return words.has("off") ? try session.liftFog() : session.weather
    }
  ]
}

extension Session {
  // MARK: Up and away

  fileprivate var weather: Answer {
    let words =
      isFoggy
      ? "Fog: only what users get and what monitoring tells is seen."
      : "No fog: all that the site is and does can be seen."
    return Answer([Line("  \(words)")], [JSON.Member("fog", .flag(isFoggy))])
  }

  fileprivate mutating func raiseFog() throws(Complaint) -> Answer {
    guard !isFoggy else {
      let cure = scene.fog?.isOfTask == true ? "solution" : "fog off"
      throw .untimely("there is fog already", hint: "\(cure) lifts it")
    }
    var new = scene
    new.hide()
    replace(with: new)
    return coming
  }

  private var coming: Answer {
    Answer([
      Line("Fog has come up: only what users get and what monitoring tells is seen."),
      Line("  send, hold, wait and alerts can be asked; fog off tells what it hid", .faint),
    ])
  }

  fileprivate mutating func liftFog() throws(Complaint) -> Answer {
    guard let fog = scene.fog, fog.isHere else { throw .untimely("there is no fog", hint: "fog on") }
    // Whoever skipped may come back and solve it still.
    guard !fog.isOfTask || ![.open, .skipped].contains(learning.study?.record?.status) else {
      throw .untimely("this fog belongs to the task", hint: "answer …, or solution, which lifts it")
    }
    var new = scene
    new.fog?.isHere = false
    replace(with: new)
    return Answer(scene.revelation, scene.hiddenMembers)
  }

  /// As it came up, with all that it hides.
  mutating func resetInFog() -> Answer {
    guard let fog = scene.fog else { return Answer() }
    var new = scene
    new.simulation = fog.start
    new.lastRun = nil
    replace(with: new)
    return Answer("The site as it was when the fog came up.")
  }

  // MARK: Hiding

  private static let mostDraws = 100

  /// Breaks what the seed draws: the first that users feel when all has settled, or else the first that can be.
  mutating func hideFault(seed: UInt64) throws(Complaint) -> Answer {
    let wasFoggy = isFoggy
    let drawn = scene.simulation.faults(drawnFrom: seed, Session.mostDraws)
    var chosen: Breakage?
    for fault in drawn where chosen == nil {
      guard goOn(0) else { throw .timeLimit }
      if scene.simulation.feels(fault, goOn) { chosen = fault }
    }
    var new = scene
    for fault in chosen.map({ [$0] }) ?? drawn {
      if (try? new.simulation.perform(.break(fault.target, fault.fault))) != nil { break }
    }
    new.hide()
    replace(with: new)
    let broken = Line("Something is broken now. What it is, the seed knows.")
    return wasFoggy ? afterOrder(Answer([broken])) : Answer([broken] + coming.lines)
  }
}

extension Simulation {
  /// Whether users feel it who would come when all has settled.
  fileprivate func feels(_ fault: Breakage, _ goOn: Simulation.GoOn) -> Bool {
    guard let trial = try? Trial(breaking: [Breakage.Plan(fault.target, fault.fault)], on: self, goOn: goOn)
    else {
      return false
    }
    return RequestKind.allCases.contains { kind in
      (try? trial.ask(kind, stopsAtFailure: true, goOn: goOn)).map { $0.failed > 0 } ?? false
    }
  }
}

// MARK: - What it was

extension Scene {
  /// What the fog hid, whether it has been mended meanwhile, and what the repairs were worth.
  var revelation: [Line] {
    guard let fog else { return [] }
    let now = simulation.faults
    var lines = [Line("The fog has lifted.")]
    for fault in fog.hidden {
      let mended = now.contains(fault) ? "" : "; it has been mended"
      lines.append(
        Line("  \(fault.sentence)\(mended)", mended.isEmpty ? .failed : .plain))
    }
    if fog.hidden.isEmpty { lines.append(Line("  it hid nothing that was broken")) }
    for fault in now where !fog.hidden.contains(fault) {
      lines.append(
        Line("  \(fault.sentence), since \(fault.since.clock)", .failed))
    }
    if fog.repairs > 0 {
      let times = fog.repairs == 1 ? "once" : "\(fog.repairs) times"
      let vain =
        fog.inVain == 0 ? "" : ", \(fog.inVain == fog.repairs ? "" : "\(fog.inVain) of them ")for nothing"
      lines.append(Line("  somebody was sent to repair \(times)\(vain)"))
    }
    return lines
  }

  var hiddenMembers: [JSON.Member] {
    guard let fog else { return [] }
    let hidden = fog.hidden.map { fault in
      JSON.object([
        JSON.Member("component", .string(fault.target.text)),
        JSON.Member("fault", .string(fault.fault.command)),
        JSON.Member("since_ms", .milliseconds(fault.since)),
        JSON.Member("mended", .flag(!simulation.faults.contains(fault))),
      ])
    }
    return [
      JSON.Member("hidden", .array(hidden)), JSON.Member("repairs", .integer(fog.repairs)),
      JSON.Member("repairs_for_nothing", .integer(fog.inVain)),
    ]
  }
}
