import Blueprint
import Facts
import Inspector
import Simulator

extension Command {
  static let watching: [Command] = [
    Command(
      "audit", .look, sees: .inside, [], "What is wrong with the site, how one sees it, and what cures it.",
      example: "audit",
      see: ["attack", "add", "SPOF", "TLS", "firewall"]
    ) {
      session, _ throws(Complaint) in
      let findings = session.scene.simulation.audit(goOn: session.goOn)
      return Answer(
        findings.lines + session.scene.simulation.brokenLines,
        [JSON.Member("findings", .array(findings.map { $0.json }))])
    },
    Command(
      "alerts", .look, sees: .outside, [.optional([.value("N", .number(1...10_000))])],
      "What monitoring has told, the last N; and whether the users knew before.",
      example: "add monitor; break server-1; wait 1m; alerts",
      notes: ["N": "how many; 20 unless said"], see: ["stats", "alert", "monitoring agent"]
    ) { session, words throws(Complaint) in
      session.alerts(words.number("N") ?? 20)
    },
  ]
}

extension Session {
  /// So many of the last incidents are told in words.
  private static let mostIncidents = 4

  fileprivate func alerts(_ count: Int) -> Answer {
    let simulation = scene.simulation
    let shown = simulation.alerts.suffix(count)
    let earlier = simulation.alerts.count - shown.count
    var lines =
      earlier > 0
      ? [Line("  \(earlier) earlier: alerts \(min(10_000, simulation.alerts.count))", .faint)] : []
    lines += shown.map { $0.line }
    if shown.isEmpty {
      let hasAgents = simulation.topology.hosts.contains { $0.monitor != nil }
      lines = [Line(hasAgents ? "  no alert so far" : "  nobody is told anything: add monitor", .faint)]
    }
    let incidents = simulation.incidents.suffix(count)
    lines += incidents.suffix(Session.mostIncidents).map { $0.line } + simulation.watchers
    var answer = Answer(
      lines,
      [
        JSON.Member("alerts", .array(shown.map { $0.json })),
        JSON.Member("incidents", .array(incidents.map { $0.json })),
        JSON.Member("told", .array(simulation.told.map { .string($0) })),
        JSON.Member("first_failure_ms", simulation.firstFailure.map { .milliseconds($0) } ?? .null),
        JSON.Member("first_alert_ms", simulation.firstAlert.map { .milliseconds($0) } ?? .null),
        JSON.Member(
          "agents",
          .array(
            simulation.agentReports.map { agent in
              .object([
                JSON.Member("host", .string(agent.host)), JSON.Member("missed", .flag(agent.isMissed)),
                JSON.Member("last_heard_ms", agent.lastHeard.map { .milliseconds($0) } ?? .null),
              ])
            })),
        JSON.Member("unwatched", .array(simulation.unwatched.map { .string($0) })),
      ])
    answer.result.alerts = CommandResult.FirstSigns(
      failure: simulation.firstFailure, alert: simulation.firstAlert)
    return answer
  }
}

extension Simulation {
  /// The hosts on which no agent runs.
  fileprivate var unwatched: [String] { topology.hosts.filter { $0.monitor == nil }.map { $0.name } }

  /// Who watches, and who watches them.
  fileprivate var watchers: [Line] {
    let agents = agentReports
    guard !agents.isEmpty else { return [] }
    let missed = agents.filter { $0.isMissed }
    var lines = missed.prefix(12).map { agent in
      let last = agent.lastHeard.map { "'s last word came at \($0.clock)" } ?? " has not said a word yet"
      return Line("  \(agent.host) is not heard: its agent\(last)", .failed)
    }
    if missed.count > 12 { lines.append(Line("  and \(missed.count - 12) more are not heard", .failed)) }
    if !unwatched.isEmpty {
      let names =
        unwatched.count > 6 ? Array(unwatched.prefix(5)) + ["\(unwatched.count - 5) more"] : unwatched
      lines.append(Line("  nobody watches \(Sentences.listed(names)): no agent runs there", .faint))
    }
    let heard = agents.count { !$0.isMissed && $0.lastHeard != nil }
    lines.append(
      Line(
        "  \(heard) of \(agents.count) agents are heard. Their silence is an alert; whoever listens stands outside, "
          + "and were it dead, nobody would be told of anything.", .faint))
    return lines
  }
}

extension [Finding] {
  fileprivate var lines: [Line] {
    guard !isEmpty else { return [Line("  nothing found")] }
    let found = prefix(60).flatMap { finding in
      [
        Line("  \(Column.left(finding.severity.rawValue, 7)) ", finding.severity == .high ? .failed : .plain)
          + Line("\(finding.component): \(finding.title)\(finding.cwe.map { " (CWE-\($0))" } ?? "")"),
        Line("          ") + Line(finding.evidence.saw, .faint),
        Line("          ") + Line(finding.fix.joined(separator: "; "), .accent),
      ]
    }
    let rest = count > 60 ? [Line("  and \(count - 60) findings more", .faint)] : []
    let words = count == 1 ? "1 finding" : "\(count) findings"
    return (found + rest + [Line("  \(words); the last line of each cures it", .faint)])
  }
}
