import Blueprint
import Inspector
import Simulator

/// The commands that find weaknesses and report alerts.
enum MonitoringCommands {
  static let table: [Command] = [
    Command(
      "audit", .look, reveals: .inside, [],
      "What is wrong with the site, how one sees it, and what cures it.",
      example: "audit",
      see: ["attack", "add", "SPOF", "TLS", "firewall"]
    ) {
      session, _ throws(Complaint) in
      let findings = session.loadedSite.simulation.audit(shouldContinue: session.shouldContinue)
      return CommandResponse(
        findings.lines + session.loadedSite.simulation.brokenLines,
        [JSON.Member(.findings, .array(findings.map { $0.json }))])
    },
    Command(
      "alerts", .look, reveals: .outside, [.optional([.value("N", .number(1...10_000))])],
      "What monitoring has told, the last N; and whether the users knew before.",
      example: "add monitor; break server-1; wait 1m; alerts",
      notes: ["N": "how many; 20 unless said"], see: ["stats", "alert", "monitoring agent"]
    ) { session, words throws(Complaint) in
      AlertReport(simulation: session.loadedSite.simulation, count: words.number("N") ?? 20).answer
    },
  ]
}
