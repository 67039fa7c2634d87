import Blueprint
import Facts
import Inspector
import Simulator

/// The steps that were taken, for undo and redo.
///
/// A copy of the scene is stored before a step only if the work since the last copy is at least the work of
/// copying. Undo uses the nearest copy and replays the steps after it. This is exact, because a simulation is
/// deterministic. So copying never costs more work than the steps themselves, and a small site is copied at
/// every step.
struct History: Sendable {
  private(set) var steps: [HistoryStep] = []
  /// A number that changes whenever a step is taken, undone or redone.
  private(set) var revision = 0
  private var undone: [HistoryStep] = []
  private var workSinceCopy = 0
  private var copy: Copy?
  /// The steps before which a copy of the scene is stored, in order.
  private var copied: [Int] = []
  /// The fewest steps since the running script began; -1 if the beginning of the script is forgotten.
  private var lowest = 0

  struct HistoryStep: Sendable {
    let command: String
    var deeds: [Deed]
    /// The scene before the step, if a copy was kept.
    var before: Copy?

    func redo(_ scene: inout Scene, _ shouldContinue: Simulation.ContinueCheck) throws(Problem) {
      for deed in deeds { try deed.redo(&scene, shouldContinue) }
    }
  }

  /// A copy of a scene. It is an object, so that a list of steps is cheap to move.
  final class Copy: Sendable {
    let scene: Scene

    init(_ scene: Scene) { self.scene = scene }
  }

  /// One change to the scene, in a form that can be repeated.
  enum Deed: Equatable, Sendable {
    case action(Action)
    indirect case scene(Scene)

    /// Repeats the change. It succeeded before in the same scene, so only an interruption can make it fail.
    func redo(_ scene: inout Scene, _ shouldContinue: Simulation.ContinueCheck) throws(Problem) {
      switch self {
      case .action(let action): _ = try scene.perform(action, shouldContinue: shouldContinue)
      case .scene(let new): scene = new
      }
    }
  }

  /// How many steps can be undone at least.
  static let most = 200
  /// The fewest steps between the copy from which `undo` starts and the first copy stored on the way.
  private static let longWay = 8

  // MARK: Steps

  /// Copies the scene if a copy is due. Call this before a step is tried.
  mutating func prepare(_ scene: Scene) {
    let isDue = steps.isEmpty || workSinceCopy >= scene.simulation.size
    copy = isDue ? Copy(scene) : nil
  }

  /// Adds a step that was taken.
  mutating func add(_ command: String, _ deed: Deed, work: Int) {
    revision += 1
    undone = []
    workSinceCopy = copy == nil ? workSinceCopy + work : work
    if copy != nil { copied.append(steps.count) }
    steps.append(HistoryStep(command: command, deeds: [deed], before: copy))
    copy = nil
    forgetOldest()
    thinOut()
  }

  /// Removes every other older copy if there are many. Undo then takes a little longer.
  private mutating func thinOut() {
    guard copied.count > 48 else { return }
    for (rank, place) in copied.dropLast(16).enumerated() where rank % 2 == 1 { steps[place].before = nil }
    listCopies(among: copied)
  }

  private mutating func forgetOldest() {
    guard steps.count > 2 * History.most else { return }
    guard let keep = lastCopy(upTo: steps.count - History.most), keep > 0 else { return }
    steps.removeFirst(keep)
    copied = copied.filter { $0 >= keep }.map { $0 - keep }
    lowest = -1
  }

  private func lastCopy(upTo place: Int) -> Int? { copied.last { $0 <= place } }

  /// Updates the list of stored copies. Call this after copies, or steps with copies, have been removed.
  private mutating func listCopies(among places: some Sequence<Int>) {
    copied = places.filter { $0 < steps.count && steps[$0].before != nil }
  }

  // MARK: Scripts

  /// The history at the start of a script.
  struct ScriptStart: Sendable {
    fileprivate let steps: [HistoryStep]
    fileprivate let before: Copy
    fileprivate let outerLowest: Int
  }

  /// Begins a script. Its steps begin with a copy, so that they can become one step.
  mutating func beginScript(_ scene: Scene) -> ScriptStart {
    let start = ScriptStart(steps: steps, before: Copy(scene), outerLowest: lowest)
    workSinceCopy = .max / 2
    lowest = steps.count
    return start
  }

  /// Combines all steps of the script into one, even if it undid steps from before its start.
  mutating func endScript(_ command: String, since start: ScriptStart, _ scene: Scene) {
    let count = start.steps.count
    if lowest < count {
      steps = start.steps + [HistoryStep(command: command, deeds: [.scene(scene)], before: start.before)]
    } else if steps.count > count {
      let deeds = steps[count...].flatMap { $0.deeds }
      steps.removeSubrange(count...)
      steps.append(HistoryStep(command: command, deeds: deeds, before: start.before))
    }
    listCopies(among: steps.indices)
    lowest = min(start.outerLowest, steps.count)
  }

  // MARK: Undo and redo

  /// Undoes the last `count` steps. Returns the scene, or nil if there is no step. If interrupted, changes
  /// nothing.
  mutating func undo(_ count: Int, _ shouldContinue: Simulation.ContinueCheck) throws(Problem) -> Scene? {
    let target = max(0, steps.count - count)
    guard target < steps.count, let from = lastCopy(upTo: target), var scene = steps[from].before?.scene
    else { return nil }
    // Undoing step by step would replay the same many steps each time. So a copy is stored halfway, and again
    // halfway through what remains.
    defer { copied.sort() }
    var halfway = from + max(History.longWay, (target - from) / 2)
    for place in from..<target {
      if place == halfway {
        if target - place >= History.longWay / 2 {
          steps[place].before = Copy(scene)
          copied.append(place)
        }
        halfway = place + max(1, (target - place) / 2)
      }
      try steps[place].redo(&scene, shouldContinue)
    }
    revision += 1
    undone += steps[target...].reversed()
    steps.removeSubrange(target...)
    listCopies(among: copied.sorted())
    lowest = min(lowest, target)
    workSinceCopy = .max / 2
    return scene
  }

  /// Redoes the last undone step. Returns its command, or nil if there is none. If interrupted, changes
  /// nothing.
  mutating func redo(_ scene: inout Scene, _ shouldContinue: Simulation.ContinueCheck) throws(Problem)
    -> String?
  {
    guard var step = undone.last else { return nil }
    let before = Copy(scene)
    do {
      try step.redo(&scene, shouldContinue)
    } catch {
      scene = before.scene
      throw error
    }
    undone.removeLast()
    revision += 1
    step.before = before
    copied.append(steps.count)
    steps.append(step)
    workSinceCopy = 0
    return step.command
  }
}
