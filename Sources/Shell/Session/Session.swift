import Blueprint
import Facts
import Inspector
import Simulator

/// A site, the steps that were taken on it, and how much work may still be done.
///
/// A session is a value. A copy is an experiment: it leaves the session unchanged.
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
  /// The events that were seen since `takeNewEvents` was last called.
  private var newEvents: [String] = []
  /// The running scripts, and the history at the start of each.
  private var scripts: [(command: String, start: History.ScriptStart)] = []

  /// The purpose of running a command.
  enum Purpose: Equatable, Sendable {
    /// To change the current site.
    case live
    /// To try something on a copy. A trial starts no further trials.
    case trial
    /// Only to find out which action the command would perform.
    case rehearsal(Action?)
  }

  init(_ loadedSite: LoadedSite, designs: DesignCatalog, limits: Limits) {
    self.loadedSite = loadedSite
    self.designs = designs
    self.limits = limits
  }

  /// Returns the commands of a line.
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

  /// The topology as far as it is known, for reading and completing words. Fog hides the roles of database
  /// nodes, because they can change without a command.
  var knownTopology: Topology {
    var topology = loadedSite.simulation.topology
    if isFoggy { topology.clearRoles() }
    return topology
  }

  /// Returns how a request ended, or where it is. Fog hides the place of an unfinished request.
  func whereabouts(of record: Record) -> String {
    isFoggy && record.end == nil ? "is open" : record.whereabouts
  }

  /// Returns the answer to an order. In fog the outcome is hidden, although the order was carried out.
  func hidingOutcomeInFog(_ answer: CommandResponse) -> CommandResponse {
    guard isFoggy else { return answer }
    return CommandResponse(
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
    history.prepare(loadedSite)
    let before = loadedSite.simulation.workDone
    do {
      let outcome = try loadedSite.perform(action, shouldContinue: shouldContinue)
      recordEvents(FactEvent.names(in: outcome))
      history.add(line, .action(action), work: loadedSite.simulation.workDone - before + 1)
      return isFoggy ? outcome.outsideView : outcome
    } catch {
      guard isFoggy, error.revealsInternals else { throw Complaint(error, about: word) }
      // The fog hides that the action failed, so it counts as a step.
      history.add(line, .loadedSite(loadedSite), work: 1)
      return Outcome()
    }
  }

  /// Puts another scene in place of this one, as a step that can be undone.
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

  /// Begins a script: everything until `endScript` becomes one step.
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

  /// Returns the names of the events that were seen since the last call.
  mutating func takeNewEvents() -> [String] {
    defer { newEvents = [] }
    return newEvents
  }
}
