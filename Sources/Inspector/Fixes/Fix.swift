import Blueprint
import Simulator

/// Commands that together fix a problem.
public struct Fix: Equatable, Sendable {
  let steps: [FixStep]

  init(_ steps: [FixStep]) { self.steps = steps }

  /// Joins several fixes. A step that several of them have is performed once.
  init(_ fixes: [Fix]) { self.init(fixes.flatMap { $0.steps }.unique) }

  public var commands: [String] { steps.map { $0.text } }

  /// The fix as one line for the user to type.
  public var text: String { commands.joined(separator: "; ") }

  /// The command for the wait after a fix, in which new components start.
  public static let pause = "wait 10s"

  /// Whether the fix only restores an earlier state.
  var isRepair: Bool { steps.allSatisfy { $0.isRepair } }

  /// Returns the fix without steps that change nothing, and without settings that a later step changes again.
  ///
  /// A step that cannot be performed stays in the fix, so that applying the fix fails.
  func trimmed(for topology: Topology) -> Fix {
    var topology = topology
    let effective = steps.enumerated().filter { i, step in
      guard case .change(let change) = step.action else { return true }
      let before = topology
      guard (try? topology.apply(change)) != nil else { return true }
      return topology != before && !steps[(i + 1)...].contains { $0.changesSameSetting(as: step) }
    }
    return Fix(effective.map { $0.element })
  }

  /// Returns the site after the fix and a wait in which new components start.
  func applied(to simulation: Simulation) throws(Problem) -> Simulation {
    var fixed = try simulation.after(steps)
    _ = try fixed.performInPlace(.wait(.seconds(10)))
    return fixed
  }
}

extension Fix: Hashable {
  /// Hashes only the texts of the steps, because different steps have different texts.
  public func hash(into hasher: inout Hasher) {
    for step in steps { hasher.combine(step.text) }
  }
}
