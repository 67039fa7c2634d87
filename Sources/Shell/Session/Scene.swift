import Facts
import Blueprint
import Inspector
import Simulator

/// The site at hand, the design it was, and what `reset` goes back to.
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
