import Blueprint
import Facts
import Inspector
import Simulator

/// The steps that were taken, for undo and redo.
///
/// Before a step, a copy of the loaded site is stored if the work since the last copy is at least the work of
/// copying. Copying therefore never costs more work than the steps themselves, and a small site is copied at
/// every step. Undo starts from the nearest copy and replays the steps after it, which is exact because a
/// simulation is deterministic.
struct History: Sendable {
  private(set) var steps: [HistoryStep] = []
  /// A number that changes whenever a step is taken, undone or redone.
  private(set) var revision = 0
  private var undoneSteps: [HistoryStep] = []
  private var workSinceCheckpoint = 0
  private var checkpoint: Checkpoint?
  /// The indices of the steps that have a copy of the site, in ascending order.
  private var checkpointIndices: [Int] = []
  /// The lowest number of steps since the running script began; -1 if the oldest steps have been removed.
  private var lowestStepCount = 0

  struct HistoryStep: Sendable {
    let command: String
    var operations: [Operation]
    /// The loaded site before the step, if a copy was stored.
    var before: Checkpoint?
    /// Whether the step only sent requests or let time pass, so that it belongs to the change before it.
    var isTraffic = false

    /// The number of requests that the step sent.
    var requests: Int { operations.reduce(0) { $0 + $1.requests } }

    func redo(_ loadedSite: inout LoadedSite, _ shouldContinue: Simulation.ContinueCheck) throws(Problem) {
      for operation in operations { try operation.redo(&loadedSite, shouldContinue) }
    }
  }

  /// A copy of a loaded site. It is an object, so that a list of steps is cheap to move.
  final class Checkpoint: Sendable {
    let loadedSite: LoadedSite

    init(_ loadedSite: LoadedSite) { self.loadedSite = loadedSite }
  }

  /// One change to the loaded site, in a form that can be repeated.
  enum Operation: Equatable, Sendable {
    case action(Action)
    indirect case loadedSite(LoadedSite)

    /// Whether the operation only sends requests or lets time pass.
    var isTraffic: Bool {
      switch self {
      case .action(.send), .action(.wait), .action(.waitUntil): true
      case .action, .loadedSite: false
      }
    }

    /// The number of requests that the operation sends.
    var requests: Int { if case .action(.send(let options)) = self { options.count } else { 0 } }

    /// Repeats the change. It succeeded before on the same site, so only an interruption can make it fail.
    func redo(_ loadedSite: inout LoadedSite, _ shouldContinue: Simulation.ContinueCheck) throws(Problem) {
      switch self {
      case .action(let action): _ = try loadedSite.perform(action, shouldContinue: shouldContinue)
      case .loadedSite(let new): loadedSite = new
      }
    }
  }

  /// How many of the last changes can always be undone.
  static let mostSteps = 200
  /// The most steps that are kept, with those that only sent requests or let time pass.
  private static let mostKeptSteps = 10_000
  /// The fewest steps between the copy from which `undo` starts and the next copy that `undo` stores.
  private static let longReplay = 8

  // MARK: Steps

  /// Copies the loaded site if a copy is due. Call this before a step is tried.
  mutating func prepare(_ loadedSite: LoadedSite) {
    let isDue = steps.isEmpty || workSinceCheckpoint >= loadedSite.simulation.size
    checkpoint = isDue ? Checkpoint(loadedSite) : nil
  }

  /// Adds a step that was taken.
  mutating func add(_ command: String, _ operation: Operation, work: Int) {
    revision += 1
    undoneSteps = []
    workSinceCheckpoint = checkpoint == nil ? workSinceCheckpoint + work : work
    if checkpoint != nil { checkpointIndices.append(steps.count) }
    steps.append(
      HistoryStep(
        command: command, operations: [operation], before: checkpoint, isTraffic: operation.isTraffic))
    checkpoint = nil
    forgetOldest()
    thinCheckpoints()
  }

  /// Removes every other copy, except the latest ones, if there are many. Undo may then take a little longer.
  private mutating func thinCheckpoints() {
    guard checkpointIndices.count > 48 else { return }
    for (rank, index) in checkpointIndices.dropLast(16).enumerated() where rank % 2 == 1 {
      steps[index].before = nil
    }
    updateCheckpointIndices(among: checkpointIndices)
  }

  private mutating func forgetOldest() {
    guard steps.count > 2 * History.mostSteps, steps.count.isMultiple(of: History.mostSteps) else { return }
    let changes = steps.indices.filter { !steps[$0].isTraffic }.suffix(History.mostSteps)
    let first = changes.count < History.mostSteps ? 0 : changes.first ?? 0
    let oldest = max(first, steps.count - History.mostKeptSteps)
    guard let keep = lastCheckpoint(upTo: oldest), keep > 0 else { return }
    steps.removeFirst(keep)
    checkpointIndices = checkpointIndices.filter { $0 >= keep }.map { $0 - keep }
    lowestStepCount = -1
  }

  private func lastCheckpoint(upTo index: Int) -> Int? { checkpointIndices.last { $0 <= index } }

  /// Updates the indices of the steps that have copies. Call this after removing copies, or steps with
  /// copies.
  private mutating func updateCheckpointIndices(among indices: some Sequence<Int>) {
    checkpointIndices = indices.filter { $0 < steps.count && steps[$0].before != nil }
  }

  // MARK: Scripts

  /// The history at the start of a script.
  struct ScriptStart: Sendable {
    fileprivate let steps: [HistoryStep]
    fileprivate let before: Checkpoint
    fileprivate let outerLowestStepCount: Int
  }

  /// Begins a script. The site is copied before the first step, so that all steps of the script can become
  /// one.
  mutating func beginScript(_ loadedSite: LoadedSite) -> ScriptStart {
    let start = ScriptStart(
      steps: steps, before: Checkpoint(loadedSite), outerLowestStepCount: lowestStepCount)
    workSinceCheckpoint = .max / 2
    lowestStepCount = steps.count
    return start
  }

  /// Combines all steps of the script into one step, even if the script undid steps from before its start.
  mutating func endScript(_ command: String, since start: ScriptStart, _ loadedSite: LoadedSite) {
    let count = start.steps.count
    if lowestStepCount < count {
      steps =
        start.steps + [
          HistoryStep(command: command, operations: [.loadedSite(loadedSite)], before: start.before)
        ]
    } else if steps.count > count {
      let operations = steps[count...].flatMap { $0.operations }
      steps.removeSubrange(count...)
      steps.append(HistoryStep(command: command, operations: operations, before: start.before))
    }
    updateCheckpointIndices(among: steps.indices)
    lowestStepCount = min(start.outerLowestStepCount, steps.count)
  }

  // MARK: Undo and redo

  /// Returns the ranges of steps that are undone together: a change with all that was sent since, or what was
  /// sent before the first change. No range extends across the boundary.
  func groups(boundary: Int) -> [Range<Int>] {
    let starts = steps.indices.filter { $0 == 0 || $0 == boundary || !steps[$0].isTraffic }
    return zip(starts, starts.dropFirst() + [steps.count]).map { $0..<$1 }
  }

  /// Undoes the last `count` steps. Returns the site before them, or nil if there is no step. If interrupted,
  /// changes no step.
  mutating func undo(_ count: Int, _ shouldContinue: Simulation.ContinueCheck) throws(Problem) -> LoadedSite?
  {
    let target = max(0, steps.count - count)
    guard target < steps.count, let from = lastCheckpoint(upTo: target),
      var loadedSite = steps[from].before?.loadedSite
    else { return nil }
    // Undoing one step at a time would replay the same steps again and again. Copies are therefore stored
    // halfway to the target, then halfway through the rest.
    defer { checkpointIndices.sort() }
    var halfway = from + max(History.longReplay, (target - from) / 2)
    for index in from..<target {
      if index == halfway {
        if target - index >= History.longReplay / 2 {
          steps[index].before = Checkpoint(loadedSite)
          checkpointIndices.append(index)
        }
        halfway = index + max(1, (target - index) / 2)
      }
      try steps[index].redo(&loadedSite, shouldContinue)
    }
    revision += 1
    undoneSteps += steps[target...].reversed()
    steps.removeSubrange(target...)
    updateCheckpointIndices(among: checkpointIndices.sorted())
    lowestStepCount = min(lowestStepCount, target)
    workSinceCheckpoint = .max / 2
    return loadedSite
  }

  /// Redoes the change that was undone last, with all that was sent after it. Returns the steps, which are
  /// none if nothing was undone. If interrupted, changes nothing.
  mutating func redo(_ loadedSite: inout LoadedSite, _ shouldContinue: Simulation.ContinueCheck)
    throws(Problem)
    -> [HistoryStep]
  {
    guard let first = undoneSteps.last else { return [] }
    var group = [first] + undoneSteps.dropLast().reversed().prefix { $0.isTraffic }
    let before = Checkpoint(loadedSite)
    do {
      for step in group { try step.redo(&loadedSite, shouldContinue) }
    } catch {
      loadedSite = before.loadedSite
      throw error
    }
    undoneSteps.removeLast(group.count)
    revision += 1
    for index in group.indices { group[index].before = index == 0 ? before : nil }
    checkpointIndices.append(steps.count)
    steps += group
    workSinceCheckpoint = .max / 2
    return group
  }
}
