import Blueprint
import Inspector
import Simulator

/// While there is fog, only what is seen from outside is told of a site. What it hides is remembered when it has lifted.
struct Fog: Equatable, Sendable {
  /// Whether it is still there.
  var isHere = true
  /// What was broken when it came up, and what chaos has hidden in it since.
  private(set) var hidden: [Breakage]
  /// The site when it came up, or when something was hidden last; `reset` leads there.
  var start: Simulation { kept.value }
  private var kept: Boxed<Simulation>
  /// Whether the task of a lesson brought it: then it lifts when the task is over.
  var isOfTask = false
  /// How often somebody was sent to repair something, and how often there was nothing to repair.
  private(set) var repairs = 0
  private(set) var inVain = 0

  init(over site: Simulation) {
    hidden = site.faults
    kept = .of(site)
  }

  /// Something more is hidden on the site.
  mutating func hide(on site: Simulation) {
    hidden += site.faults.filter { !start.faults.contains($0) && !hidden.contains($0) }
    kept = .of(site)
  }

  mutating func countRepair(isInVain: Bool) {
    repairs += 1
    if isInVain { inVain += 1 }
  }

  /// How long it takes until somebody is there and has mended what is broken.
  static let repairing = Span.seconds(60)
}

extension Scene {
  var isFoggy: Bool { fog?.isHere == true }

  /// Fog comes up, or what has just been broken is hidden by the fog that is there.
  mutating func hide() {
    if isFoggy { fog?.hide(on: simulation) } else { fog = Fog(over: simulation) }
  }
}

extension Session {
  public var isFoggy: Bool { scene.isFoggy }

  /// What is known to be built, for reading and offering words. Which database has which role can change by itself, so
  /// fog hides it.
  var knownTopology: Topology {
    var topology = scene.simulation.topology
    if isFoggy { topology.forgetRoles() }
    return topology
  }

  /// Refuses what the fog hides.
  func checkSight(of command: Command, _ words: Arguments) throws(Complaint) {
    guard let fog = scene.fog, fog.isHere else { return }
    var hidden = command.sight.hidden(saying: words)
    if case .elsewhere = command.sight, !learning.isArranging { hidden = .past }
    guard let hidden else { return }
    throw .hidden(command.name, hidden, lifts: fog.isOfTask ? "solution" : "fog off")
  }

  /// What came of an order; in the fog nobody sees that, and it was given all the same.
  func afterOrder(_ answer: Answer) -> Answer {
    guard isFoggy else { return answer }
    return Answer(
      answer.lines + [Line("Done. What has come of it, nobody sees.", .faint)], events: answer.events)
  }

  /// All of it, or nothing.
  private mutating func asOneStep(
    _ deeds: (inout Session) throws(Complaint) -> Outcome
  ) throws(Complaint) -> Outcome {
    let before = self
    beginScript(line)
    do {
      let outcome = try deeds(&self)
      endScript()
      return outcome
    } catch {
      self = before
      throw error
    }
  }

  /// Sends somebody who mends what is broken there, if anything is. Nobody hears whether it was.
  mutating func sendToRepair(_ target: Breakable, about word: Word?) throws(Complaint) -> Answer {
    do { _ = try scene.simulation.topology.faults(of: target) } catch { throw .problem(error, word) }
    var copy = scene.simulation
    let isInVain = (try? copy.perform(.repair(target))) == nil
    let outcome = try asOneStep { (session) throws(Complaint) in
      _ = try session.perform(.at(Fog.repairing, .repair(target), text: "repair \(target.text)"))
      return try session.perform(.wait(Fog.repairing))
    }
    scene.fog?.countRepair(isInVain: isInVain)
    let clock = scene.simulation.time.clock
    return Answer(
      outcome.events.map { $0.line } + [
        Line("Somebody went there: whatever was broken at \(target.text) is mended."),
        Line("  that took a minute; it is \(clock) now", .faint),
      ], events: outcome.events)
  }
}
