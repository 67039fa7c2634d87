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
  /// The time at which `run(…)` began, or nil outside a run. Facts about alerts count only later ones.
  var runStart: Span?

  /// The alerts of the run or, outside a run, all alerts of the site.
  var alerts: [Alert] {
    guard let runStart else { return simulation.alerts }
    return simulation.alerts.filter { $0.time > runStart }
  }

  /// Returns the line to type to run these commands on the site.
  func command(_ commands: [String]) -> String {
    let all = steps + commands
    return steps.isEmpty && commands.count == 1 && commands[0].hasPrefix("show")
      ? commands[0] : "whatif \(all.joined(separator: "; "))"
  }
}
