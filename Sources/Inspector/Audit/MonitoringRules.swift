import Blueprint
import Simulator

extension AuditRule {
  /// Rules about failures that raise no alert.
  static let monitoring: [AuditRule] = [
    AuditRule("no-monitor", .medium, cwe: 778, "no alert is sent when the host fails") { site in
      site.hosts { $0.monitor == nil }.map { host in
        Flaw(host.name, site.evidenceOfNoAlert(about: host.name), fix: .addMonitor(host.name))
      }
    }
  ]
}

extension Simulation {
  /// The most hosts of a site on which the experiment is repeated for each host.
  private static let mostHosts = 50

  /// Returns evidence from a run in which the host fails and a minute passes.
  fileprivate func evidenceOfNoAlert(about host: String) -> Evidence {
    let plan = InjectedFault.Plan(.component(Address(host)))
    guard topology.hosts.count <= Simulation.mostHosts,
      let (site, commands) = after([plan], wait: .seconds(60))
    else { return Evidence(["show \(host)"], observation: "the host has no monitoring agent") }
    let known = alerts.count
    let hostAlerts = site.alerts.dropFirst(known).filter {
      $0.component.split(separator: ".").first.map(String.init) == host
    }
    return Evidence(
      ["alerts"],
      observation: hostAlerts.isEmpty
        ? "no alert was sent within a minute" : "alerts only from other hosts, about its components",
      after: commands)
  }
}
