import Blueprint
import Inspector
import Simulator

/// A site that a fact is evaluated on, with the commands that lead to it from the current site.
struct FactView: Sendable {
  let simulation: Simulation
  /// The commands that lead to the site.
  let steps: [String]
  /// The reply to the last command on the way.
  var reply = FactReply.none

  /// Returns the line to type to see the output of these commands on the site.
  func command(_ commands: [String]) -> String {
    let all = steps + commands
    return steps.isEmpty && commands.count == 1 && commands[0].hasPrefix("show")
      ? commands[0] : "whatif \(all.joined(separator: "; "))"
  }
}
