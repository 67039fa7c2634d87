import Blueprint
import Inspector
import Simulator

/// A site that facts are asked about, and how one gets there from the site at hand.
struct FactView: Sendable {
  let simulation: Simulation
  /// Commands that lead to it.
  let steps: [String]
  /// The reply to the last command on the way.
  var reply = FactReply.none

  /// Commands to see something there, as one line that can be typed.
  func command(_ commands: [String]) -> String {
    let all = steps + commands
    return steps.isEmpty && commands.count == 1 && commands[0].hasPrefix("show")
      ? commands[0] : "whatif \(all.joined(separator: "; "))"
  }
}
