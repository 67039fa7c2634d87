import Blueprint
import Facts
import Inspector
import Simulator

/// A site, the steps that were taken on it, and the limits for further work.
///
/// A session is a value, so an experiment on a copy leaves the session unchanged.
public struct Session: Sendable {
  public static let version = "1.0.0"

  let designs: DesignCatalog
  var screen = Screen()
  var limits: Limits
  var loadedSite: LoadedSite
  var history = History()
  var purpose = Purpose.live
  /// The current command, as typed.
  var line = ""
  /// The names of the events seen so far, for facts. Events on copies are not included.
  var seen: [String] = []
  /// The names of the events since the last call of `takeNewEvents`.
  private var newEvents: [String] = []
  /// The scripts that are running, each with the history at its start.
  private var scripts: [(command: String, start: History.ScriptStart)] = []

  /// Why a command runs.
  enum Purpose: Equatable, Sendable {
    /// The command changes the current site.
    case live
    /// The command is tried on a copy. A trial starts no further trials.
    case trial
    /// The command runs only to find out which action it would perform.
    case rehearsal(Action?)
  }

  init(_ loadedSite: LoadedSite, designs: DesignCatalog, limits: Limits) {
    self.loadedSite = loadedSite
    self.designs = designs
    self.limits = limits
  }

  /// Returns the commands of a line, trimmed.
  public static func commands(in line: String) -> [String] { Words.commands(in: line) }

  /// The function that long work calls to find out whether to continue.
  var shouldContinue: WorkCheck { limits.shouldContinue }

  /// A number that changes whenever a command changes the site.
  var revision: Int { history.revision }

  /// Whether this is a copy for a trial.
  var isTrial: Bool { purpose != .live }

  var isRehearsal: Bool { if case .rehearsal = purpose { true } else { false } }

  /// Whether fog hides everything except what users can see.
  var isFoggy: Bool { loadedSite.isFoggy }

  /// The topology that the user can know, for reading and completing words. Fog hides the roles of database
  /// nodes, because they can change without a command.
  var knownTopology: Topology {
    var topology = loadedSite.simulation.topology
    if isFoggy { topology.clearRoles() }
    return topology
  }

  /// Returns how a request ended, or where it is. In fog, the position of an unfinished request is hidden.
  func whereabouts(of record: Record) -> String {
    isFoggy && record.end == nil ? "is open" : record.whereabouts
  }

  /// Returns the response to a command. In fog, adds that the command was carried out and that its effect is
  /// hidden.
  func hidingOutcomeInFog(_ answer: CommandResponse) -> CommandResponse {
    guard isFoggy else { return answer }
    return CommandResponse(
      answer.lines + [Line("Done. The fog hides the result.", .faint)], events: answer.events)
  }

  // MARK: Steps

  /// Performs an action on the site, as a step that can be undone.
  mutating func perform(_ action: Action, about word: Word? = nil) throws(Complaint) -> Outcome {
    if case .send(let sending) = action, sending.count > limits.requests { throw .tooMuchWork }
    guard !isRehearsal else {
      purpose = .rehearsal(action)
      return Outcome()
    }
    history.prepare(loadedSite)
    let before = loadedSite.simulation.workDone
    do {
      let outcome = try loadedSite.perform(action, shouldContinue: shouldContinue)
      recordEvents(FactEvent.names(in: outcome))
      history.add(line, .action(action), work: loadedSite.simulation.workDone - before + 1)
      return isFoggy ? outcome.outsideView : outcome
    } catch {
      guard isFoggy, error.revealsInternals else { throw Complaint(error, about: word) }
      // In fog, the user must not learn that the action failed, so it counts as a step.
      history.add(line, .loadedSite(loadedSite), work: 1)
      return Outcome()
    }
  }

  /// Replaces the loaded site, as a step that can be undone.
  mutating func replace(with new: LoadedSite) {
    history.prepare(loadedSite)
    loadedSite = new
    history.add(line, .loadedSite(new), work: 1)
  }

  /// Performs several actions as one step. If one of them fails, the session is left unchanged.
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

  /// Begins a script. Everything until `endScript` becomes one step.
  mutating func beginScript(_ command: String) {
    scripts.append((command, history.beginScript(loadedSite)))
  }

  mutating func endScript() {
    guard let script = scripts.popLast() else { return }
    history.endScript(script.command, since: script.start, loadedSite)
  }

  // MARK: Events

  private mutating func recordEvents(_ names: [String]) {
    newEvents += names
    for name in names where !seen.contains(name) { seen.append(name) }
  }

  /// Returns the names of the events since the last call.
  mutating func takeNewEvents() -> [String] {
    defer { newEvents = [] }
    return newEvents
  }
}
