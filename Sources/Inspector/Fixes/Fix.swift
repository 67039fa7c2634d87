import Blueprint
import Simulator

/// Commands that together fix something.
public struct Fix: Equatable, Sendable {
  let steps: [FixStep]

  init(_ steps: [FixStep]) { self.steps = steps }

  /// Joins several fixes. A step that they share is performed once.
  init(_ fixes: [Fix]) { self.init(fixes.flatMap { $0.steps }.unique) }

  public var commands: [String] { steps.map { $0.text } }

  /// The fix as one line to type.
  public var text: String { commands.joined(separator: "; ") }

  /// How new components get the time to start after the fix.
  public static let pause = "wait 10s"

  /// Whether the fix only restores what was there before.
  var isRepair: Bool { steps.allSatisfy { $0.isRepair } }

  /// Leaves out steps that change nothing, and settings that a later step replaces.
  ///
  /// A step that cannot be performed stays, so that the fix fails.
  func trimmed(for topology: Topology) -> Fix {
    var topology = topology
    let effective = steps.enumerated().filter { i, step in
      guard case .change(let change) = step.action else { return true }
      let before = topology
      guard (try? topology.apply(change)) != nil else { return true }
      return topology != before && !steps[(i + 1)...].contains { $0.setsSame(as: step) }
    }
    return Fix(effective.map { $0.element })
  }

  /// Returns the site after the fix and a pause.
  func applied(to simulation: Simulation) throws(Problem) -> Simulation {
    var fixed = try simulation.after(steps)
    _ = try fixed.dare(.wait(.seconds(10)))
    return fixed
  }
}

extension Fix: Hashable {
  /// Two different steps have different texts.
  public func hash(into hasher: inout Hasher) {
    for step in steps { hasher.combine(step.text) }
  }
}
