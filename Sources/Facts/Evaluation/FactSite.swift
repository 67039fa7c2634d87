import Blueprint
import Inspector
import Simulator

/// A site on which a fact is evaluated, and the commands that lead to it from the current site.
struct FactSite: Sendable {
  let simulation: Simulation
  /// The commands that lead from the current site to this one.
  let steps: [String]
  /// The reply to the last of these commands.
  var reply = FactReply.none

  /// Returns the line to type to run these commands on the site.
  func command(_ commands: [String]) -> String {
    let all = steps + commands
    return steps.isEmpty && commands.count == 1 && commands[0].hasPrefix("show")
      ? commands[0] : "whatif \(all.joined(separator: "; "))"
  }
}
