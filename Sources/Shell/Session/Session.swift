import Facts
import Blueprint
import Inspector
import Simulator

/// A site, the steps that were taken on it, and how much work may still be done.
///
/// A session is a value. A copy is an experiment: it leaves the session as it is.
public struct Session: Sendable {
  public static let version = "1.0.0"

  let designs: DesignCatalog
  var screen = Screen()
  var limits: Limits
  var scene: Scene
  var history = History()
  var purpose = Purpose.live
  /// The command that is being obeyed, as typed.
  var line = ""
  /// The names of the events that were seen, for facts. What copies see is not among them.
  var seen: [String] = []
  /// The events that were seen since `takeSightings` was last called.
  private var sightings: [String] = []
  /// The scripts that are running, and where in the history each began.
  private var scripts: [(command: String, start: History.ScriptStart)] = []

  /// What the commands are obeyed for.
  enum Purpose: Equatable, Sendable {
    /// The site at hand is to be changed.
    case live
    /// Something is tried on a copy, for which nothing else is tried in turn.
    case trial
    /// A command is only read, to learn which action it would perform.
    case rehearsal(Action?)
  }

  init(_ scene: Scene, designs: DesignCatalog, limits: Limits) {
    self.scene = scene
    self.designs = designs
    self.limits = limits
  }

  /// The commands of a line.
  public static func commands(in line: String) -> [String] { Words.commands(in: line) }

  /// The function that long work calls to find out whether to continue.
  var goOn: WorkCheck { limits.goOn }

  /// Changes after each command that did something to the site.
  var revision: Int { history.revision }

  /// Whether this is a copy on which something is tried.
  var isTrial: Bool { purpose != .live }

  var isRehearsal: Bool { if case .rehearsal = purpose { true } else { false } }

  /// Whether only what is seen from outside may be told.
  var isFoggy: Bool { scene.isFoggy }

  /// The topology as far as it is known, for reading and offering words. The roles of database nodes can change by
  /// themselves, so fog hides them.
  var knownTopology: Topology {
    var topology = scene.simulation.topology
    if isFoggy { topology.forgetRoles() }
    return topology
  }

  /// How a request ended, or where it is; in fog its place is hidden.
  func whereabouts(of record: Record) -> String {
    isFoggy && record.end == nil ? "is open" : record.whereabouts
  }

  /// What is told of an order. In fog its outcome is hidden, though it was given all the same.
  func afterOrder(_ answer: Answer) -> Answer {
    guard isFoggy else { return answer }
    return Answer(
      answer.lines + [Line("Done. What has come of it, nobody sees.", .faint)], events: answer.events)
  }

  // MARK: Steps

  /// Performs an action on the site, as a step that can be undone.
  mutating func perform(_ action: Action, about word: Word? = nil) throws(Complaint) -> Outcome {
    if case .send(let sending) = action, sending.count > limits.requests { throw .tooMuchWork }
    guard !isRehearsal else {
      purpose = .rehearsal(action)
      return Outcome()
    }
    history.prepare(scene)
    let before = scene.simulation.workDone
    do {
      let outcome = try scene.perform(action, goOn: goOn)
      note(FactEvent.names(in: outcome))
      history.add(line, .action(action), work: scene.simulation.workDone - before + 1)
      return isFoggy ? outcome.fromOutside : outcome
    } catch {
      guard isFoggy, error.tellsOfInside else { throw Complaint(error, about: word) }
      // The fog hides that the action failed, so it counts as a step.
      history.add(line, .scene(scene), work: 1)
      return Outcome()
    }
  }

  /// Puts another scene in place of this one, as a step that can be undone.
  mutating func replace(with new: Scene) {
    history.prepare(scene)
    scene = new
    history.add(line, .scene(new), work: 1)
  }

  /// Performs several actions as one step. If one of them fails, none was performed.
  mutating func performAsOneStep(
    _ actions: (inout Session) throws(Complaint) -> Outcome
  ) throws(Complaint) -> Outcome {
    let before = self
    beginScript(line)
    do {
      let outcome = try actions(&self)
      endScript()
      return outcome
    } catch {
      self = before
      throw error
    }
  }

  /// Makes one step of what follows, until `endScript`.
  mutating func beginScript(_ command: String) {
    scripts.append((command, history.beginScript(scene)))
  }

  mutating func endScript() {
    guard let script = scripts.popLast() else { return }
    history.endScript(script.command, since: script.start, scene)
  }

  // MARK: Events

  private mutating func note(_ names: [String]) {
    sightings += names
    for name in names where !seen.contains(name) { seen.append(name) }
  }

  /// Returns the names of the events that were seen since the last call.
  mutating func takeSightings() -> [String] {
    defer { sightings = [] }
    return sightings
  }
}
