import Blueprint
import Facts
import Inspector
import Simulator

/// What monitoring has reported, and whether operators or users noticed each incident first.
struct AlertReport {
  let simulation: Simulation
  /// How many of the latest alerts and incidents are reported.
  let count: Int

  /// The most incidents that are described.
  private static let incidentLimit = 4

  var answer: CommandResponse {
    let shown = simulation.alerts.suffix(count)
    let earlier = simulation.alerts.count - shown.count
    var lines =
      earlier > 0
      ? [
        Line("  \(earlier) earlier alerts; to see them, type ", .faint)
          + Line("alerts \(min(10_000, simulation.alerts.count))", .accent)
      ] : []
    lines += shown.map { $0.line }
    if shown.isEmpty {
      let hasAgents = simulation.topology.hosts.contains { $0.monitor != nil }
      lines =
        hasAgents
        ? [Line("  No alerts so far.")]
        : [
          Line("  No host has an agent, so there are no alerts. To add agents: ")
            + Line("add monitor", .accent)
        ]
    }
    let incidents = simulation.incidents.suffix(count)
    lines += incidents.suffix(AlertReport.incidentLimit).map { $0.line } + simulation.agentLines
    var answer = CommandResponse(
      lines,
      [
        JSON.Member(.alerts, .array(shown.map { $0.json })),
        JSON.Member(.incidents, .array(incidents.map { $0.json })),
        JSON.Member(.told, .array(simulation.alertedComponents.map { .string($0) })),
        JSON.Member(.firstFailureMs, simulation.firstFailure.map { .milliseconds($0) } ?? .null),
        JSON.Member(.firstAlertMs, simulation.firstAlert.map { .milliseconds($0) } ?? .null),
        JSON.Member(
          .agents,
          .array(
            simulation.agentReports.map { agent in
              [
                .host: .string(agent.host), .missed: .flag(agent.isMissed),
                .lastHeardMs: agent.lastReceived.map { .milliseconds($0) } ?? .null,
              ]
            })),
        JSON.Member(.unwatched, .array(simulation.unwatched.map { .string($0) })),
      ])
    answer.result.alerts = CommandResult.FirstOccurrences(
      failure: simulation.firstFailure, alert: simulation.firstAlert)
    return answer
  }
}

extension Simulation {
  /// The hosts on which no agent runs.
  fileprivate var unwatched: [String] { topology.hosts.filter { $0.monitor == nil }.map { $0.name } }

  /// Lines that list the agents, and the hosts without one.
  fileprivate var agentLines: [Line] {
    let agents = agentReports
    guard !agents.isEmpty else { return [] }
    let missed = agents.filter { $0.isMissed }
    var lines = missed.prefix(12).map { agent in
      let last = agent.lastReceived.map { "last reported at \($0.clock)" } ?? "has never reported"
      return Line("  \(agent.host) is silent: its agent \(last)", .failed)
    }
    if missed.count > 12 { lines.append(Line("  and \(missed.count - 12) more hosts are silent", .failed)) }
    if !unwatched.isEmpty {
      let names =
        unwatched.count > 6 ? Array(unwatched.prefix(5)) + ["\(unwatched.count - 5) more"] : unwatched
      lines.append(Line("  No agent runs on \(Sentences.listed(names)).", .faint))
    }
    let reachableCount = agents.count { !$0.isMissed && $0.lastReceived != nil }
    lines.append(
      Line(
        "  \(reachableCount) of \(agents.count) agents report. Silence raises an alert, but the monitoring server is "
          + "outside the site: if it failed, no alert would be sent.", .faint))
    return lines
  }
}
