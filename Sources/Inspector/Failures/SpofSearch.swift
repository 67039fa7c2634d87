import Blueprint
import Simulator

/// A part whose loss alone stops some kind of request.
public struct Spof: Sendable {
  /// A host, a part or a link.
  public let component: String
  /// What was sent after it had failed, for each kind that did not come through whole.
  public let answers: [Trial.Answered]
  /// The one that is built like it and was broken in its stead, where there were too many to break each.
  public let like: String?

  init(component: String, answers: [Trial.Answered], like: String? = nil) {
    self.component = component
    self.answers = answers
    self.like = like
  }

  public var kinds: [RequestKind] { answers.map { $0.kind } }
  public var isLink: Bool { Breakable.ends(of: component) != nil }
  /// Whether everything was sent after it, so that the share that fails is known.
  public var isWhole: Bool { like == nil && answers.allSatisfy { !$0.isCutShort } }

  public var evidence: Evidence {
    let saw = answers.map { $0.saw }.joined(separator: ", ")
    return Evidence(
      answers.flatMap { $0.evidence.commands },
      saw: like.map { "not broken itself, but built like \($0): \(saw)" } ?? saw)
  }
}

/// What a search found.
public struct SpofReport: Sendable {
  public let spofs: [Spof]
  /// What came of the kinds of request that are not all answered even while nothing more fails, once the site has
  /// settled. What stops them alone cannot be told.
  public let failing: [Trial.Answered]
  /// How many hosts, parts and links there are to fail, and how many were broken on a copy.
  public let candidates: Int
  public let tried: Int
  /// Of how many nothing is known: there were too many that are unlike each other.
  public let unknown: Int

  /// Those that were named without being broken.
  public var concluded: Int { spofs.count { $0.like != nil } }
}

/// Looks for what alone can stop requests: breaks it on a copy, gives every recovery its time, and sends.
///
/// On a site of more than a hundred parts those that are built alike are tried by two examples; then a hundred of the
/// others are tried, and each one that would be named, as far as it can be waited for. There a first failure is enough:
/// thousands of people who wait in vain, one after the other, take a simulated day.
public struct SpofSearch: Sendable {
  public var kinds = RequestKind.allCases
  /// Requests a second, in millionths; nil for one after the other.
  public var rate: Int64?
  public var fault: Fault?
  /// How much may happen on copies of a large site until what is built alike is no longer broken one by one. Some
  /// seconds; counted, not timed, so that the same site gets the same answer everywhere.
  public var mostWork = 60_000_000

  /// Whether parts are broken for kinds of request that fail already, too: the loss of nearly each leaves it so.
  public var looksBehindFailures = false

  /// Whether of what is built alike on a large site only the first is broken.
  var isBrief = false

  public init() {}

  /// As it would be typed.
  public var command: String {
    var words = ["spof"]
    if kinds.count == 1 { words += kinds.map { $0.rawValue } }
    if let rate { words.append("at \(Rate.command(rate))") }
    if let fault { words.append("by \(fault.command)") }
    return words.joined(separator: " ")
  }

  static let mostTriedEach = 100

  static func isLarge(_ topology: Topology) -> Bool {
    topology.hosts.reduce(0) { $0 + $1.components.count } > mostTriedEach
  }

  public func report(on simulation: Simulation, goOn: Simulation.GoOn = { _ in true }) throws(Problem)
    -> SpofReport
  {
    let candidates = simulation.topology.candidates(by: fault)
    // Else each copy would have to be set to work anew.
    let simulation = simulation.wired
    let isLarge = SpofSearch.isLarge(simulation.topology)
    let failing = try failing(on: simulation, stopsAtFailure: isLarge, goOn)
    var open = self
    if !looksBehindFailures { open.leaveOut(failing) }
    var search = SpofExperiments(search: open, simulation: simulation)
    let spofs =
      open.kinds.isEmpty
      ? [] : isLarge ? try search.alike(candidates, goOn) : try search.each(candidates, goOn)
    return SpofReport(
      spofs: spofs, failing: failing, candidates: candidates.count, tried: search.tried,
      unknown: search.unknown)
  }

  /// What fails already, also once the site has settled.
  private func failing(on simulation: Simulation, stopsAtFailure: Bool, _ goOn: Simulation.GoOn)
    throws(Problem)
    -> [Trial.Answered]
  {
    try outcome(of: [], on: simulation, stopsAtFailure: stopsAtFailure, goOn: goOn).failed
  }

  mutating func leaveOut(_ failing: [Trial.Answered]) {
    kinds.removeAll { kind in failing.contains { $0.kind == kind } }
  }

  /// What comes of breaking those.
  func outcome(
    of targets: [Breakable], on simulation: Simulation, stopsAtFailure: Bool = false, goOn: Simulation.GoOn
  ) throws(Problem) -> (failed: [Trial.Answered], work: Int) {
    let trial = try Trial(breaking: targets.map { Breakage.Plan($0, fault) }, on: simulation, goOn: goOn)
    var work = trial.simulation.workDone - simulation.workDone
    var failed: [Trial.Answered] = []
    let settled = trial.settled(for: rate)
    for kind in kinds {
      let answered = try settled.ask(kind, rate: rate, stopsAtFailure: stopsAtFailure, goOn: goOn)
      work += answered.work
      if answered.failed > 0 { failed.append(answered) }
    }
    // Every step begins with a copy.
    return (failed, work + (kinds.count + 2) * simulation.size / SpofSearch.copiedPerWork)
  }

  /// So many elements are copied in the time of one step of a run.
  private static let copiedPerWork = 16
}
