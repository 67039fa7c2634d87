import Blueprint
import Facts
import Inspector
import Simulator

/// The current site, the design it was loaded from, and the site that `reset` restores.
struct LoadedSite: Equatable, Sendable {
  var simulation: Simulation
  var design: String
  var start: Simulation { boxedStart.value }
  private let boxedStart: Boxed<Simulation>
  /// The result of the last command that sent requests to the site.
  var lastRun: LastRun?
  /// The claims of the design, as lines that begin with `claim`.
  var claimLines: [String]
  /// The fog that hides the site or has hidden it; nil if there was none.
  var fog: Fog?

  static let claimPrefix = "claim "

  init(_ simulation: Simulation, design: String, claimLines: [String] = []) {
    self.simulation = simulation
    self.design = design
    self.claimLines = claimLines
    boxedStart = .of(simulation)
  }

  /// The claims of the design. If two claims have the same text, only the later one counts.
  var claims: [Claim] {
    let all = claimLines.flatMap(Words.commands).compactMap { command in
      try? ClaimReader.claim(in: String(command.dropFirst(LoadedSite.claimPrefix.count)), at: 0)
    }
    var texts: Set<String> = []
    return all.reversed().filter { texts.insert($0.text).inserted }.reversed()
  }

  var picture: SitePicture { SitePicture(simulation, lastRun: lastRun?.traffic) }

  var sentences: [String] { simulation.sentences(lastRun: lastRun?.traffic) }

  mutating func perform(_ action: Action, shouldContinue: Simulation.ContinueCheck = { _ in true })
    throws(Problem) -> Outcome
  {
    let began = simulation.time
    let outcome = try simulation.perform(action, shouldContinue: shouldContinue)
    if let traffic = outcome.traffic, case .send(let sending) = action {
      lastRun = LastRun(
        traffic: traffic, events: outcome.events, began: began, ended: simulation.time,
        isLoad: sending.rate != nil)
    }
    return outcome
  }
}

/// The result of a command that sent requests.
struct LastRun: Equatable, Sendable {
  let traffic: Traffic
  let events: [Event]
  let began: Span
  let ended: Span
  /// Whether the requests arrived at a rate, not one after another.
  let isLoad: Bool
}
