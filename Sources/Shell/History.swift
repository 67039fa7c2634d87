import Blueprint
import Inspector
import Simulator

/// Where a session stands: the site, which design it was, and what `reset` goes back to.
struct Scene: Equatable, Sendable {
  var simulation: Simulation
  var design: String
  var start: Simulation { boxedStart.value }
  private let boxedStart: Boxed<Simulation>
  /// The last command that sent requests to it.
  var lastRun: LastRun?
  /// What the design says of itself, as lines that begin with `claim`.
  var claimed: [String]
  /// What hides it, or has hidden it.
  var fog: Fog?

  static let claiming = "claim "

  init(_ simulation: Simulation, design: String, claimed: [String] = []) {
    self.simulation = simulation
    self.design = design
    self.claimed = claimed
    boxedStart = .of(simulation)
  }

  /// Of two claims of the same text the later one.
  var claims: [Claim] {
    let all = claimed.flatMap(Words.commands).compactMap { command in
      try? ClaimReader.claim(in: String(command.dropFirst(Scene.claiming.count)), at: 0)
    }
    var texts: Set<String> = []
    return all.reversed().filter { texts.insert($0.text).inserted }.reversed()
  }

  var picture: SitePicture { SitePicture(simulation, lastRun: lastRun?.traffic) }

  var sentences: [String] { simulation.sentences(lastRun: lastRun?.traffic) }

  mutating func perform(_ action: Action, goOn: Simulation.GoOn = { _ in true }) throws(Problem) -> Outcome {
    let began = simulation.time
    let outcome = try simulation.perform(action, goOn: goOn)
    if let traffic = outcome.traffic, case .send(let sending) = action {
      lastRun = LastRun(
        traffic: traffic, events: outcome.events, began: began, ended: simulation.time,
        isLoad: sending.rate != nil)
    }
    return outcome
  }
}

/// What a command that sent requests has brought about.
struct LastRun: Equatable, Sendable {
  let traffic: Traffic
  let events: [Event]
  let began: Span
  let ended: Span
  /// Whether requests came at a rate, not one after the other.
  let isLoad: Bool
}

/// The steps that were taken, to go back and forth.
///
/// A copy of the scene is kept before a step only when as much has been done since the last copy as a copy costs.
/// Going back takes the nearest copy and does again what came after it, which is exact, since a simulation is. So a
/// script of ten thousand steps copies no more than it does, and a small site is copied at every step.
struct History: Sendable {
  private(set) var steps: [Step] = []
  /// Another number after each step that was taken, taken back or taken again.
  private(set) var revision = 0
  private var undone: [Step] = []
  private var workSinceCopy = 0
  private var copy: Copy?
  /// The steps before which a copy of the scene is stored, in order.
  private var copied: [Int] = []
  /// The fewest steps that there have been since the running script began; fewer than none where its beginning is
  /// forgotten.
  private var lowest = 0

  struct Step: Sendable {
    let command: String
    var deeds: [Deed]
    /// The scene before it, where one was kept.
    var before: Copy?

    func redo(_ scene: inout Scene, _ goOn: Simulation.GoOn) throws(Problem) {
      for deed in deeds { try deed.redo(&scene, goOn) }
    }
  }

  /// A scene that stands still, in a box: so a list of steps stays small to move.
  final class Copy: Sendable {
    let scene: Scene

    init(_ scene: Scene) { self.scene = scene }
  }

  /// One thing that was done, as it can be done again.
  enum Deed: Equatable, Sendable {
    case action(Action)
    indirect case scene(Scene)

    /// It was possible once, in the same scene, so only an interruption keeps it from being done again.
    func redo(_ scene: inout Scene, _ goOn: Simulation.GoOn) throws(Problem) {
      switch self {
      case .action(let action): _ = try scene.perform(action, goOn: goOn)
      case .scene(let new): scene = new
      }
    }
  }

  /// So many steps can be undone, at least.
  static let most = 200
  /// The fewest steps between the copy from which `undo` starts and the first copy that it stores on the way.
  private static let longWay = 8

  // MARK: Going on

  /// To be called before a step is tried.
  mutating func prepare(_ scene: Scene) {
    let isDue = steps.isEmpty || workSinceCopy >= scene.simulation.size
    copy = isDue ? Copy(scene) : nil
  }

  /// The step was taken.
  mutating func add(_ command: String, _ deed: Deed, work: Int) {
    revision += 1
    undone = []
    workSinceCopy = copy == nil ? workSinceCopy + work : work
    if copy != nil { copied.append(steps.count) }
    steps.append(Step(command: command, deeds: [deed], before: copy))
    copy = nil
    forgetOldest()
    thinOut()
  }

  /// Of many copies every second one goes, but for the youngest: undoing takes a little longer then.
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

  /// Where a script began.
  struct Mark: Sendable {
    fileprivate let steps: [Step]
    fileprivate let before: Copy
    fileprivate let outerLowest: Int
  }

  /// Before a script: its steps will begin with a copy, so that they can become one.
  mutating func beginScript(_ scene: Scene) -> Mark {
    let mark = Mark(steps: steps, before: Copy(scene), outerLowest: lowest)
    workSinceCopy = .max / 2
    lowest = steps.count
    return mark
  }

  /// Makes one step of all that the script did, also where it went back behind its own beginning.
  mutating func endScript(_ command: String, since mark: Mark, _ scene: Scene) {
    let count = mark.steps.count
    if lowest < count {
      steps = mark.steps + [Step(command: command, deeds: [.scene(scene)], before: mark.before)]
    } else if steps.count > count {
      let deeds = steps[count...].flatMap { $0.deeds }
      steps.removeSubrange(count...)
      steps.append(Step(command: command, deeds: deeds, before: mark.before))
    }
    listCopies(among: steps.indices)
    lowest = min(mark.outerLowest, steps.count)
  }

  // MARK: Back and forth

  /// Goes back so many steps; the scene as it was, or nil where there is no step. Interrupted, it has gone nowhere.
  mutating func undo(_ count: Int, _ goOn: Simulation.GoOn) throws(Problem) -> Scene? {
    let target = max(0, steps.count - count)
    guard target < steps.count, let from = lastCopy(upTo: target), var scene = steps[from].before?.scene
    else { return nil }
    // Undoing step by step would replay the same many steps each time. So a copy is stored halfway, and again halfway
    // through what remains.
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
      try steps[place].redo(&scene, goOn)
    }
    revision += 1
    undone += steps[target...].reversed()
    steps.removeSubrange(target...)
    listCopies(among: copied.sorted())
    lowest = min(lowest, target)
    workSinceCopy = .max / 2
    return scene
  }

  /// Takes the step again that was undone last; its command, or nil where there is none. Interrupted, it has done nothing.
  mutating func redo(_ scene: inout Scene, _ goOn: Simulation.GoOn) throws(Problem) -> String? {
    guard var step = undone.last else { return nil }
    let before = Copy(scene)
    do {
      try step.redo(&scene, goOn)
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
