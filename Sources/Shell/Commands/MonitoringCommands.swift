import Blueprint
import Inspector
import Simulator

/// The commands that find weaknesses and report alerts.
enum MonitoringCommands {
  static let table: [Command] = [
    Command(
      "audit", .look, reveals: .inside, [.optional([.value("TARGET", .faultTarget)])],
      "List the weaknesses of the site, each with the commands that fix it.",
      example: "audit",
      notes: ["TARGET": "a host, component or link: only its findings, with their evidence (default: all)"],
      see: ["attack", "add", "SPOF", "TLS", "firewall"]
    ) {
      session, words throws(Complaint) in
      let target = words.faultTarget("TARGET")
      let findings = session.loadedSite.simulation.audit(shouldContinue: session.shouldContinue).filter {
        target?.includes($0.component) ?? true
      }
      let width = session.screen.width
      let list = FindingList(findings: findings, width: width, hasEvidence: target != nil || width >= 120)
      return CommandResponse(
        list.lines + session.loadedSite.simulation.brokenLines,
        [JSON.Member(.findings, .array(findings.map { $0.json }))])
    },
    Command(
      "alerts", .look, reveals: .outside, [.optional([.value("N", .number(1...10_000))])],
      "List the last alerts, and say whether users noticed a failure before the operators did.",
      example: "add monitor; break server-1; wait 1m; alerts",
      notes: ["N": "how many alerts (default: 20)"], see: ["stats", "alert", "monitoring agent"]
    ) { session, words throws(Complaint) in
      AlertReport(simulation: session.loadedSite.simulation, count: words.number("N") ?? 20).answer
    },
  ]
}

extension FaultTarget {
  /// Whether this target is the named one, or the host of the named component.
  fileprivate func includes(_ name: String) -> Bool { name == text || name.hasPrefix("\(text).") }
}
